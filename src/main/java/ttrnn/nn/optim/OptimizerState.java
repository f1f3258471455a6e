package ttrnn.nn.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import ttrnn.tensor.Tensor;

/**
 * What an optimiser remembers.
 *
 * @param steps number of steps taken
 * @param arrays running means and the like, named after their parameter, for example {@code rnn.core.0.mean}, each of its
 *     parameter's shape
 */
public record OptimizerState(int steps, Map<String, Tensor> arrays) {
    public OptimizerState {
        if (steps < 0) {
            throw new IllegalArgumentException(
                    "optimizer state: the number of steps must not be negative, got " + steps);
        }
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }
}
