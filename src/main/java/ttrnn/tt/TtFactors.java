package ttrnn.tt;

import java.util.List;

/**
 * The cores of a train in the forms the product needs: the merged factor R [trailing inputs, r_s * width], padded with
 * zeros, and each core before the split as a matrix [(r_k n_k), (m_k r_{k+1})].
 */
final class TtFactors {
    final TtPlan plan;
    /** R, row-major; row (i_s … i_{d-1}), column (r_s, padded j_s … j_{d-1}). */
    final float[] right;
    /** The cores before the split, output side first. */
    final float[][] left;

    private final List<float[]> cores;
    private final float[][] tails;

    TtFactors(TtPlan plan, List<float[]> cores) {
        this.plan = plan;
        this.cores = List.copyOf(cores);
        TtShape shape = plan.shape();
        this.tails = TtMerge.tails(shape, cores, plan.split());
        this.right = new float[Math.toIntExact(plan.factorSize())];
        copyFactor(tails[0], right, true);
        this.left = new float[plan.split()][];
        for (int k = 0; k < plan.split(); k++) {
            left[k] = new float[cores.get(k).length];
            permute(k, cores.get(k), left[k]);
        }
    }

    /** R transposed, [r_s * width, trailing inputs], for the gradient of the input. */
    float[] rightTransposed() {
        int rows = plan.trailingInputs();
        int columns = plan.factorColumns();
        float[] transposed = new float[right.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed[j * rows + i] = right[i * columns + j];
            }
        }
        return transposed;
    }

    /** Gradients of all cores from those of the forms. */
    float[][] coreGradients(TtGradient gradient) {
        TtShape shape = plan.shape();
        float[][] result = new float[shape.cores()][];
        for (int k = 0; k < shape.cores(); k++) {
            result[k] = new float[cores.get(k).length];
        }
        float[] dTail = new float[tails[0].length];
        copyFactor(dTail, gradient.right, false);
        float[][] merged = new float[shape.cores() - plan.split()][];
        System.arraycopy(result, plan.split(), merged, 0, merged.length);
        TtMerge.backward(shape, cores, tails, plan.split(), dTail, merged);
        for (int k = 0; k < plan.split(); k++) {
            permuteGradient(k, gradient.left[k], result[k]);
        }
        return result;
    }

    /** m_k r_{k+1}: columns of a left core's matrix. */
    int columns(int k) {
        return plan.shape().inputMode(k) * plan.shape().rank(k + 1);
    }

    /** r_k n_k: rows of a left core's matrix. */
    int rows(int k) {
        return plan.shape().rank(k) * plan.shape().outputMode(k);
    }

    /** Between Q_s [r, I, N] and R [I, (r, padded N)]. */
    private void copyFactor(float[] tail, float[] factor, boolean toFactor) {
        TtShape shape = plan.shape();
        int inputs = plan.trailingInputs();
        int outputs = (int) shape.outputSize(plan.split(), shape.cores());
        int width = plan.width(plan.split());
        for (int r = 0; r < shape.rank(plan.split()); r++) {
            for (int i = 0; i < inputs; i++) {
                int at = (r * inputs + i) * outputs;
                int to = i * plan.factorColumns() + r * width;
                if (toFactor) {
                    System.arraycopy(tail, at, factor, to, outputs);
                } else {
                    System.arraycopy(factor, to, tail, at, outputs);
                }
            }
        }
    }

    /** From [r, m, n, s] to [(r n), (m s)]. */
    private void permute(int k, float[] core, float[] matrix) {
        TtShape shape = plan.shape();
        int m = shape.inputMode(k);
        int n = shape.outputMode(k);
        int rank = shape.rank(k + 1);
        for (int r = 0; r < shape.rank(k); r++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    System.arraycopy(
                            core, ((r * m + i) * n + j) * rank, matrix, (r * n + j) * columns(k) + i * rank, rank);
                }
            }
        }
    }

    /** From [(m s), padded (r n)] to [r, m, n, s]. */
    private void permuteGradient(int k, float[] gradient, float[] core) {
        TtShape shape = plan.shape();
        int m = shape.inputMode(k);
        int n = shape.outputMode(k);
        int rank = shape.rank(k + 1);
        int padded = TtGradient.padded(rows(k));
        for (int r = 0; r < shape.rank(k); r++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    for (int s = 0; s < rank; s++) {
                        core[((r * m + i) * n + j) * rank + s] = gradient[(i * rank + s) * padded + r * n + j];
                    }
                }
            }
        }
    }
}
