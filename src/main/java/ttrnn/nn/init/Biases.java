package ttrnn.nn.init;

import java.util.Arrays;
import ttrnn.tensor.Tensor;

/** How biases start that are not all zero. */
public final class Biases {
    private Biases() {}

    /**
     * The bias [4 hidden] of an LSTM, gates in the order i, f, g, o: 1 for f, so that memories last at first (Jozefowicz et
     * al. 2015, section 2.2), 0 for the others.
     */
    public static Tensor lstm(int hidden) {
        Tensor bias = Tensor.zeros(4 * hidden);
        Arrays.fill(bias.data(), hidden, 2 * hidden, 1);
        return bias;
    }
}
