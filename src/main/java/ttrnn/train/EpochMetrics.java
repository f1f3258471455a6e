package ttrnn.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 */
public record EpochMetrics(
        int epoch,
        double learningRate,
        double loss,
        double accuracy,
        double gradientNorm,
        @Nullable Double validationLoss,
        @Nullable Double validationAccuracy,
        double seconds) {
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
        return map;
    }
}
