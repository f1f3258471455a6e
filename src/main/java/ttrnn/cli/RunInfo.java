package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;
import ttrnn.train.ModelFile;

/**
 * What {@code run.json} tells of where a model comes from. Another version may have written it, so a field that is
 * missing is left out.
 *
 * @param fields by name: strings, whole numbers, the ids of the {@code split}, {@code results}
 *     by part of the data, and {@code resources}
 */
record RunInfo(Map<String, Object> fields) {
    private static final List<String> WORDS =
            List.of("version", "java", "jvm", "kernels", "started", "ended", "store", "storeSha256", "dataSha256");
    private static final List<String> NUMBERS = List.of("threads", "cores", "seed", "bestEpoch");
    private static final List<String> PARTS = List.of("train", "validation", "test");

    /** The run in whose folder {@code model} lies under the name that a run gives it, or null. */
    static @Nullable RunInfo beside(Path model) throws IOException {
        Path file = model.resolveSibling("run.json");
        if (!model.endsWith(ModelFile.NAME) || !Files.exists(file)) {
            return null;
        }
        try {
            return of(Json.parse(Files.readString(file)));
        } catch (IOException e) {
            throw CliException.data(file.toString(), e.getMessage() + "; it can be removed, the model does without");
        }
    }

    private static RunInfo of(JsonObject json) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name : WORDS) {
            if (json.has(name)) {
                fields.put(name, json.string(name));
            }
        }
        for (String name : NUMBERS) {
            if (json.has(name)) {
                fields.put(name, json.integer(name));
            }
        }
        if (json.has("results")) {
            fields.put("results", results(json.object("results")));
        }
        if (json.has("split")) {
            fields.put("split", split(json.object("split")));
        }
        if (json.has("resources")) {
            JsonObject used = json.object("resources");
            Map<String, Object> resources = new LinkedHashMap<>();
            for (String name : used.names()) {
                resources.put(name, used.number(name));
            }
            fields.put("resources", resources);
        }
        return new RunInfo(fields);
    }

    private static Map<String, List<String>> split(JsonObject json) throws IOException {
        Map<String, List<String>> split = new LinkedHashMap<>();
        for (String part : PARTS) {
            if (json.has(part)) {
                split.put(part, json.strings(part));
            }
        }
        return split;
    }

    private static Map<String, Object> results(JsonObject json) throws IOException {
        Map<String, Object> results = new LinkedHashMap<>();
        for (String part : PARTS) {
            if (json.has(part)) {
                JsonObject numbers = json.object(part);
                Map<String, Object> result = new LinkedHashMap<>();
                for (String name : numbers.names()) {
                    result.put(name, name.equals("clips") ? (Object) numbers.integer(name) : numbers.number(name));
                }
                results.put(part, result);
            }
        }
        return results;
    }

    /** For the table that people read: a name and a value each. */
    List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"trained", joined("started", "ended", " to ")});
        rows.add(new String[] {
            "by",
            "ttrnn " + field("version") + ", Java " + field("java") + ", " + field("kernels") + ", threads "
                    + field("threads")
        });
        rows.add(new String[] {"on", joined("store", "storeSha256", ", sha256 ")});
        if (fields.containsKey("dataSha256")) {
            rows.add(new String[] {"with labels", "sha256 " + field("dataSha256") + ", seed " + field("seed")});
        }
        if (fields.get("split") instanceof Map<?, ?> split) {
            List<String> parts = new ArrayList<>();
            split.forEach((part, ids) -> parts.add(part + " " + (ids instanceof List<?> list ? list.size() : 0)));
            rows.add(new String[] {"clips", String.join(", ", parts) + " (the ids are in run.json)"});
        }
        if (fields.get("resources") instanceof Map<?, ?> used) {
            rows.add(new String[] {
                "time",
                duration(used, "secondsPerEpoch") + " an epoch, estimated " + duration(used, "secondsPerEpochEstimated")
            });
            rows.add(new String[] {
                "heap",
                bytes(used, "heapBytesPeak") + " at most, needed by the estimate " + bytes(used, "heapBytesEstimated")
            });
            rows.add(new String[] {"disk", bytes(used, "diskBytes") + ", estimated " + bytes(used, "diskBytesEstimated")
            });
        }
        if (fields.get("results") instanceof Map<?, ?> results) {
            results.forEach((part, numbers) -> {
                if (numbers instanceof Map<?, ?> map && map.get("accuracy") instanceof Double accuracy) {
                    rows.add(new String[] {"accuracy", Format.percent(accuracy) + " (" + part + ")"});
                }
            });
        }
        return rows;
    }

    private static String duration(Map<?, ?> used, String name) {
        return used.get(name) instanceof Double value ? Format.duration(value) : "?";
    }

    private static String bytes(Map<?, ?> used, String name) {
        return used.get(name) instanceof Double value ? Format.bytes(value.longValue()) : "?";
    }

    private String joined(String first, String second, String between) {
        return field(first) + between + field(second);
    }

    private String field(String name) {
        return String.valueOf(fields.getOrDefault(name, "?"));
    }
}
