package ttrnn.tt;

import java.util.List;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/**
 * A matrix in tensor-train form: W[(i_0 … i_{d-1}), (j_0 … j_{d-1})] = G_0[i_0, j_0] G_1[i_1, j_1] … G_{d-1}[i_{d-1},
 * j_{d-1}], each G_k[i, j] an r_k by r_{k+1} matrix (Oseledets 2011; Yang et al. 2017, equation 3).
 *
 * @param shape modes and ranks
 * @param cores core k of shape [r_k, m_k, n_k, r_{k+1}]
 */
public record TtMatrix(TtShape shape, List<Tensor> cores) {
    public TtMatrix {
        cores = List.copyOf(cores);
        if (cores.size() != shape.cores()) {
            throw new IllegalArgumentException(
                    "tensor train: " + shape + " has " + shape.cores() + " cores, got " + cores.size());
        }
        for (int k = 0; k < cores.size(); k++) {
            Shape expected = shape.coreShape(k);
            if (!cores.get(k).shape().equals(expected)) {
                throw new IllegalArgumentException("tensor train: core " + k + " must be " + expected + ", got "
                        + cores.get(k).shape());
            }
        }
    }

    /** The represented matrix, [inputSize, outputSize]. */
    public Tensor toDense() {
        return Tensor.of(
                TtMerge.matrix(shape, cores.stream().map(Tensor::data).toList(), 0),
                shape.inputSize(),
                shape.outputSize());
    }
}
