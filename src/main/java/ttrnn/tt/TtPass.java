package ttrnn.tt;

import org.jspecify.annotations.Nullable;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;

/**
 * Forward and backward pass over one piece of the rows, with the memory for it. Intermediates Z_k lie as [row, i_0 …
 * i_{k-1}, r_k, j_k … j_{d-1}]: Z_s after the merged factor, Z_0 is the output. Used by one thread.
 */
final class TtPass {
    private final TtFactors factors;
    private final TtPlan plan;
    private final TtShape shape;
    private final FloatKernels kernels = Kernels.get();
    private final float[] input;
    private final int chunk;
    /** Z_1 … Z_s at index 1 … s, for all rows of the piece. */
    private final float[][] z;

    private float @Nullable [][] dz;
    private float @Nullable [] turned;
    private float @Nullable [] rightTransposed;

    /** A pass that keeps the intermediates of {@code rows} rows. */
    TtPass(TtFactors factors, int chunk, int rows) {
        this(factors, chunk, new float[factors.plan.split() + 1][]);
        for (int k = 0; k < z.length; k++) {
            z[k] = new float[(k == 0 ? chunk : rows) * plan.intermediateSize(k)];
        }
    }

    /** A pass that goes on from the intermediates of a pass before it. */
    TtPass(TtFactors factors, int chunk, float[][] intermediates) {
        this.factors = factors;
        this.plan = factors.plan;
        this.shape = plan.shape();
        this.chunk = chunk;
        this.input = new float[chunk * shape.inputSize()];
        this.z = intermediates;
    }

    /** Where the rows of a chunk are loaded. */
    float[] input() {
        return input;
    }

    /** Z_1 … Z_s, to go on from; the pass is not to be used any more. */
    float[][] intermediates() {
        z[0] = new float[0];
        return z;
    }

    /** Output of {@code count} loaded rows, which stand at {@code row} of the piece, to {@code y}. */
    void forward(int row, int count, float[] y, int yOffset) {
        int s = plan.split();
        int columns = plan.factorColumns();
        int depth = plan.trailingInputs();
        int at = (s == 0 ? 0 : row) * plan.intermediateSize(s);
        // [(rows i_0 … i_{s-1}), (i_s … i_{d-1})] x R -> [(rows i_0 … i_{s-1}), (r_s j_s … j_{d-1})]
        kernels.gemm(
                count * plan.leadingInputs(),
                columns,
                depth,
                input,
                0,
                depth,
                1,
                factors.right,
                0,
                columns,
                z[s],
                at,
                columns,
                false);
        for (int k = s - 1; k >= 0; k--) {
            int width = plan.width(k + 1);
            int from = row * plan.intermediateSize(k + 1);
            int to = k == 0 ? 0 : row * plan.intermediateSize(k);
            int inner = factors.columns(k);
            int outer = factors.rows(k);
            int blocks = count * (int) shape.inputSize(0, k);
            for (int p = 0; p < blocks; p++) {
                // [(r_k j_k), (i_k r_{k+1})] x [(i_k r_{k+1}), (j_{k+1} …)] -> [(r_k j_k), (j_{k+1} …)]
                kernels.gemm(
                        outer,
                        width,
                        inner,
                        factors.left[k],
                        0,
                        inner,
                        1,
                        z[k + 1],
                        from + p * inner * width,
                        width,
                        z[k],
                        to + p * outer * width,
                        width,
                        false);
            }
        }
        copyOutput(count, z[0], y, yOffset, true);
    }

    /** Adds the gradients of {@code count} loaded rows, which stand at {@code row} of the piece, to {@code sum}. */
    void backward(int row, int count, float[] dy, int dyOffset, TtGradient sum) {
        int s = plan.split();
        float[][] d = gradients();
        copyOutput(count, d[0], dy, dyOffset, false);
        for (int k = 0; k < s; k++) {
            int width = plan.width(k + 1);
            int from = row * plan.intermediateSize(k + 1);
            int inner = factors.columns(k);
            int outer = factors.rows(k);
            int padded = TtGradient.padded(outer);
            int blocks = count * (int) shape.inputSize(0, k);
            for (int p = 0; p < blocks; p++) {
                int at = p * outer * width;
                // dW^T: [(i_k r_{k+1}), (j_{k+1} …)] x [(j_{k+1} …), (r_k j_k)]
                float[] dTurned = turn(d[k], at, outer, width, padded);
                kernels.gemm(
                        inner,
                        padded,
                        width,
                        z[k + 1],
                        from + p * inner * width,
                        width,
                        1,
                        dTurned,
                        0,
                        padded,
                        sum.left[k],
                        0,
                        padded,
                        true);
                // dZ_{k+1}: [(i_k r_{k+1}), (r_k j_k)] x [(r_k j_k), (j_{k+1} …)]
                kernels.gemm(
                        inner,
                        width,
                        outer,
                        factors.left[k],
                        0,
                        1,
                        inner,
                        d[k],
                        at,
                        width,
                        d[k + 1],
                        p * inner * width,
                        width,
                        false);
            }
        }
        // dR: [(i_s …), (rows i_0 … i_{s-1})] x [(rows i_0 … i_{s-1}), (r_s j_s …)]
        int depth = plan.trailingInputs();
        int columns = plan.factorColumns();
        kernels.gemm(
                depth,
                columns,
                count * plan.leadingInputs(),
                input,
                0,
                1,
                depth,
                d[s],
                0,
                columns,
                sum.right,
                0,
                columns,
                true);
    }

    /** Gradient with respect to the rows of the last {@link #backward}. */
    void inputGradient(int count, float[] dx, int dxOffset) {
        if (rightTransposed == null) {
            rightTransposed = factors.rightTransposed();
        }
        int inputs = plan.trailingInputs();
        int outputs = plan.factorColumns();
        kernels.gemm(
                count * plan.leadingInputs(),
                inputs,
                outputs,
                gradients()[plan.split()],
                0,
                outputs,
                1,
                rightTransposed,
                0,
                inputs,
                dx,
                dxOffset,
                inputs,
                false);
    }

    private float[][] gradients() {
        if (dz == null) {
            dz = new float[plan.split() + 1][];
            for (int k = 0; k <= plan.split(); k++) {
                dz[k] = new float[chunk * plan.intermediateSize(k)];
            }
        }
        return dz;
    }

    /** [rows, width] of {@code x} transposed to [width, padded rows]; the padding stays zero. */
    private float[] turn(float[] x, int at, int rows, int width, int padded) {
        if (turned == null || turned.length != width * padded) {
            turned = new float[width * padded];
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
                turned[j * padded + i] = x[at + i * width + j];
            }
        }
        return turned;
    }

    /** Between the output and Z_0, whose trailing modes are padded. */
    private void copyOutput(int count, float[] padded, float[] y, int yOffset, boolean toOutput) {
        int size = (int) shape.outputSize(plan.split(), shape.cores());
        int width = plan.width(plan.split());
        int blocks = count * (int) shape.outputSize(0, plan.split());
        for (int n = 0; n < blocks; n++) {
            if (toOutput) {
                System.arraycopy(padded, n * width, y, yOffset + n * size, size);
            } else {
                System.arraycopy(y, yOffset + n * size, padded, n * width, size);
            }
        }
    }
}
