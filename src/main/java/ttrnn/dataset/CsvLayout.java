package ttrnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list of clips: {@code clips.csv} in the source folder, or any {@code .csv} file in place of that folder. Its first line
 * names the columns: {@code path} under the list's folder, {@code label}, or several joined by {@code |}, and, if wanted,
 * {@code group} and {@code split} (train, validation, test, or nothing). Other columns are passed over.
 */
final class CsvLayout {
    private static final String NAME = "clips.csv";

    private CsvLayout() {}

    /** Whether {@code source} is such a list, or a folder that has one. */
    static boolean isList(Path source) {
        return Files.isRegularFile(source)
                ? ClipFiles.extension(ClipFiles.name(source)).equalsIgnoreCase("csv")
                : Files.isRegularFile(source.resolve(NAME));
    }

    static FoundClips find(Path source, boolean recognised) {
        if (!Files.exists(source)) {
            throw DatasetException.usage("no such list or folder: " + source);
        }
        Path list = Files.isDirectory(source) ? source.resolve(NAME) : source;
        if (!Files.isRegularFile(list)) {
            throw DatasetException.usage("no " + NAME + " in " + source + ": layout csv needs this list of the clips");
        }
        Path parent = list.toAbsolutePath().getParent();
        Path folder = Files.isDirectory(source) || parent == null ? source : parent;
        List<ClipEntry> clips = read(list, folder);
        String why = "layout csv, " + (recognised ? "since " + list + " lists " + count(clips.size()) : "as asked for");
        return new FoundClips(folder, Layout.CSV, why, clips, List.of());
    }

    private static String count(int clips) {
        return clips == 1 ? "1 clip" : clips + " clips";
    }

    private static List<ClipEntry> read(Path list, Path folder) {
        List<CsvText.Row> rows;
        try {
            rows = CsvText.rows(new String(Files.readAllBytes(list), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Integer> columns = new HashMap<>();
        if (!rows.isEmpty()) {
            for (int i = 0; i < rows.get(0).cells().size(); i++) {
                columns.put(rows.get(0).cells().get(i).strip().toLowerCase(Locale.ROOT), i);
            }
        }
        if (!columns.containsKey("path") || !columns.containsKey("label")) {
            throw DatasetException.data(
                    list + ", line 1: must name the columns, path and label at least;" + " group and split may follow");
        }
        Map<String, Integer> stems = new HashMap<>();
        for (CsvText.Row row : rows.subList(1, rows.size())) {
            stems.merge(ClipFiles.stem(cell(row, columns, "path")), 1, Integer::sum);
        }
        Map<String, ClipEntry> clips = new TreeMap<>();
        for (CsvText.Row row : rows.subList(1, rows.size())) {
            String where = list + ", line " + row.line() + ": ";
            String path = cell(row, columns, "path");
            String stem = ClipFiles.stem(path);
            String id = stems.getOrDefault(stem, 1) > 1 ? path : stem;
            ClipEntry clip = new ClipEntry(
                    id,
                    labels(cell(row, columns, "label"), where),
                    emptyToNull(cell(row, columns, "group")),
                    part(cell(row, columns, "split"), where),
                    path,
                    file(folder, path, where));
            if (clips.put(id, clip) != null) {
                throw DatasetException.data(where + path + " stands twice; give each clip one line");
            }
        }
        if (clips.isEmpty()) {
            throw DatasetException.data(list + " lists no clips");
        }
        return List.copyOf(clips.values());
    }

    private static String cell(CsvText.Row row, Map<String, Integer> columns, String name) {
        Integer at = columns.get(name);
        return at == null || at >= row.cells().size() ? "" : row.cells().get(at).strip();
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static List<String> labels(String cell, String where) {
        List<String> labels = new ArrayList<>();
        for (String label : cell.split("\\|", -1)) {
            String name = label.strip();
            if (name.isEmpty()) {
                throw DatasetException.data(where + "has no label" + (cell.isEmpty() ? "" : " beside a |"));
            }
            if (!labels.contains(name)) {
                labels.add(name);
            }
        }
        return labels;
    }

    private static @Nullable String part(String cell, String where) {
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "train", "training" -> "train";
            case "validation", "val", "valid" -> "validation";
            case "test" -> "test";
            default -> throw DatasetException.data(where + "split " + cell + " is not train, validation or test");
        };
    }

    private static Path file(Path folder, String path, String where) {
        try {
            Path file = folder.resolve(path);
            boolean inside = !path.isEmpty()
                    && !Path.of(path).isAbsolute()
                    && file.normalize().equals(file)
                    && !path.contains("\\");
            if (!inside) {
                throw DatasetException.data(where + "\"" + path + "\" is no path under " + folder);
            }
            if (!Files.exists(file)) {
                throw DatasetException.data(where + "there is no " + file);
            }
            return file;
        } catch (InvalidPathException e) {
            throw DatasetException.data(where + "\"" + path.replace('\0', '?') + "\" is no path", e);
        }
    }
}
