package ttrnn.tt;

import java.util.Arrays;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.RowBlock;

/**
 * Forward pass over some of the rows, with the memory for it. Used by one thread.
 *
 * <p>The rows are the innermost axis, L lanes of them, so that whatever the modes every step is a matrix product with
 * contiguous columns: Z_k = [i_0 … i_{k-1}, (r_k, j_k … j_{d-1}), L] is G_k, as a matrix, times Z_{k+1} for each
 * (i_0 … i_{k-1}). Z_d is the input, Z_0 the output. The recursion goes depth first, so that what is not kept stays in the
 * first-level cache. If the plan says so, (row, i_0) are the lanes, for which the bytes of fewer rows are needed at a time;
 * then Z_1 is turned to [row, (i_0 r_1), j_1 … j_{d-1}] before the first core is applied.
 */
final class TtPass {
    /** Lanes are rounded up to whole vectors. */
    private static final int VECTOR = 16;
    /** Floats of an intermediate made before they are used, when it is not kept. */
    private static final int CHUNK = 1 << 13;

    private final TtFactors factors;
    private final TtPlan plan;
    private final TtShape shape;
    private final FloatKernels kernels = Kernels.get();
    private final RowBlock rows;
    private final int count;
    private final int lanes;
    private final int cores;
    /** First core to be applied to lanes. */
    private final int leading;
    /** Z_k by k: all of it for k = 0 … s, a chunk of it behind; the last is of the input. */
    private final float[][] z;
    /** Z_1 with the rows outermost and its columns padded, and the output of one row. */
    private float[] first = new float[0];

    private float[] output = new float[0];

    /** A pass over {@code count} rows. */
    TtPass(TtFactors factors, RowBlock rows, int count, Buffers buffers) {
        this.factors = factors;
        this.plan = factors.plan;
        this.shape = plan.shape();
        this.rows = rows;
        this.count = count;
        this.lanes = lanes(count * plan.parts());
        this.cores = shape.cores();
        this.leading = plan.leading();
        this.z = new float[cores + 1][];
        for (int k = leading; k <= cores; k++) {
            z[k] = buffers.take(Math.multiplyExact(size(k), lanes));
        }
        if (leading > 0) {
            first = buffers.take(count * factors.columns(0) * paddedWidth(plan));
            output = buffers.take(factors.rows(0) * paddedWidth(plan));
        }
    }

    /** Lanes of {@code count} rows: whole vectors. */
    static int lanes(int count) {
        return (count + VECTOR - 1) / VECTOR * VECTOR;
    }

    /** Elements of a lane that are held of Z_k. */
    private int size(int k) {
        if (k <= plan.split()) {
            return plan.intermediateSize(k) / plan.parts();
        }
        if (plan.mergesForward()) {
            return k == cores ? TtGradient.PANEL : 0;
        }
        if (k == cores) {
            return leading == cores - 1 ? shape.inputMode(leading) : step(cores - 2) * shape.inputMode(cores - 1);
        }
        return step(k - 1) * shape.rank(k) * plan.width(k);
    }

    /** Values of i_k whose Z_{k+1} is made, by itself or in a chunk of the input, before core k is applied to it. */
    private int step(int k) {
        boolean kept = k < plan.split();
        int size = k == cores - 2
                ? Math.max(shape.inputMode(k + 1), kept ? 0 : shape.rank(k + 1) * plan.width(k + 1))
                : shape.rank(k + 1) * plan.width(k + 1);
        boolean whole = kept && k < cores - 2;
        return whole
                ? shape.inputMode(k)
                : Math.max(1, Math.min(shape.inputMode(k), CHUNK / (size * TtPlan.MOST_LANES)));
    }

    /**
     * Ends the pass and gives its memory back.
     *
     * @param keep whether Z_1 … Z_s are to be gone on from
     * @return Z_0 … Z_d, of which these are kept
     */
    float[][] end(boolean keep, Buffers buffers) {
        for (int k = leading; k <= cores; k++) {
            if (!keep || k == leading || k > plan.split()) {
                buffers.give(z[k]);
            }
        }
        if (leading > 0) {
            z[1] = first;
            buffers.give(output);
            if (!keep) {
                buffers.give(first);
            }
        }
        return z;
    }

