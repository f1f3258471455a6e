package ttrnn.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.StoreStatistics;
import ttrnn.io.Json;

/** The numbers of a report as tables: a list of rows, each a map from column to value; null is not known. */
final class Tables {
    private Tables() {}

    static List<Map<String, @Nullable Object>> epochs(List<RunData> runs) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RunData run : runs) {
            run.epochs().forEach(epoch -> {
                Map<String, @Nullable Object> row = row(run);
                row.putAll(epoch.toMap());
                rows.add(row);
            });
        }
        return rows;
    }

    static List<Map<String, @Nullable Object>> classes(List<RunData> runs) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RunData run : runs) {
            Map<String, int[]> parts = DataSection.counts(run);
            for (ClassScore score : ClassScore.of(run)) {
                Map<String, @Nullable Object> row = row(run);
                row.put("class", score.name());
                row.put("judgedClips", score.clips());
                row.put("right", score.right());
                row.put("answers", score.answers());
                row.put("recall", known(score.recall()));
                row.put("precision", known(score.precision()));
                row.put("f1", known(score.f1()));
                row.put("takenFor", score.takenFor());
                int[] counts = parts.getOrDefault(score.name(), new int[3]);
                row.put("trainClips", counts[0]);
                row.put("validationClips", counts[1]);
                row.put("testClips", counts[2]);
                rows.add(row);
            }
        }
        return rows;
    }

    /** A true and a predicted class a row. */
    static List<Map<String, @Nullable Object>> confusion(List<RunData> runs) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RunData run : runs) {
            int[][] counts = run.confusion();
            for (int i = 0; i < counts.length; i++) {
                for (int j = 0; j < counts.length; j++) {
                    Map<String, @Nullable Object> row = row(run);
                    row.put("true", run.classes().get(i));
                    row.put("predicted", run.classes().get(j));
                    row.put("clips", counts[i][j]);
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** A clip a row, with the probability of each class. */
    static List<Map<String, @Nullable Object>> clips(List<RunData> runs) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RunData run : runs) {
            for (RunData.Answer answer : run.answers()) {
                Map<String, @Nullable Object> row = row(run);
                row.put("clip", answer.clip());
                row.put("part", answer.part());
                row.put("label", answer.label());
                row.put("predicted", answer.predicted());
                for (int j = 0; j < run.classes().size(); j++) {
                    row.put("p(" + run.classes().get(j) + ")", answer.probabilities()[j]);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** The stored clips and their lengths, where the store is there. */
    static List<Map<String, @Nullable Object>> data(List<RunData> runs) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RunData run : runs) {
            ClipStore store = run.store();
            for (ClipRecord clip : store == null ? List.<ClipRecord>of() : store.clips()) {
                Map<String, @Nullable Object> row = row(run);
                row.put("clip", clip.id());
                row.put("label", clip.label());
                row.put("group", clip.group());
                row.put("frames", clip.frames());
                rows.add(row);
            }
        }
        return rows;
    }

    /** All of it as one object. */
    static Map<String, Object> json(List<RunData> runs) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("runs", Comparison.rows(runs));
        json.put("epochs", epochs(runs));
        json.put("classes", classes(runs));
        json.put("confusion", confusion(runs));
        json.put("clips", clips(runs));
        List<Map<String, @Nullable Object>> resources = new ArrayList<>();
        List<Map<String, @Nullable Object>> data = new ArrayList<>();
        List<Map<String, @Nullable Object>> provenance = new ArrayList<>();
        for (RunData run : runs) {
            Map<String, @Nullable Object> used = row(run);
            for (String name : List.of(
                    "secondsPerEpochEstimated",
                    "heapBytesEstimated",
                    "heapBytesAfterCollection",
                    "heapBytesPeak",
                    "heapBytesMax",
                    "diskBytesEstimated",
                    "diskBytes")) {
                used.put(name, known(run.resource(name)));
            }
            used.put("secondsPerEpoch", run.secondsPerEpoch());
            resources.add(used);
            ClipStore store = run.store();
            if (store != null) {
                Map<String, @Nullable Object> row = row(run);
                row.put("statistics", StoreStatistics.of(store.clips()));
                data.add(row);
            }
            Map<String, @Nullable Object> row = row(run);
            run.provenance().forEach(pair -> row.put(pair.get(0), pair.get(1)));
            row.put("settings", run.settings());
            provenance.add(row);
        }
        json.put("resources", resources);
        json.put("data", data);
        json.put("provenance", provenance);
        return json;
    }

    private static Map<String, @Nullable Object> row(RunData run) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("run", run.name());
        return row;
    }

    private static @Nullable Object known(double value) {
        return Double.isNaN(value) ? null : (Object) value;
    }

    /** Comma-separated values as RFC 4180 has them; the columns are those of all rows, in the order of their first use. */
    static String csv(List<? extends Map<String, ? extends @Nullable Object>> rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        StringBuilder csv =
                new StringBuilder(columns.stream().map(Tables::field).collect(Collectors.joining(",")));
        for (Map<String, ? extends @Nullable Object> row : rows) {
            csv.append('\n');
            String separator = "";
            for (String column : columns) {
                Object value = row.get(column);
                csv.append(separator)
                        .append(value == null ? "" : value instanceof String s ? field(s) : Json.line(value));
                separator = ",";
            }
        }
        return csv.append('\n').toString();
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
