package ttrnn.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Tensor;

/**
 * The weights that did best in validation: by accuracy, then by loss, then the later ones. Without validation the last
 * weights count, and none are kept.
 *
 * @param epoch whose weights they are, 0 before the first
 * @param accuracy in validation, -1 before the first
 * @param loss in validation
 * @param weights copies by name; empty if the model's own count
 */
record Best(int epoch, double accuracy, double loss, Map<String, Tensor> weights) {
    static final Best NONE = new Best(0, -1, Double.POSITIVE_INFINITY, Map.of());

    /** The better of this and an epoch that has just ended. */
    Best or(EpochMetrics metrics, List<Parameter> parameters) {
        Double itsAccuracy = metrics.validationAccuracy();
        Double itsLoss = metrics.validationLoss();
        if (itsAccuracy == null || itsLoss == null) {
            return new Best(metrics.epoch(), accuracy, loss, Map.of());
        }
        if (itsAccuracy > accuracy || (itsAccuracy == accuracy && itsLoss <= loss)) {
            Map<String, Tensor> copies = new TreeMap<>();
            parameters.forEach(p -> copies.put(p.name(), p.value().copy()));
            return new Best(metrics.epoch(), itsAccuracy, itsLoss, copies);
        }
        return this;
    }

    /** Puts the weights into the model, if there are any. */
    void restore(List<Parameter> parameters) {
        if (!weights.isEmpty()) {
            Checkpoint.restore("best", weights, parameters);
        }
    }
}