    /** The output of the rows, row-major to {@code y}. */
    void forward(float[] y, int yOffset) {
        if (leading == cores - 1) {
            rows.columns(0, shape.inputMode(leading), z[cores], lanes);
        }
        contract(leading, 0, 0, z[leading], 0);
        if (leading > 0) {
            contractFirst(y, yOffset);
            return;
        }
        int outputs = shape.outputSize();
        for (int j = 0; j < outputs; j++) {
            for (int i = 0; i < count; i++) {
                y[yOffset + i * outputs + j] = z[0][j * lanes + i];
            }
        }
    }

    /** Trailing outputs j_1 … j_{d-1}, padded to whole vectors. */
    static int paddedWidth(TtPlan plan) {
        return lanes(plan.width(1));
    }

    /** For each row [j_0, (i_0 r_1)] x [(i_0 r_1), (j_1 … j_{d-1})]. */
    private void contractFirst(float[] y, int yOffset) {
        int parts = plan.parts();
        int rank = shape.rank(1);
        int width = plan.width(1);
        int padded = paddedWidth(plan);
        if (padded > width) {
            Arrays.fill(first, 0);
        }
        // In this order the lines read and written at a time are few.
        for (int r = 0; r < rank; r++) {
            for (int i = 0; i < count * parts; i++) {
                int from = r * width * lanes + i;
                int to = (i * rank + r) * padded;
                for (int j = 0; j < width; j++) {
                    first[to + j] = z[1][from + j * lanes];
                }
            }
        }
        int inner = factors.columns(0);
        int outer = factors.rows(0);
        for (int i = 0; i < count; i++) {
            kernels.gemm(
                    outer,
                    padded,
                    inner,
                    factors.matrices[0],
                    0,
                    inner,
                    1,
                    first,
                    i * inner * padded,
                    padded,
                    output,
                    0,
                    padded,
                    false);
            for (int n = 0; n < outer; n++) {
                System.arraycopy(output, n * padded, y, yOffset + (i * outer + n) * width, width);
            }
        }
    }

    /**
     * Z_k of one (i_0 … i_{k-1}), which {@code block} numbers, to {@code target}.
     *
     * @param input where the input of the block stands, if it is loaded, which it is for the last core
     */
    private void contract(int k, int block, int input, float[] target, int at) {
        if (k == plan.split() && plan.mergesForward()) {
            contractMerged(block, target, at);
            return;
        }
        int m = shape.inputMode(k);
        int inner = factors.columns(k);
        int width = plan.width(k + 1) * lanes;
        if (k == cores - 1) {
            multiply(k, width, 0, inner, input, target, at);
            return;
        }
        int size = shape.rank(k + 1) * width;
        int last = shape.inputMode(cores - 1);
        int step = step(k);
        for (int i = 0; i < m; i += step) {
            int number = Math.min(step, m - i);
            int first = block * m + i;
            int from = k < plan.split() ? first * size : 0;
            if (k == cores - 2) {
                rows.columns(first * last, number * last, z[cores], lanes);
            }
            for (int j = 0; j < number; j++) {
                contract(k + 1, first + j, j * last * lanes, z[k + 1], from + j * size);
            }
            multiply(k, width, i * shape.rank(k + 1), number * shape.rank(k + 1), from, target, at);
        }
    }

    /** [(r_k j_k), (i_k r_{k+1})] x [(i_k r_{k+1}), width] -> [(r_k j_k), width], for a part of the depth (i_k r_{k+1}). */
    private void multiply(int k, int width, int first, int depth, int from, float[] target, int at) {
        int inner = factors.columns(k);
        float[] right = z[k + 1];
        kernels.gemm(
                factors.rows(k),
                width,
                depth,
                factors.matrices[k],
                first,
                inner,
                1,
                right,
                from,
                width,
                target,
                at,
                width,
                first > 0);
    }

    /** [(r_s j_s … j_{d-1}), (i_s … i_{d-1})] x [(i_s … i_{d-1}), L] -> [(r_s j_s … j_{d-1}), L]. */
    private void contractMerged(int block, float[] target, int at) {
        int inputs = plan.trailingInputs();
        for (int c = 0; c < inputs; c += TtGradient.PANEL) {
            int depth = Math.min(TtGradient.PANEL, inputs - c);
            rows.columns(block * inputs + c, depth, z[cores], lanes);
            kernels.gemm(
                    plan.factorColumns(),
                    lanes,
                    depth,
                    factors.merged,
                    c,
                    inputs,
                    1,
                    z[cores],
                    0,
                    lanes,
                    target,
                    at,
                    lanes,
                    c > 0);
        }
    }
}
