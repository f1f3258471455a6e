package ttrnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.io.AtomicFile;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;

/**
 * What the trainings of all folds came to, each judged by the clips that it did not see.
 *
 * @param folds at least one
 */
public record CrossValidation(List<Fold> folds) {
    /** Student's t for 95 %, two-sided, with 1, 2, … degrees of freedom (any table of it); beyond, that of the normal. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL = 1.96;

    /**
     * One fold.
     *
     * @param fold its number, from 0
     * @param clips of its test
     * @param accuracy share of them that is right
     * @param loss mean cross-entropy
     */
    public record Fold(int fold, int clips, double accuracy, double loss) {}

    public CrossValidation {
        folds = List.copyOf(folds);
        if (folds.isEmpty()) {
            throw new IllegalArgumentException("cross-validation: there are no folds");
        }
    }

    /** Where the run of a fold lies. */
    public static Path folderOf(Path run, int fold) {
        return run.resolve("fold-" + fold);
    }

    /** What a fold's run came to, if it has ended. */
    public static @Nullable Fold ended(Path run, int fold) throws IOException {
        Path file = folderOf(run, fold).resolve("run.json");
        if (!Files.exists(file)) {
            return null;
        }
        JsonObject written = Json.parse(Files.readString(file));
        if (!written.has("results")) {
            return null; // it was begun
        }
        JsonObject test = written.object("results").object("test");
        return new Fold(fold, (int) test.integer("clips"), test.number("accuracy"), test.number("loss"));
    }

    /** Mean accuracy over the folds. */
    public double mean() {
        return folds.stream().mapToDouble(Fold::accuracy).sum() / folds.size();
    }

    /** Standard deviation of the folds' accuracies, that of a sample; 0 for one fold. */
    public double deviation() {
        return deviation(folds.stream().mapToDouble(Fold::accuracy).toArray());
    }

    private static double deviation(double... values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return values.length < 2 ? 0 : StrictMath.sqrt(squares / (values.length - 1));
    }

    /** Half of the 95 % interval of the mean of some values, t deviation / sqrt(n); 0 for one value. */
    public static double halfInterval(double... values) {
        int n = values.length;
        double t = n < 2 ? 0 : n - 2 < T.length ? T[n - 2] : NORMAL;
        return t * deviation(values) / StrictMath.sqrt((double) n);
    }

    /** Where the mean of other folds is to be expected, with 95 %: mean ± t deviation / sqrt(folds), within 0 … 1. */
    public List<Double> interval() {
        double half = halfInterval(folds.stream().mapToDouble(Fold::accuracy).toArray());
        return List.of(Math.max(0, mean() - half), Math.min(1, mean() + half));
    }

    /** As it is written. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mean", mean());
        map.put("deviation", deviation());
        map.put("interval", interval());
        map.put("folds", folds);
        return map;
    }

    /** Writes {@code folds.json} to the folder of all folds. */
    public void write(Path run) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>(toMap());
        map.put(
                "folds",
                folds.stream()
                        .map(fold -> Map.of(
                                "fold", fold.fold(),
                                "clips", fold.clips(),
                                "accuracy", fold.accuracy(),
                                "loss", fold.loss()))
                        .toList());
        AtomicFile.write(run.resolve("folds.json"), Json.pretty(map));
    }
}
