package ttrnn.tt;

import java.util.Arrays;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/**
 * Sums, norms, orthogonal forms and rounding of tensor-train matrices, without building the matrices. Computed in double
 * precision; what comes back has cores of floats, hence errors of about 1e-7.
 *
 * <p>Oseledets, "Tensor-Train Decomposition", 2011, sections 3 and 4.
 *
 * <p>Example, the difference between a train and a shorter one:
 *
 * <pre>{@code
 * TtMatrix shorter = TtAlgebra.round(matrix, TtTruncation.tolerance(1e-2));
 * double error = TtAlgebra.relativeError(matrix, shorter);
 * }</pre>
 */
public final class TtAlgebra {
    /** Rows of the dense matrix that are compared at a time. */
    private static final int ROWS = 64;

    private TtAlgebra() {}

    /** a + b; each inner rank is the sum of both. */
    public static TtMatrix add(TtMatrix a, TtMatrix b) {
        sameModes("tt add", a, b);
        return DoubleTrain.of(a, "tt add").plus(DoubleTrain.of(b, "tt add")).toMatrix("tt add");
    }

    /** factor * a; the first core is multiplied. */
    public static TtMatrix scale(TtMatrix a, double factor) {
        if (!Double.isFinite(factor)) {
            throw new IllegalArgumentException("tt scale: the factor must be finite, got " + factor);
        }
        return DoubleTrain.of(a, "tt scale").scaled(factor).toMatrix("tt scale");
    }

    /** Sum over all elements of a times b. */
    public static double inner(TtMatrix a, TtMatrix b) {
        sameModes("tt inner product", a, b);
        return DoubleTrain.of(a, "tt inner product").inner(DoubleTrain.of(b, "tt inner product"));
    }

    /** Frobenius' norm: the root of the sum of all squared elements. */
    public static double norm(TtMatrix a) {
        return DoubleTrain.of(a, "tt norm").norm();
    }

    /** ||reference - other|| / ||reference||; 0 if both are zero, infinite if only the reference is. */
    public static double relativeError(TtMatrix reference, TtMatrix other) {
        sameModes("tt relative error", reference, other);
        DoubleTrain train = DoubleTrain.of(reference, "tt relative error");
        DoubleTrain negative = DoubleTrain.of(other, "tt relative error").scaled(-1);
        return ratio(train.plus(negative).norm(), train.norm());
    }

