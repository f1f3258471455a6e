package ttrnn.nn;

import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSplits;

/** The states of a recurrent layer over a batch of sequences. */
public final class RecurrentStates implements SequenceLayer.Output {
    /** [rows, state] in the order in which the cell ran. */
    private final Variable states;

    private final @Nullable Variable initial;
    private final RowSplits splits;
    private final int hidden;
    private final boolean backward;

    RecurrentStates(Variable states, @Nullable Variable initial, RowSplits splits, int hidden, boolean backward) {
        this.states = states;
        this.initial = initial;
        this.splits = splits;
        this.hidden = hidden;
        this.backward = backward;
    }

    @Override
    public Variable steps() {
        Variable h = hiddenPart(states);
        return backward ? reversed(h, splits) : h;
    }

    @Override
    public Variable last() {
        return hiddenPart(state());
    }

    /**
     * What the cell carries after its last step, to go on from: h, and for the LSTM c after it, [sequences, state]. An empty
     * sequence keeps its initial state.
     */
    public Variable state() {
        int[] rows = splits.lastRows();
        if (initial == null) {
            return Shaping.gatherRows(states, rows);
        }
        boolean empty = false;
        for (int b = 0; b < rows.length; b++) {
            if (rows[b] < 0) {
                rows[b] = splits.rows() + b;
                empty = true;
            }
        }
        return Shaping.gatherRows(empty ? Shaping.concatenate(0, states, initial) : states, rows);
    }

    private Variable hiddenPart(Variable x) {
        return x.shape().dimension(1) == hidden ? x : Shaping.slice(x, 1, 0, hidden);
    }

    /** The rows of each sequence in reverse order. */
    static Variable reversed(Variable x, RowSplits splits) {
        int[] rows = new int[splits.rows()];
        for (int b = 0; b < splits.count(); b++) {
            for (int t = 0; t < splits.length(b); t++) {
                rows[splits.start(b) + t] = splits.start(b + 1) - 1 - t;
            }
        }
        return Shaping.gatherRows(x, rows);
    }
}
