package ttrnn.train.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import ttrnn.io.JsonObject;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;

/**
 * Trainings that differ from one another in a few settings, each done on several folds and with several seeds: the plan of a
 * table. As JSON: {@code preset} and {@code settings} that all have in common, {@code folds} and {@code seeds}, and {@code
 * rows}, each with a {@code name}, {@code settings} of its own, and {@code curve} if its epochs are to be drawn.
 *
 * @param name of the study
 * @param rows one at least, the first of which the others are compared with
 * @param folds numbers of the folds that are trained
 * @param seeds one at least
 */
public record Study(String name, List<Row> rows, List<Integer> folds, List<Long> seeds) {
    /**
     * A row of the table.
     *
     * @param name what is changed, for people
     * @param config all of its settings, but for fold and seed
     * @param changed settings that are not those that all have in common, as they are written
     * @param curve whether its epochs are drawn
     */
    public record Row(String name, TrainConfig config, Map<String, Object> changed, boolean curve) {
        /** The name of its folder. */
        String folder() {
            return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-|-$", "");
        }

        TrainConfig config(int fold, long seed) {
            return config.with(Settings.FOLD, fold).with(Settings.SEED, seed);
        }
    }

    public Study {
        rows = List.copyOf(rows);
        folds = List.copyOf(folds);
        seeds = List.copyOf(seeds);
        if (rows.isEmpty() || folds.isEmpty() || seeds.isEmpty()) {
            throw new IllegalArgumentException("study: a row, a fold and a seed are needed at least");
        }
        Set<String> folders = new HashSet<>();
        for (Row row : rows) {
            if (row.folder().isEmpty() || !folders.add(row.folder())) {
                throw new IllegalArgumentException("study: there are two rows " + row.name() + ", or it has no name");
            }
        }
    }

    /**
     * A study as it is written.
     *
     * @param presets configurations by name
     * @throws IOException naming what is missing or wrong
     */
    public static Study of(String name, JsonObject json, Function<String, TrainConfig> presets) throws IOException {
        Set<String> unknown = new HashSet<>(json.names());
        unknown.removeAll(Set.of("preset", "settings", "folds", "seeds", "rows"));
        if (!unknown.isEmpty()) {
            throw new IOException("unknown field " + unknown + "; there are preset, settings, folds, seeds, rows");
        }
        TrainConfig base = presets.apply(json.string("preset"));
        if (json.has("settings")) {
            base = base.with(json.object("settings"));
        }
        List<Row> rows = new ArrayList<>();
        for (JsonObject row : json.objects("rows")) {
            TrainConfig start = row.has("preset") ? presets.apply(row.string("preset")) : base;
            TrainConfig config = row.has("settings") ? start.with(row.object("settings")) : start;
            config.checkShapes();
            boolean curve = row.has("curve") && row.bool("curve");
            rows.add(new Row(row.string("name"), config, changes(base, config), curve));
        }
        List<Integer> folds = numbers(json, "folds").stream()
                .map(number -> Math.toIntExact(number))
                .collect(Collectors.toList());
        return new Study(name, rows, folds, numbers(json, "seeds"));
    }

    private static List<Long> numbers(JsonObject json, String name) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (double number : json.numbers(name)) {
            if (number != Math.rint(number) || Math.abs(number) > 1e9) {
                throw new IOException(name + ": whole numbers are needed, got " + number);
            }
            numbers.add((long) number);
        }
        return numbers;
    }

    private static Map<String, Object> changes(TrainConfig base, TrainConfig config) {
        Map<String, Object> before = base.toMap();
        Map<String, Object> changed = new LinkedHashMap<>(config.toMap());
        changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        return changed;
    }

    /** The same with some of its rows only, by their numbers from 1. */
    public Study only(List<Integer> numbers) {
        List<Row> some = new ArrayList<>();
        for (int number : numbers) {
            if (number < 1 || number > rows.size()) {
                throw new IllegalArgumentException("rows: there are 1 to " + rows.size() + ", not " + number);
            }
            some.add(rows.get(number - 1));
        }
        return new Study(name, some, folds, seeds);
    }

    /** The same with other folds. */
    public Study withFolds(List<Integer> others) {
        return new Study(name, rows, others, seeds);
    }

    /** Trainings in all. */
    public int trainings() {
        return rows.size() * folds.size() * seeds.size();
    }
}
