package ttrnn.train;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import ttrnn.nn.CellType;

/** The kinds of model that can be trained. */
public enum ModelType {
    /** Gated recurrent units on a tensor-train input matrix. */
    TT_GRU(CellType.GRU, true),
    /** LSTM cells on a tensor-train input matrix. */
    TT_LSTM(CellType.LSTM, true),
    /** Simple recurrent cells on a tensor-train input matrix; the paper's TT-SRNN. */
    TT_RNN(CellType.RNN, true),
    /** Gated recurrent units on an ordinary input matrix. */
    GRU(CellType.GRU, false),
    /** LSTM cells on an ordinary input matrix. */
    LSTM(CellType.LSTM, false),
    /** Simple recurrent cells on an ordinary input matrix. */
    RNN(CellType.RNN, false),
    /** A perceptron on some frames of the clip, its input matrix a tensor train. */
    TT_MLP(null, true);

    private final @Nullable CellType cell;
    private final boolean train;

    ModelType(@Nullable CellType cell, boolean train) {
        this.cell = cell;
        this.train = train;
    }

    /** The recurrent cell; null for a model without one. */
    public @Nullable CellType cell() {
        return cell;
    }

    /** Whether its input matrices are tensor trains. */
    public boolean isTensorTrain() {
        return train;
    }

    /** For example {@code tt-gru}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
