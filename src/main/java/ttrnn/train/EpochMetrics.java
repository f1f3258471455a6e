package ttrnn.train;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.io.JsonObject;

/**
 * What one epoch was like.
 *
 * @param epoch from 1
 * @param learningRate at its end
 * @param loss mean cross-entropy of the training clips while they were learnt, dropout on
 * @param accuracy share of the training clips that were right while they were learnt
 * @param gradientNorm mean norm of the gradient before it was limited
 * @param validationLoss null without validation clips
 * @param validationAccuracy null without validation clips
 * @param seconds duration, validation included
 * @param gateSaturation mean share of the gates so near to 0 or 1 that hardly a gradient passes; null without gates
 */
public record EpochMetrics(
        int epoch,
        double learningRate,
        double loss,
        double accuracy,
        double gradientNorm,
        @Nullable Double validationLoss,
        @Nullable Double validationAccuracy,
        double seconds,
        @Nullable Double gateSaturation) {
    /** The fields by name, in the order of {@code metrics.csv}. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("epoch", epoch);
        map.put("learningRate", learningRate);
        map.put("loss", loss);
        map.put("accuracy", accuracy);
        map.put("gradientNorm", gradientNorm);
        map.put("validationLoss", validationLoss);
        map.put("validationAccuracy", validationAccuracy);
        map.put("seconds", seconds);
        map.put("gateSaturation", gateSaturation);
        return map;
    }

    /** An epoch from the fields of {@link #toMap}. */
    public static EpochMetrics of(JsonObject json) throws IOException {
        return new EpochMetrics(
                json.integer("epoch", 1),
                json.number("learningRate"),
                json.number("loss"),
                json.number("accuracy"),
                json.number("gradientNorm"),
                json.has("validationLoss") ? (Double) json.number("validationLoss") : null,
                json.has("validationAccuracy") ? (Double) json.number("validationAccuracy") : null,
                json.number("seconds"),
                json.has("gateSaturation") ? (Double) json.number("gateSaturation") : null);
    }
}
