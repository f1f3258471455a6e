package ttrnn.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in columns two spaces apart, for results on a terminal. A column is set to the right if each of its
 * cells below the header starts with a digit, a sign or a point, or is empty or "-".
 */
final class Table {
    private final List<String[]> rows = new ArrayList<>();
    private final boolean header;

    private Table(boolean header) {
        this.header = header;
    }

    /** Without a header: names and values. */
    static Table plain() {
        return new Table(false);
    }

    static Table of(String... header) {
        Table table = new Table(true);
        table.rows.add(header);
        return table;
    }

    /** Adds a row; cells by {@link String#valueOf}. */
    Table row(Object... cells) {
        String[] texts = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            texts[i] = String.valueOf(cells[i]);
        }
        rows.add(texts);
        return this;
    }

    @Override
    public String toString() {
        int columns = rows.stream().mapToInt(r -> r.length).max().orElse(0);
        int[] widths = new int[columns];
        boolean[] toTheRight = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            toTheRight[c] = header && isNumeric(c);
            for (String[] row : rows) {
                widths[c] = Math.max(widths[c], c < row.length ? width(row[c]) : 0);
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.length; c++) {
                String gap = " ".repeat(widths[c] - width(row[c]));
                line.append(c == 0 ? "" : "  ").append(toTheRight[c] ? gap + row[c] : row[c] + gap);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private boolean isNumeric(int column) {
        for (String[] row : rows.subList(1, rows.size())) {
            String cell = column < row.length ? row[column] : "";
            if (!cell.isEmpty() && !cell.equals("-") && "0123456789+-.".indexOf(cell.charAt(0)) < 0) {
                return false;
            }
        }
        return rows.size() > 1;
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
