package ttrnn.tt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.RowBlock;

/**
 * The gradient of {@link TtPass} over some of the rows, in the same layout: from dL/dZ_0, core by core, to dL/dZ_s of
 * one (i_0 … i_{s-1}) after the other, each of which is at once added to the gradient of the merged factor. Used by one
 * thread.
 */
final class TtGradientPass {
    private static final int PANEL = TtGradient.PANEL;

    private final TtFactors factors;
    private final TtPlan plan;
    private final TtShape shape;
    private final FloatKernels kernels = Kernels.get();
    private final RowBlock rows;
    private final int count;
    private final int lanes;
    private final int number;
    private final int leading;
    /** Z_1 … Z_s of the forward pass. */
    private final float[][] z;

    private final TtGradient sum;
    /** dL/dZ_k for one (i_0 … i_{k-1}). */
    private final float[][] dz;
    /** dL/dZ_k transposed, for the gradient of core k. */
    private final float[][] turned;
    /** dL/dZ_1, [row, (i_0 r_1), padded (j_1 … j_{d-1})]. */
    private final float[] first;
    /** Columns of the input, [rows, PANEL]. */
    private final float[] panel;

    private float @Nullable [] dx;
    private int dxOffset;

    /** Of {@code count} rows, with gradients of the factors to be added to {@code sum}. */
    TtGradientPass(
            TtFactors factors, RowBlock rows, int count, float[][] intermediates, TtGradient sum, Buffers buffers) {
        this.factors = factors;
        this.plan = factors.plan;
        this.shape = plan.shape();
        this.rows = rows;
        this.count = count;
        this.number = count * plan.parts();
        this.lanes = TtPass.lanes(number);
        this.leading = plan.leading();
        this.z = intermediates;
        this.sum = sum;
        this.dz = new float[plan.split() + 1][];
        this.turned = new float[plan.split()][];
        this.panel = buffers.take(lanes * PANEL);
        for (int k = 0; k <= plan.split(); k++) {
            dz[k] = buffers.take(
                    k < leading
                            ? factors.rows(0) * TtPass.paddedWidth(plan)
                            : Math.multiplyExact(shape.rank(k) * plan.width(k), lanes));
        }
        for (int k = 0; k < plan.split(); k++) {
            int width = k < leading ? TtPass.paddedWidth(plan) : plan.width(k + 1) * lanes;
            turned[k] = buffers.take(width * TtGradient.padded(factors.rows(k)));
            // The padding stays zero.
            Arrays.fill(turned[k], 0);
        }
        this.first = buffers.take(leading == 0 ? 0 : count * factors.columns(0) * TtPass.paddedWidth(plan));
    }

    /** Ends the pass and gives its memory back, and that of the intermediates. */
    void end(Buffers buffers) {
        buffers.give(panel);
        buffers.give(first);
        for (int k = 0; k <= plan.split(); k++) {
            buffers.give(dz[k]);
            if (k > 0) {
                buffers.give(z[k]);
                buffers.give(turned[k - 1]);
            }
        }
    }

    /** Also writes the gradient of the rows, row-major, to {@code target}. */
    void withInput(float[] target, int offset) {
        this.dx = target;
        this.dxOffset = offset;
    }

    /** Runs from the gradient of the output. */
    void run(float[] dy, int dyOffset) {
        if (leading > 0) {
            runFirst(dy, dyOffset);
        } else {
            int outputs = shape.outputSize();
            for (int j = 0; j < outputs; j++) {
                for (int i = 0; i < count; i++) {
                    dz[0][j * lanes + i] = dy[dyOffset + i * outputs + j];
                }
                Arrays.fill(dz[0], j * lanes + count, (j + 1) * lanes, 0);
            }
        }
        spread(leading, 0);
    }

