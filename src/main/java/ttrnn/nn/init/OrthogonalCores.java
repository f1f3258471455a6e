package ttrnn.nn.init;

import java.util.ArrayList;
import java.util.List;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtAlgebra;
import ttrnn.tt.TtMatrix;
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
        double own = tall ? 1 : TtAlgebra.norm(new TtMatrix(shape, cores));
        float factor = (float) StrictMath.pow(norm / own, 1.0 / shape.cores());
        for (Tensor core : cores) {
            for (int i = 0; i < core.size(); i++) {
                core.data()[i] *= factor;
            }
        }
        return cores;
    }
}
