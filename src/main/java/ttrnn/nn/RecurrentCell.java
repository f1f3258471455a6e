package ttrnn.nn;

import ttrnn.kernel.FloatKernels;

/**
 * The element-wise part of a cell whose gates all come from one product with the state: what {@link CellSequence} does
 * after {@code x + b + (h * m) U}. A row holds the values of all gates, {@code gates * hidden}; a state is h, followed by
 * c if the cell has a memory.
 */
interface RecurrentCell {
    /** For messages. */
    String name();

    int gates();

    /** Whether the cell carries a memory c beside its h. */
    boolean hasMemory();

    /** Values of a row that are gates, between 0 and 1. */
    default int gateValues(int hidden) {
        return 0;
    }

    /** How many of them are saturated, after their activation. */
    default int saturated(int hidden, float[] row, int rowAt) {
        return 0;
    }

    /**
     * One step of one sequence.
     *
     * @param row in: the gates before their activation; out: after it
     * @param before the state before, from {@code beforeAt}
     * @param state out: the state of this step, from {@code at}
     */
    void forward(
            FloatKernels kernels,
            int hidden,
            float[] row,
            int rowAt,
            float[] before,
            int beforeAt,
            float[] state,
            int at);

    /**
     * Gradient of {@link #forward}.
     *
     * @param row the gates after their activation
     * @param dState in: dL/d(state of this step), from {@code dAt}; out: dL/dc of the step before in place of c's, h's is
     *     left to the caller
     * @param dRow out: dL/d(gates before their activation)
     */
    void backward(
            FloatKernels kernels,
            int hidden,
            float[] row,
            int rowAt,
            float[] before,
            int beforeAt,
            float[] state,
            int at,
            float[] dState,
            int dAt,
            float[] dRow,
            int dRowAt);
}
