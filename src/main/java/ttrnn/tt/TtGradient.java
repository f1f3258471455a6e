package ttrnn.tt;

import ttrnn.kernel.Kernels;

/** Gradients with respect to the forms of {@link TtFactors}, summed over some rows. */
final class TtGradient {
    /** dL/dR, the layout of R. */
    final float[] right;
    /** dL/d(left core), transposed and padded to whole vectors: [(m_k r_{k+1}), padded (r_k n_k)]. */
    final float[][] left;

    TtGradient(TtPlan plan) {
        TtShape shape = plan.shape();
        right = new float[Math.toIntExact(plan.factorSize())];
        left = new float[plan.split()][];
        for (int k = 0; k < left.length; k++) {
            left[k] = new float[shape.inputMode(k) * shape.rank(k + 1) * padded(shape.rank(k) * shape.outputMode(k))];
        }
    }

    static int padded(int size) {
        return (size + 15) / 16 * 16;
    }

    void add(TtGradient other) {
        Kernels.get().add(right.length, other.right, 0, right, 0);
        for (int k = 0; k < left.length; k++) {
            Kernels.get().add(left[k].length, other.left[k], 0, left[k], 0);
        }
    }
}
