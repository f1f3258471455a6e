package ttrnn.nn;

import ttrnn.kernel.FloatKernels;

/**
 * The element-wise part of a cell whose gates all come from one product with the state: what {@link CellSequence} does
 * after {@code x + b + (h * m) U}. A row holds the values of all gates, {@code gates * hidden}.
 */
interface RecurrentCell {
    /** For messages. */
    String name();

    int gates();

    /** Whether the cell carries a memory c beside its state h. */
    boolean hasMemory();

    /**
     * One step of one sequence.
     *
     * @param row in: the gates before their activation; out: after it
     * @param before where c of the step before stands; -1 in the first step
     * @param memory c of all steps: read from {@code before}, written from {@code at}; empty without memory
     * @param state h of this step, from {@code at}
     */
    void forward(
            FloatKernels kernels,
            int hidden,
            float[] row,
            int rowAt,
            float[] memory,
            int before,
            float[] state,
            int at);

    /**
     * Gradient of {@link #forward}.
     *
     * @param row the gates after their activation
     * @param dState dL/dh of this step
     * @param dMemory in: dL/dc of this step from the steps after it; out: dL/dc of the step before
     * @param dRow out: dL/d(gates before their activation)
     */
    void backward(
            int hidden,
            float[] row,
            int rowAt,
            float[] memory,
            int before,
            float[] state,
            int at,
            float[] dState,
            float[] dMemory,
            int dAt,
            float[] dRow,
            int dRowAt);
}
