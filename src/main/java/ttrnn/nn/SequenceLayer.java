package ttrnn.nn;

import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;

/** A layer that maps sequences to sequences of the same lengths, whose steps stand as rows one after the other. */
public interface SequenceLayer extends Module {
    /** What a layer made of its sequences. */
    interface Output {
        /** The result of each step, [rows, outputSize]. */
        Variable steps();

        /**
         * The result when the whole sequence has been seen, [sequences, outputSize]: that of the last step, and for a layer
         * that runs backward that of the first one.
         */
        Variable last();
    }

    /** Values of an input step. */
    int inputSize();

    /** Values of an output step. */
    int outputSize();

    /** Runs over rows that are loaded as needed, without a gradient to them; {@code dropout} is null outside of training. */
    Output apply(Tape tape, RowSource rows, @Nullable DropoutMasks dropout);

    /** Runs over steps x [rows, inputSize]; {@code dropout} is null outside of training. */
    Output apply(Variable x, RowSplits splits, @Nullable DropoutMasks dropout);
}
