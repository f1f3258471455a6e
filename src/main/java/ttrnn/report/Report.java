package ttrnn.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import ttrnn.io.AtomicFile;
import ttrnn.io.Json;

/**
 * One or more runs as one page of HTML that needs nothing else: curves, comparison, confusion, the clips most wrong and most
 * surely right, time and memory, data, provenance. Beside it all its numbers as JSON and CSV.
 */
public final class Report {
    /** What a report is called in the folder of its run. */
    public static final String NAME = "report.html";

    private final List<RunData> runs;

    private Report(List<RunData> runs) {
        this.runs = List.copyOf(runs);
    }

    /**
     * Reads the runs.
     *
     * @param folders of runs; a folder of folds stands for its {@code fold-0}, {@code fold-1}, …
     * @throws IOException in one line: which file, and what is wrong with it
     */
    public static Report of(List<Path> folders) throws IOException {
        Set<Path> unfolded = new LinkedHashSet<>();
        for (Path folder : folders) {
            List<Path> folds = folds(folder);
            unfolded.addAll(folds.isEmpty() ? List.of(folder) : folds);
        }
        List<RunData> runs = new ArrayList<>();
        for (Path folder : unfolded) {
            runs.add(RunData.read(folder));
        }
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("report: at least one run is needed");
        }
        return new Report(runs);
    }

    private static List<Path> folds(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || Files.exists(folder.resolve("events.jsonl"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("fold-\\d+"))
                    .sorted()
                    .toList();
        }
    }

    /** The page. */
    public String html() throws IOException {
        boolean several = runs.size() > 1;
        StringBuilder body = new StringBuilder();
        if (several) {
            body.append(Comparison.html(runs));
        }
        for (int n = 0; n < runs.size(); n++) {
            body.append(several ? "<section class=\"run\" id=\"run" : "<section id=\"run")
                    .append(n + 1)
                    .append("\">");
            if (several) {
                body.append("<h2>").append(Html.escape(runs.get(n).name())).append("</h2>");
            }
            body.append(RunSection.html(runs.get(n))).append("</section>\n");
        }
        if (!several) {
            body.append(Comparison.html(runs));
        }
        String title = several
                ? runs.size() + " runs compared"
                : runs.get(0).config().model() + " · " + runs.get(0).name();
        return Html.page(title, body.toString());
    }

    /** The runs as the rows of the comparison table, their numbers unrounded. */
    public List<Map<String, Object>> rows() throws IOException {
        return Comparison.rows(runs);
    }

    /** The tables beside the page, as CSV by name. */
    Map<String, String> tables() throws IOException {
        Map<String, String> tables = new TreeMap<>();
        tables.put("runs", Tables.csv(Comparison.rows(runs)));
        tables.put("epochs", Tables.csv(Tables.epochs(runs)));
        tables.put("classes", Tables.csv(Tables.classes(runs)));
        tables.put("confusion", Tables.csv(Tables.confusion(runs)));
        tables.put("clips", Tables.csv(Tables.clips(runs)));
        tables.put("data", Tables.csv(Tables.data(runs)));
        return tables;
    }

    /**
     * Writes the page, and beside it {@code NAME.json} and {@code NAME-TABLE.csv}, where the page is {@code NAME.html}.
     *
     * @return the page
     */
    public Path write(Path page) throws IOException {
        Path folder = page.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        String name = page.getFileName().toString().replaceFirst("\\.html?$", "");
        AtomicFile.write(page.resolveSibling(name + ".json"), Json.pretty(Tables.json(runs)));
        for (Map.Entry<String, String> table : tables().entrySet()) {
            AtomicFile.write(page.resolveSibling(name + "-" + table.getKey() + ".csv"), table.getValue());
        }
        AtomicFile.write(page, html());
        return page;
    }
}
