package ttrnn.tt;

import java.util.Arrays;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/**
 * A tensor train from a dense matrix by successive singular value decompositions, in double precision.
 *
 * <p>Step k reads what is left, A[r_k, (i_k I), (j_k N)], as a matrix of rows (r_k, i_k, j_k) and columns (I, N), takes
 * its first r_{k+1} left singular vectors U as core k and goes on with U^T A. The error is at most sqrt(d - 1) times
 * that of the best train of these ranks, and with a tolerance at most the tolerance (Oseledets, "Tensor-Train
 * Decomposition", 2011, theorem 2.2, corollary 2.4 and algorithm 1). A dense matrix of float noise about 6e-8 has no
 * ranks to find below a tolerance of some 1e-7.
 *
 * <p>Memory: the dense matrix stays as it is, in floats. The first U^T A takes 8 r_1 I N bytes, while the triangle whose
 * singular values are wanted comes from stripes of the unfolding, none of them larger than 4 (r_k m_k n_k)^2 doubles.
 * For [57600, 768] as 8,20,20,18 -> 12,4,4,4 with r_1 = 16 that is 59 MB beside the 177 MB of the matrix; with all 96 of
 * r_1 354 MB. Time grows with the cube of the smaller side of an unfolding: ranks 4, 16 and 32 took 4, 14 and 64 s and
 * 0.45, 0.53 and 0.95 GB in all (one run each, JDK 17, two cores of an EPYC). Larger ones
 * were not tried; by that rule the largest side that can occur here, 5760, would take about twelve minutes.
 */
public final class TtSvd {
    private TtSvd() {}

    /**
     * The train nearest to {@code dense}, up to the factor above.
     *
     * @param dense [product of inputModes, product of outputModes]
     */
    public static TtMatrix decompose(Tensor dense, int[] inputModes, int[] outputModes, TtTruncation truncation) {
        int[] limits = truncation.limits(inputModes, outputModes);
        TtShape shape = new TtShape(inputModes, outputModes, limits);
        Shape expected = Shape.of(shape.inputSize(), shape.outputSize());
        if (!dense.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    "tt svd: input modes " + Arrays.toString(inputModes) + " and output modes "
                            + Arrays.toString(outputModes) + " need a matrix " + expected + ", got " + dense.shape());
        }
        double budget = truncation.budget(norm(dense), shape.cores());
        int d = shape.cores();
        int[] ranks = limits.clone();
        double[][] cores = new double[d][];
        Unfolding.Source rest = Unfolding.Source.of(dense.data());
        double[] last = new double[0];
        for (int k = 0; k < d - 1; k++) {
            Unfolding unfolding = new Unfolding(
                    rest, ranks[k], shape.inputMode(k), shape.outputMode(k), (int) shape.inputSize(k + 1, d), (int)
                            shape.outputSize(k + 1, d));
            LinearAlgebra.LeftSvd svd = unfolding.leftSvd();
            ranks[k + 1] = truncation.rank(svd.values(), budget, limits[k + 1]);
            DoubleMatrix basis = svd.vectors().firstColumns(ranks[k + 1]);
            cores[k] = basis.data();
            last = unfolding.project(basis);
            rest = Unfolding.Source.of(last);
        }
        if (d == 1) {
            last = new double[dense.size()];
            rest.copy(0, last.length, last, 0);
        }
        cores[d - 1] = last;
        return new DoubleTrain(new TtShape(inputModes, outputModes, ranks), cores).toMatrix("tt svd");
    }

    private static double norm(Tensor dense) {
        double sum = 0;
        for (float value : dense.data()) {
            sum += (double) value * value;
        }
        if (!Double.isFinite(sum)) {
            throw new IllegalArgumentException("tt svd: the matrix has values that are not finite");
        }
        return StrictMath.sqrt(sum);
    }
}
