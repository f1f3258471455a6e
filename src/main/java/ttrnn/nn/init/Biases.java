package ttrnn.nn.init;

import java.util.Arrays;
import ttrnn.tensor.Tensor;

/** How biases start that are not all zero. */
public final class Biases {
    private Biases() {}

    /**
     * The bias [4 hidden] of an LSTM, gates in the order i, f, g, o: {@code forget} for f, 0 for the others. With 1 memories
     * last at first (Jozefowicz et al. 2015, section 2.2).
     */
    public static Tensor lstm(int hidden, float forget) {
        Tensor bias = Tensor.zeros(4 * hidden);
        Arrays.fill(bias.data(), hidden, 2 * hidden, forget);
        return bias;
    }
}
