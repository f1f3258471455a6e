package ttrnn.nn;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSplits;

/** The kinds of recurrent cell. */
public enum CellType {
    /** Simple recurrent cell (Elman 1990), one product and tanh; its gate activation is not used. */
    RNN("h"),
    /** Gated recurrent unit (Cho et al. 2014), the reset gate before the recurrent product. */
    GRU("zrh"),
    /** Long short-term memory (Hochreiter and Schmidhuber 1997, Gers et al. 2000); its state is h, then c. */
    LSTM("ifgo");

    /** One letter a gate. */
    private final String gates;

    CellType(String gates) {
        this.gates = gates;
    }

    /** The cell over whole sequences; see {@link GruSequence} and {@link CellSequence}. */
    Variable run(
            Variable x,
            Variable recurrent,
            Variable bias,
            @Nullable Variable initial,
            RowSplits splits,
            GateActivation activation,
            float @Nullable [] mask) {
        return switch (this) {
            case RNN -> CellSequence.simple(x, recurrent, bias, initial, splits, mask);
            case GRU -> GruSequence.apply(x, recurrent, bias, initial, splits, activation, mask);
            case LSTM -> CellSequence.lstm(x, recurrent, bias, initial, splits, activation, mask);
        };
    }

    /** Number of blocks of hidden columns in the weights: 1, 3, 4. */
    public int gates() {
        return gates.length();
    }

    /** Name of a block of columns: z, r, h of the GRU, i, f, g, o of the LSTM. */
    public String gateName(int gate) {
        return gates.substring(gate, gate + 1);
    }

    /** Values that are carried from step to step: hidden, or 2 hidden for h and c. */
    public int stateSize(int hidden) {
        return this == LSTM ? 2 * hidden : hidden;
    }

    /** For example {@code gru}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