    /**
     * ||reference - other|| / ||reference|| for a dense reference [inputSize, outputSize], which is compared row by row:
     * memory is that of the train without its first core as a matrix, 8 r_1 I N bytes.
     */
    public static double relativeError(Tensor reference, TtMatrix other) {
        TtShape shape = other.shape();
        Shape expected = Shape.of(shape.inputSize(), shape.outputSize());
        if (!reference.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    "tt relative error: " + shape + " is a matrix " + expected + ", the other is " + reference.shape());
        }
        DoubleTrain train = DoubleTrain.of(other, "tt relative error");
        double[] tail = train.tail(1);
        int pieces = (shape.inputSize() + ROWS - 1) / ROWS;
        double[] differences = new double[pieces];
        double[] squares = new double[pieces];
        Parallel.forEach(pieces, p -> {
            double[] row = new double[shape.outputSize()];
            for (int i = p * ROWS; i < Math.min(shape.inputSize(), (p + 1) * ROWS); i++) {
                denseRow(train, tail, i, row);
                for (int j = 0; j < row.length; j++) {
                    double value = reference.data()[i * row.length + j];
                    differences[p] += (value - row[j]) * (value - row[j]);
                    squares[p] += value * value;
                }
            }
        });
        return ratio(StrictMath.sqrt(sum(differences)), StrictMath.sqrt(sum(squares)));
    }

    /** Row i = (i_0 I') of the matrix from core 0, [m_0, n_0, r_1], and the others merged, [r_1, I', N']. */
    private static void denseRow(DoubleTrain train, double[] tail, int i, double[] row) {
        TtShape shape = train.shape();
        int inputs = (int) shape.inputSize(1, shape.cores());
        int outputs = (int) shape.outputSize(1, shape.cores());
        int n = shape.outputMode(0);
        int rank = shape.rank(1);
        Arrays.fill(row, 0);
        for (int j = 0; j < n; j++) {
            for (int s = 0; s < rank; s++) {
                double factor = train.cores()[0][(i / inputs * n + j) * rank + s];
                int from = (s * inputs + i % inputs) * outputs;
                for (int w = 0; w < outputs; w++) {
                    row[j * outputs + w] += factor * tail[from + w];
                }
            }
        }
    }

    /**
     * The same matrix with left-orthogonal cores 0 … d-2: core k as a matrix [(r_k m_k n_k), r_{k+1}] has orthonormal
     * columns, and the last core has the norm of the whole. Ranks shrink where they are larger than possible.
     */
    public static TtMatrix leftOrthogonal(TtMatrix a) {
        return DoubleTrain.of(a, "tt left-orthogonal").leftOrthogonal().toMatrix("tt left-orthogonal");
    }

    /**
     * The same matrix with right-orthogonal cores 1 … d-1: core k as a matrix [r_k, (m_k n_k r_{k+1})] has orthonormal
     * rows, and the first core has the norm of the whole. Ranks shrink where they are larger than possible.
     */
    public static TtMatrix rightOrthogonal(TtMatrix a) {
        return DoubleTrain.of(a, "tt right-orthogonal").rightOrthogonal().toMatrix("tt right-orthogonal");
    }

    /** The train of lower ranks nearest to {@code a}, up to the factor sqrt(d - 1) (Oseledets 2011, algorithm 2). */
    public static TtMatrix round(TtMatrix a, TtTruncation truncation) {
        return DoubleTrain.of(a, "tt round").round(truncation).toMatrix("tt round");
    }

    /** The same matrix with cores of equal norms, so that steps of training move them alike. A zero stays as it is. */
    public static TtMatrix balanced(TtMatrix a) {
        DoubleTrain train = DoubleTrain.of(a, "tt balanced");
        int d = train.cores().length;
        double logarithm = 0;
        double[] norms = new double[d];
        for (int k = 0; k < d; k++) {
            norms[k] = DoubleTrain.length(train.cores()[k]);
            if (norms[k] == 0) {
                return a;
            }
            logarithm += StrictMath.log(norms[k]) / d;
        }
        double common = StrictMath.exp(logarithm);
        double[][] cores = new double[d][];
        for (int k = 0; k < d; k++) {
            cores[k] = DoubleTrain.scaled(train.cores()[k], common / norms[k]);
        }
        return new DoubleTrain(train.shape(), cores).toMatrix("tt balanced");
    }

    /**
     * A multiple of {@code a} whose elements have this mean square, so for elements of mean 0 this variance; every core is
     * multiplied by the same number.
     */
    public static TtMatrix withElementVariance(TtMatrix a, double variance) {
        DoubleTrain train = DoubleTrain.of(a, "tt element variance");
        double norm = train.norm();
        if (!(variance > 0 && Double.isFinite(variance) && norm > 0)) {
            throw new IllegalArgumentException(
                    "tt element variance: a matrix that is not zero and a positive variance are" + " needed, got norm "
                            + norm + ", variance " + variance);
        }
        int d = train.cores().length;
        double wanted = StrictMath.sqrt(variance * a.shape().inputSize())
                * StrictMath.sqrt(a.shape().outputSize());
        double factor = StrictMath.pow(wanted / norm, 1.0 / d);
        double[][] cores = new double[d][];
        for (int k = 0; k < d; k++) {
            cores[k] = DoubleTrain.scaled(train.cores()[k], factor);
        }
        return new DoubleTrain(a.shape(), cores).toMatrix("tt element variance");
    }

    private static void sameModes(String operation, TtMatrix a, TtMatrix b) {
        if (!Arrays.equals(a.shape().inputModes(), b.shape().inputModes())
                || !Arrays.equals(a.shape().outputModes(), b.shape().outputModes())) {
            throw new IllegalArgumentException(
                    operation + ": modes differ, left " + a.shape() + "; right " + b.shape());
        }
    }

    private static double ratio(double difference, double norm) {
        return difference == 0 ? 0 : difference / norm;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
