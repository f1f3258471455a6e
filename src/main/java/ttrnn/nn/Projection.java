package ttrnn.nn;

import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;

/** A linear map of rows, without bias: what leads the input of a recurrent layer to its gates. */
public interface Projection extends Module {
    /** Values of an input row. */
    int inputSize();

    /** Values of an output row. */
    int outputSize();

    /** Maps rows that are loaded as needed, to [rows, outputSize]; no gradient to the rows. */
    Variable apply(Tape tape, RowSource rows);

    /** Maps the steps of sequences, x [rows, inputSize], to [rows, outputSize]. */
    Variable apply(Variable x, RowSplits splits);
}