    /** The first core for each row, whose dL/dZ_1 then becomes lanes. */
    private void runFirst(float[] dy, int dyOffset) {
        int rank = shape.rank(1);
        int width = plan.width(1);
        int padded = TtPass.paddedWidth(plan);
        int outer = factors.rows(0);
        int inner = factors.columns(0);
        if (padded > width) {
            Arrays.fill(dz[0], 0);
        }
        if (number < lanes) {
            Arrays.fill(dz[1], 0);
        }
        for (int i = 0; i < count; i++) {
            for (int n = 0; n < outer; n++) {
                System.arraycopy(dy, dyOffset + (i * outer + n) * width, dz[0], n * padded, width);
            }
            addToCore(0, i, padded, outer, inner);
            // [(i_0 r_1), j_0] x [j_0, (j_1 … j_{d-1})]
            kernels.gemm(
                    inner,
                    padded,
                    outer,
                    factors.matrices[0],
                    0,
                    1,
                    inner,
                    dz[0],
                    0,
                    padded,
                    first,
                    i * inner * padded,
                    padded,
                    false);
        }
        for (int r = 0; r < rank; r++) {
            for (int i = 0; i < number; i++) {
                int from = (i * rank + r) * padded;
                int to = r * width * lanes + i;
                for (int j = 0; j < width; j++) {
                    dz[1][to + j * lanes] = first[from + j];
                }
            }
        }
    }

    /** From dL/dZ_k of one (i_0 … i_{k-1}) on. */
    private void spread(int k, int block) {
        if (k == plan.split()) {
            addToFactor(block);
            if (dx != null) {
                inputGradient(block, dx);
            }
            return;
        }
        int m = shape.inputMode(k);
        int rank = shape.rank(k + 1);
        int width = plan.width(k + 1) * lanes;
        int outer = factors.rows(k);
        int inner = factors.columns(k);
        addToCore(k, block, width, outer, inner);
        for (int i = 0; i < m; i++) {
            // [r_{k+1}, (r_k j_k)] x [(r_k j_k), (j_{k+1} … j_{d-1}, L)]
            kernels.gemm(
                    rank,
                    width,
                    outer,
                    factors.matrices[k],
                    i * rank,
                    1,
                    inner,
                    dz[k],
                    0,
                    width,
                    dz[k + 1],
                    0,
                    width,
                    false);
            spread(k + 1, block * m + i);
        }
    }

    /** dG_k, transposed: [(i_k r_{k+1}), (j_{k+1} … j_{d-1}, L)] x [(j_{k+1} … j_{d-1}, L), (r_k j_k)]. */
    private void addToCore(int k, int block, int width, int outer, int inner) {
        int padded = TtGradient.padded(outer);
        for (int i = 0; i < outer; i++) {
            for (int j = 0; j < width; j++) {
                turned[k][j * padded + i] = dz[k][i * width + j];
            }
        }
        kernels.gemm(
                inner,
                padded,
                width,
                z[k + 1],
                block * inner * width,
                width,
                1,
                turned[k],
                0,
                padded,
                sum.left[k],
                0,
                padded,
                true);
    }

    /** dR, transposed: [(r_s j_s … j_{d-1}), rows] x [rows, (i_s … i_{d-1})], a panel of its columns at a time. */
    private void addToFactor(int block) {
        int inputs = plan.trailingInputs();
        int outputs = plan.factorColumns();
        for (int c = 0; c < inputs; c += PANEL) {
            int columns = Math.min(PANEL, inputs - c);
            rows.rows(block * inputs + c, columns, panel, PANEL);
            kernels.gemm(
                    outputs,
                    TtGradient.padded(columns),
                    number,
                    dz[plan.split()],
                    0,
                    lanes,
                    1,
                    panel,
                    0,
                    PANEL,
                    sum.right,
                    c * outputs,
                    PANEL,
                    true);
        }
    }

    /** [(i_s … i_{d-1}), (r_s j_s … j_{d-1})] x [(r_s j_s … j_{d-1}), L], a panel of its rows at a time. */
    private void inputGradient(int block, float[] target) {
        int inputs = plan.trailingInputs();
        int outputs = plan.factorColumns();
        for (int c = 0; c < inputs; c += PANEL) {
            int columns = Math.min(PANEL, inputs - c);
            kernels.gemm(
                    columns,
                    lanes,
                    outputs,
                    factors.merged,
                    c,
                    1,
                    inputs,
                    dz[plan.split()],
                    0,
                    lanes,
                    panel,
                    0,
                    lanes,
                    false);
            int to = dxOffset + block * inputs + c;
            int row = shape.inputSize() / plan.parts();
            for (int i = 0; i < number; i++) {
                for (int j = 0; j < columns; j++) {
                    target[to + i * row + j] = panel[j * lanes + i];
                }
            }
        }
    }
}
