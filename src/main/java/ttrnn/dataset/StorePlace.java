package ttrnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import ttrnn.io.AtomicFile;
import ttrnn.io.JsonObject;

/** Whether a folder may become, or go on being, the store that is asked for. */
final class StorePlace {
    private StorePlace() {}

    /** Refuses a path that is a file, lies among the clips, or holds other things than a store. */
    static void check(Path path, Path source) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw DatasetException.usage(path + " is a file: name a folder for the store");
        }
        if (path.toAbsolutePath().normalize().startsWith(source.toAbsolutePath().normalize())) {
            throw DatasetException.usage(
                    "store " + path + " would lie among the clips of " + source + ": choose an --out outside of it");
        }
        if (Files.isDirectory(path) && !Files.exists(path.resolve("store.json"))) {
            try (Stream<Path> files = Files.list(path)) {
                // A run killed at its very start leaves .prepare alone.
                if (files.anyMatch(file -> !ClipFiles.name(file).equals(".prepare") && !AtomicFile.isTemporary(file))) {
                    throw DatasetException.usage(path + " is neither empty nor a store: choose another --out");
                }
            }
        }
    }

    /** Refuses settings other than those that the store was prepared with. */
    static void checkSettings(StoreFolder folder, JsonObject there, Map<String, Object> wanted) throws IOException {
        for (Map.Entry<String, Object> entry : wanted.entrySet()) {
            String name = entry.getKey();
            Object value = entry.getValue();
            if (!there.has(name)) {
                throw other(folder, "without " + name, value.toString());
            }
            Object old = old(there, name, value);
            if (!value.equals(old)) {
                throw other(folder, "with " + name + " " + old, value.toString());
            }
        }
        for (String name : Sampling.NAMES) {
            if (there.has(name) && !wanted.containsKey(name)) {
                throw other(folder, "with " + name, "none");
            }
        }
    }

    private static Object old(JsonObject there, String name, Object value) throws IOException {
        if (value instanceof String) {
            return there.string(name);
        }
        if (value instanceof Boolean) {
            return there.bool(name);
        }
        if (value instanceof Double) {
            return there.number(name);
        }
        long old = there.integer(name);
        return value instanceof Long ? (Object) old : (Object) (int) old;
    }

    private static DatasetException other(StoreFolder folder, String before, String now) {
        return DatasetException.usage("store " + folder.path() + " was prepared " + before + ", now " + now
                + " is asked for: choose another --out, or remove the store");
    }
}
