package ttrnn.dataset;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values (RFC 4180): a cell may stand in quotes, in which a comma, a line's end and a doubled quote are
 * themselves. Blank lines are passed over, a byte-order mark too.
 */
final class CsvText {
    private CsvText() {}

    /**
     * A row.
     *
     * @param line number of the line it begins in, from 1
     */
    record Row(int line, List<String> cells) {}

    static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int line = 1;
        int begin = 1;
        for (int i = text.startsWith("\uFEFF") ? 1 : 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            line += c == '\n' && i < text.length() ? 1 : 0;
            if (quoted && i < text.length()) {
                if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    cell.append(c);
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',' || c == '\n') {
                cells.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    if (cells.size() > 1 || !cells.get(0).isBlank()) {
                        rows.add(new Row(begin, List.copyOf(cells)));
                    }
                    cells.clear();
                    begin = line;
                }
            } else if (c != '\r') {
                cell.append(c);
            }
        }
        return rows;
    }
}
