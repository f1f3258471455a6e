package ttrnn.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.DatasetException;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;
import ttrnn.train.EpochMetrics;
import ttrnn.train.RunFolder;
import ttrnn.train.TrainConfig;

/**
 * What the files of a run say.
 *
 * @param folder where they are
 * @param name of the run, for people
 * @param config its settings
 * @param epochs what each epoch was like
 * @param run content of run.json; null if the training has not ended
 * @param classes names in the order of the model; empty if the training has not ended
 * @param answers for each clip
 * @param store the clips; null if they are not there any more
 * @param storeNote why there is no store; empty if there is
 */
record RunData(
        Path folder,
        String name,
        TrainConfig config,
        List<EpochMetrics> epochs,
        @Nullable JsonObject run,
        List<String> classes,
        List<Answer> answers,
        @Nullable ClipStore store,
        String storeNote) {

    /**
     * What the model says of a clip.
     *
     * @param part train, validation or test
     * @param probabilities by class
     */
    record Answer(String clip, String part, String label, String predicted, float[] probabilities) {
        boolean right() {
            return label.equals(predicted);
        }
    }

    /** Reads a run; its model is not needed. */
    static RunData read(Path folder) throws IOException {
        Path file = RunFolder.configOf(folder);
        if (!Files.exists(file)) {
            throw new IOException(folder + ": no run, it has no config.json; name a folder that train wrote");
        }
        TrainConfig config = TrainConfig.defaults().with(parse(file));
        Path runFile = folder.resolve("run.json");
        JsonObject begun = Files.exists(runFile) ? parse(runFile) : null;
        JsonObject run = begun == null || !begun.has("results") ? null : begun;
        List<EpochMetrics> epochs = epochs(folder.resolve("events.jsonl"));
        if (epochs.isEmpty()) {
            throw new IOException(folder + ": no epoch of this run has ended yet; there is nothing to report");
        }
        ClipStore store = null;
        String note = "the training has not ended";
        if (run != null) {
            try {
                store = ClipStore.open(Path.of(run.string("store")));
                note = "";
            } catch (DatasetException e) {
                note = String.valueOf(e.getMessage());
            }
        }
        return new RunData(
                folder,
                name(folder),
                config,
                epochs,
                run,
                run == null ? List.of() : run.strings("classes"),
                answers(folder.resolve("predictions.jsonl")),
                store,
                note);
    }

    private static String name(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        Path last = path.getFileName();
        return last == null ? path.toString() : last.toString();
    }

    private static JsonObject parse(Path file) throws IOException {
        try {
            return Json.parse(Files.readString(file));
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static List<JsonObject> lines(Path file) throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                try {
                    objects.add(Json.parse(line));
                } catch (IOException e) {
                    throw new IOException(file + ", line " + (objects.size() + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return objects;
    }

    private static List<EpochMetrics> epochs(Path file) throws IOException {
        List<EpochMetrics> epochs = new ArrayList<>();
        for (JsonObject line : lines(file)) {
            if (line.string("event").equals("epoch")) {
                epochs.add(EpochMetrics.of(line));
            }
        }
        return epochs;
    }

    private static List<Answer> answers(Path file) throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (JsonObject line : lines(file)) {
            double[] p = line.numbers("probabilities");
            float[] probabilities = new float[p.length];
            for (int j = 0; j < p.length; j++) {
                probabilities[j] = (float) p[j];
            }
            answers.add(new Answer(
                    line.string("clip"),
                    line.string("part"),
                    line.string("label"),
                    line.string("predicted"),
                    probabilities));
        }
        return answers;
    }

    /** The part that the model is judged by: test clips if there are any, else validation, else training clips. */
    String judgedPart() {
        for (String part : List.of("test", "validation")) {
            if (answers.stream().anyMatch(answer -> answer.part().equals(part))) {
                return part;
            }
        }
        return "train";
    }

    List<Answer> judged() {
        String part = judgedPart();
        return answers.stream().filter(answer -> answer.part().equals(part)).toList();
    }

    /** Clips by true class (row) and predicted class (column). */
    int[][] confusion() {
        int[][] counts = new int[classes.size()][classes.size()];
        for (Answer answer : judged()) {
            counts[classes.indexOf(answer.label())][classes.indexOf(answer.predicted())]++;
        }
        return counts;
    }

    /** The epoch whose weights count; the last one as long as that is not known. */
    int bestEpoch() throws IOException {
        return run == null ? epochs.get(epochs.size() - 1).epoch() : (int) run.integer("bestEpoch");
    }

    EpochMetrics best() throws IOException {
        int best = bestEpoch();
        return epochs.stream().filter(e -> e.epoch() == best).findFirst().orElse(epochs.get(epochs.size() - 1));
    }

    /** Median duration of an epoch. */
    double secondsPerEpoch() {
        double[] seconds =
                epochs.stream().mapToDouble(EpochMetrics::seconds).sorted().toArray();
        return seconds[seconds.length / 2];
    }

    /** A number of {@code resources} in run.json; NaN where it is missing. */
    double resource(String name) throws IOException {
        JsonObject all = run == null || !run.has("resources") ? null : run.object("resources");
        return all == null || !all.has(name) ? Double.NaN : all.number(name);
    }

    /** Number of weights; NaN as long as it is not known. */
    double parameters() throws IOException {
        return run == null ? Double.NaN : run.number("parameters");
    }

    /** Accuracy of a part by run.json; NaN if there is none. */
    double accuracy(String part) throws IOException {
        JsonObject results = run == null ? null : run.object("results");
        return results == null || !results.has(part)
                ? Double.NaN
                : results.object(part).number("accuracy");
    }

    /** Indices of the classes, the most probable first. */
    static int[] ranking(float[] p) {
        Integer[] order = new Integer[p.length];
        Arrays.setAll(order, j -> j);
        Arrays.sort(order, (a, b) -> Float.compare(p[b], p[a]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    /** What run.json says of where the run comes from, each value as text. */
    List<List<String>> provenance() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        if (run != null) {
            for (String name : List.of(
                    "version",
                    "java",
                    "jvm",
                    "kernels",
                    "threads",
                    "cores",
                    "started",
                    "ended",
                    "store",
                    "storeSha256")) {
                if (run.has(name)) {
                    rows.add(List.of(name, run.text(name)));
                }
            }
        }
        return rows;
    }

    Map<String, Object> settings() {
        return config.toMap();
    }
}
