package ttrnn.tt;

import java.util.Arrays;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Buffers;

/** Gradients with respect to the forms of {@link TtFactors}, summed over some rows. */
final class TtGradient {
    /** Trailing inputs of a panel. */
    static final int PANEL = Kernels.get().panel();

    /** dL/dR in panels of its rows, each [(r_s j_s … j_{d-1}), {@link #PANEL} trailing inputs], the last one padded. */
    final float[] right;
    /** dL/d(left core), transposed and padded to whole vectors: [(m_k r_{k+1}), padded (r_k n_k)]. */
    final float[][] left;

    /** Zeros. */
    TtGradient(TtPlan plan, Buffers buffers) {
        TtShape shape = plan.shape();
        int panels = (plan.trailingInputs() + PANEL - 1) / PANEL;
        right = buffers.take(Math.multiplyExact(panels * PANEL, plan.factorColumns()));
        Arrays.fill(right, 0);
        left = new float[plan.split()][];
        for (int k = 0; k < left.length; k++) {
            left[k] =
                    buffers.take(shape.inputMode(k) * shape.rank(k + 1) * padded(shape.rank(k) * shape.outputMode(k)));
            Arrays.fill(left[k], 0);
        }
    }

    /** Rounded up to whole vectors. */
    static int padded(int size) {
        return (size + 15) / 16 * 16;
    }

    void giveBack(Buffers buffers) {
        buffers.give(right);
        for (float[] part : left) {
            buffers.give(part);
        }
    }

    void add(TtGradient other) {
        Kernels.get().add(right.length, other.right, 0, right, 0);
        for (int k = 0; k < left.length; k++) {
            Kernels.get().add(left[k].length, other.left[k], 0, left[k], 0);
        }
    }
}
