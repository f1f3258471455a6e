package ttrnn.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Shape;

/**
 * The states before the first steps of a batch of sequences.
 *
 * @param variable where they come from; null if they are zero
 * @param values [sequences, width]
 * @param width of a state: hidden, or 2 hidden with a memory
 */
record InitialState(@Nullable Variable variable, float[] values, int width) {
    static InitialState of(String operation, @Nullable Variable given, int sequences, int width) {
        if (given == null) {
            return new InitialState(null, new float[sequences * width], width);
        }
        if (!given.shape().equals(Shape.of(sequences, width))) {
            throw new IllegalArgumentException(operation + ": the initial state must be [" + sequences + ", " + width
                    + "], one row a sequence, got " + given.shape());
        }
        return new InitialState(given, given.data(), width);
    }

    /** {@code others}, and the initial state if it is a variable. */
    Variable[] inputs(Variable... others) {
        if (variable == null) {
            return others;
        }
        Variable[] all = Arrays.copyOf(others, others.length + 1);
        all[others.length] = variable;
        return all;
    }

    void accumulate(float[] gradient) {
        if (variable != null) {
            variable.accumulate(gradient);
        }
    }
}
