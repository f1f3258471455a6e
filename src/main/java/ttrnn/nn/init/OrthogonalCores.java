package ttrnn.nn.init;

import java.util.ArrayList;
import java.util.List;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtShape;

/**
 * Cores whose unfoldings [r_k m_k n_k, r_{k+1}] are orthogonal, times one number. While all unfoldings are at least as tall as
 * wide, the represented matrix has the Frobenius norm of the last core (Oseledets 2011, section 3); a rank that is larger than
 * what stands before it makes the norm a matter of the draw, which then is measured.
 */
final class OrthogonalCores {
    private OrthogonalCores() {}

    /** Cores of a matrix of Frobenius norm {@code norm}, core k drawn from {@code rng.split(k)}. */
    static List<Tensor> draw(TtShape shape, double norm, Rng rng) {
        List<Tensor> cores = new ArrayList<>();
        boolean tall = true;
        for (int k = 0; k < shape.cores(); k++) {
            int columns = shape.rank(k + 1);
            int rows = shape.coreShape(k).size() / columns;
            tall &= rows >= columns;
            cores.add(Tensor.of(
                    Dense.orthogonalColumns(rows, columns, rng.split(k)).data(), shape.coreShape(k)));
        }
        double own = tall ? 1 : norm(shape, cores);
        float factor = (float) StrictMath.pow(norm / own, 1.0 / shape.cores());
        for (Tensor core : cores) {
            for (int i = 0; i < core.size(); i++) {
                core.data()[i] *= factor;
            }
        }
        return cores;
    }

    /** Frobenius norm of the represented matrix: the Gram matrix of its left part, [r, r], core by core. */
    static double norm(TtShape shape, List<Tensor> cores) {
        double[] gram = {1};
        for (int k = 0; k < shape.cores(); k++) {
            int left = shape.rank(k);
            int right = shape.rank(k + 1);
            int slices = shape.inputMode(k) * shape.outputMode(k);
            float[] core = cores.get(k).data();
            double[] next = new double[right * right];
            for (int a = 0; a < left; a++) {
                for (int b = 0; b < left; b++) {
                    for (int s = 0; s < slices; s++) {
                        addOuter(
                                gram[a * left + b],
                                core,
                                (a * slices + s) * right,
                                (b * slices + s) * right,
                                right,
                                next);
                    }
                }
            }
            gram = next;
        }
        return StrictMath.sqrt(gram[0]);
    }

    private static void addOuter(double factor, float[] core, int one, int other, int n, double[] sum) {
        for (int p = 0; p < n; p++) {
            for (int q = 0; q < n; q++) {
                sum[p * n + q] += factor * core[one + p] * core[other + q];
            }
        }
    }
}
