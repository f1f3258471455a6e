package ttrnn.tt;

import java.util.List;
import ttrnn.tensor.Buffers;

/**
 * The cores of a train in the forms the product needs: each core as a matrix [(r_k n_k), (m_k r_{k+1})], and the merged
 * factor R, transposed: [(r_s j_s … j_{d-1}), (i_s … i_{d-1})].
 */
final class TtFactors {
    final TtPlan plan;
    /** The cores, output side first. */
    final float[][] matrices;
    /** R transposed. */
    final float[] merged;

    private final List<float[]> cores;
    private final float[][] tails;

    TtFactors(TtPlan plan, List<float[]> cores) {
        this.plan = plan;
        this.cores = List.copyOf(cores);
        TtShape shape = plan.shape();
        this.tails = TtMerge.tails(shape, cores, plan.split());
        this.merged = new float[Math.toIntExact(plan.factorSize())];
        mergedFrom(tails[0]);
        this.matrices = new float[shape.cores()][];
        for (int k = 0; k < shape.cores(); k++) {
            matrices[k] = new float[cores.get(k).length];
            permute(k, cores.get(k), matrices[k]);
        }
    }

    /** Gradients of all cores from those of the forms. */
    float[][] coreGradients(TtGradient gradient, Buffers buffers) {
        TtShape shape = plan.shape();
        float[][] result = new float[shape.cores()][];
        for (int k = 0; k < shape.cores(); k++) {
            result[k] = new float[cores.get(k).length];
        }
        float[] dTail = buffers.take(tails[0].length);
        tailFrom(gradient.right, dTail);
        float[][] trailing = new float[shape.cores() - plan.split()][];
        System.arraycopy(result, plan.split(), trailing, 0, trailing.length);
        TtMerge.backward(shape, cores, tails, plan.split(), dTail, trailing, buffers);
        buffers.give(dTail);
        for (int k = 0; k < plan.split(); k++) {
            permuteGradient(k, gradient.left[k], result[k]);
        }
        return result;
    }

    /** m_k r_{k+1}: columns of a core's matrix. */
    int columns(int k) {
        return plan.shape().inputMode(k) * plan.shape().rank(k + 1);
    }

    /** r_k n_k: rows of a core's matrix. */
    int rows(int k) {
        return plan.shape().rank(k) * plan.shape().outputMode(k);
    }

    /** From Q_s [r, I, N] to the transpose of R, [(r N), I]. */
    private void mergedFrom(float[] tail) {
        int inputs = plan.trailingInputs();
        int outputs = plan.width(plan.split());
        for (int r = 0; r < plan.shape().rank(plan.split()); r++) {
            for (int j = 0; j < outputs; j++) {
                for (int i = 0; i < inputs; i++) {
                    merged[(r * outputs + j) * inputs + i] = tail[(r * inputs + i) * outputs + j];
                }
            }
        }
    }

    /** From the panels of R's gradient to the gradient of Q_s [r, I, N]. */
    private void tailFrom(float[] panels, float[] tail) {
        int inputs = plan.trailingInputs();
        int outputs = plan.width(plan.split());
        int columns = plan.factorColumns();
        for (int r = 0; r < plan.shape().rank(plan.split()); r++) {
            for (int i = 0; i < inputs; i++) {
                int panel = i / TtGradient.PANEL * TtGradient.PANEL * columns + i % TtGradient.PANEL;
                for (int j = 0; j < outputs; j++) {
                    tail[(r * inputs + i) * outputs + j] = panels[panel + (r * outputs + j) * TtGradient.PANEL];
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
