package ttrnn.train.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;
import ttrnn.train.EpochMetrics;

/**
 * One training of a study, as its files tell it.
 *
 * @param epochs one at least
 * @param accuracy on clips that were not learnt from: those of validation after the last epoch, or without validation those of
 *     the test
 * @param parameters of the model
 * @param secondsPerEpoch median
 * @param heapBytes the most that a collection left in the heap
 */
public record StudyRun(
        List<EpochMetrics> epochs, double accuracy, long parameters, double secondsPerEpoch, double heapBytes) {
    public StudyRun {
        epochs = List.copyOf(epochs);
    }

    /** What a run came to, if it has ended. */
    static @Nullable StudyRun read(Path folder, long parameters) throws IOException {
        Path file = folder.resolve("run.json");
        if (!Files.exists(file)) {
            return null;
        }
        JsonObject run = Json.parse(Files.readString(file));
        if (!run.has("results")) {
            return null; // it was begun
        }
        List<EpochMetrics> epochs = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("events.jsonl"))) {
            epochs.add(EpochMetrics.of(Json.parse(line)));
        }
        JsonObject resources = run.object("resources");
        Double judged = last(epochs).validationAccuracy();
        return new StudyRun(
                epochs,
                judged == null ? run.object("results").object("test").number("accuracy") : judged,
                parameters,
                resources.number("secondsPerEpoch"),
                resources.number("heapBytesAfterCollection"));
    }

    private static EpochMetrics last(List<EpochMetrics> epochs) {
        return epochs.get(epochs.size() - 1);
    }

    /** On the training clips as they were learnt in the last epoch, dropout on. */
    public double trainingAccuracy() {
        return last(epochs).accuracy();
    }

    /** Share of the gates that were saturated, mean over the first epoch; NaN without gates. */
    public double saturationFirst() {
        return orNaN(epochs.get(0).gateSaturation());
    }

    /** The same of the last epoch. */
    public double saturationLast() {
        return orNaN(last(epochs).gateSaturation());
    }

    /** Norm of the gradient before it was limited, mean over the first epoch. */
    public double gradientFirst() {
        return epochs.get(0).gradientNorm();
    }

    /** The same of the last epoch. */
    public double gradientLast() {
        return last(epochs).gradientNorm();
    }

    static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
