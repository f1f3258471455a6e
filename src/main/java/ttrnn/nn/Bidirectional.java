package ttrnn.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;

/**
 * Two layers over the same sequences, one of which runs backward, side by side: results [forward, backward] (Schuster and
 * Paliwal 1997). Shapes input [rows, inputSize], result [rows, outputSize], the sum of the two layers' sizes.
 */
public final class Bidirectional implements SequenceLayer {
    private final SequenceLayer forward;
    private final SequenceLayer backward;

    /** A layer that runs forward and one that runs backward, see {@link RecurrentLayer.Options#backward}. */
    public Bidirectional(SequenceLayer forward, SequenceLayer backward) {
        if (forward.inputSize() != backward.inputSize()) {
            throw new IllegalArgumentException("bidirectional: both directions need inputs of one size, got "
                    + forward.inputSize() + " and " + backward.inputSize());
        }
        this.forward = forward;
        this.backward = backward;
    }

    private record Both(Output first, Output second) implements Output {
        @Override
        public Variable steps() {
            return Shaping.concatenate(1, first.steps(), second.steps());
        }

        @Override
        public Variable last() {
            return Shaping.concatenate(1, first.last(), second.last());
        }
    }

    @Override
    public int inputSize() {
        return forward.inputSize();
    }

    @Override
    public int outputSize() {
        return forward.outputSize() + backward.outputSize();
    }

    @Override
    public Output apply(Tape tape, RowSource rows, @Nullable DropoutMasks dropout) {
        return new Both(forward.apply(tape, rows, dropout), backward.apply(tape, rows, dropout));
    }

    @Override
    public Output apply(Variable x, RowSplits splits, @Nullable DropoutMasks dropout) {
        return new Both(forward.apply(x, splits, dropout), backward.apply(x, splits, dropout));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(forward.parameters());
        parameters.addAll(backward.parameters());
        return parameters;
    }
}
