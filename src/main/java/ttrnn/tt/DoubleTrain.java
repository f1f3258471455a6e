package ttrnn.tt;

import java.util.ArrayList;
import java.util.List;
import ttrnn.tensor.Tensor;

/**
 * A tensor train whose cores are in double precision, for the steps of an algorithm; floats again at its end.
 *
 * @param shape modes and ranks
 * @param cores core k of r_k m_k n_k r_{k+1} elements, row-major; not copied
 */
record DoubleTrain(TtShape shape, double[][] cores) {
    /** Checks that all elements are finite; {@code operation} is what a message begins with. */
    static DoubleTrain of(TtMatrix matrix, String operation) {
        double[][] cores = new double[matrix.cores().size()][];
        for (int k = 0; k < cores.length; k++) {
            float[] data = matrix.cores().get(k).data();
            cores[k] = new double[data.length];
            for (int i = 0; i < data.length; i++) {
                cores[k][i] = data[i];
                if (!Float.isFinite(data[i])) {
                    throw new IllegalArgumentException(
                            operation + ": core " + k + " of " + matrix.shape() + " has values that are not finite");
                }
            }
        }
        return new DoubleTrain(matrix.shape(), cores);
    }

    TtMatrix toMatrix(String operation) {
        List<Tensor> tensors = new ArrayList<>();
        for (int k = 0; k < cores.length; k++) {
            float[] data = new float[cores[k].length];
            for (int i = 0; i < data.length; i++) {
                data[i] = (float) cores[k][i];
                if (!Float.isFinite(data[i])) {
                    throw new ArithmeticException(
                            operation + ": core " + k + " of " + shape + " is too large for single precision");
                }
            }
            tensors.add(Tensor.of(data, shape.coreShape(k)));
        }
        return new TtMatrix(shape, tensors);
    }

    /** Core k as the matrix [(r_k m_k n_k), r_{k+1}]. */
    DoubleMatrix tall(int k) {
        return new DoubleMatrix(cores[k].length / shape.rank(k + 1), shape.rank(k + 1), cores[k]);
    }

    /** Core k as the matrix [r_k, (m_k n_k r_{k+1})]. */
    DoubleMatrix wide(int k) {
        return new DoubleMatrix(shape.rank(k), cores[k].length / shape.rank(k), cores[k]);
    }

    /** The same matrix with left-orthogonal cores 0 … d-2; ranks shrink where they are larger than possible. */
    DoubleTrain leftOrthogonal() {
        DoubleTrain train = this;
        for (int k = 0; k < cores.length - 1; k++) {
            LinearAlgebra.Qr qr = LinearAlgebra.qr(train.tall(k));
            train = train.with(
                    k, qr.q(), qr.r().times(train.wide(k + 1)), qr.r().rows());
        }
        return train;
    }

    /** The same matrix with right-orthogonal cores 1 … d-1; ranks shrink where they are larger than possible. */
    DoubleTrain rightOrthogonal() {
        DoubleTrain train = this;
        for (int k = cores.length - 1; k > 0; k--) {
            LinearAlgebra.Qr qr = LinearAlgebra.qr(train.wide(k).transpose());
            train = train.with(
                    k - 1,
                    train.tall(k - 1).times(qr.r().transpose()),
                    qr.q().transpose(),
                    qr.r().rows());
        }
        return train;
    }

    /** Oseledets 2011, algorithm 2: a sweep of QR from the right, then one of singular value decompositions from the left. */
    DoubleTrain round(TtTruncation truncation) {
        int[] limits = truncation.limits(shape.inputModes(), shape.outputModes());
        DoubleTrain train = rightOrthogonal();
        double budget = truncation.budget(length(train.cores[0]), cores.length);
        for (int k = 0; k < cores.length - 1; k++) {
            DoubleMatrix core = train.tall(k);
            LinearAlgebra.LeftSvd svd = LinearAlgebra.leftSvd(core);
            int rank = truncation.rank(svd.values(), budget, limits[k + 1]);
            DoubleMatrix basis = svd.vectors().firstColumns(rank);
            train = train.with(k, basis, basis.transpose().times(core).times(train.wide(k + 1)), rank);
        }
        return train;
    }

    /** Frobenius' norm of the represented matrix, without the cancellation that an inner product would have. */
    double norm() {
        return length(rightOrthogonal().cores[0]);
    }

    DoubleTrain scaled(double factor) {
        double[][] scaled = cores.clone();
        scaled[0] = scaled(cores[0], factor);
        return new DoubleTrain(shape, scaled);
    }

    /** The sum, whose inner ranks are those of both added up: cores side by side in the blocks of a diagonal. */
    DoubleTrain plus(DoubleTrain other) {
        int d = cores.length;
        int[] ranks = shape.ranks();
        for (int k = 1; k < d; k++) {
            ranks[k] = Math.addExact(ranks[k], other.shape.rank(k));
        }
        TtShape sum = new TtShape(shape.inputModes(), shape.outputModes(), ranks);
        double[][] result = new double[d][];
        for (int k = 0; k < d; k++) {
            result[k] = new double[sum.coreShape(k).size()];
            place(cores[k], shape, k, result[k], sum, 0, 0);
            place(
                    other.cores[k],
                    other.shape,
                    k,
                    result[k],
                    sum,
                    k == 0 ? 0 : shape.rank(k),
                    k == d - 1 ? 0 : shape.rank(k + 1));
        }
        return new DoubleTrain(sum, result);
    }

    private static void place(
            double[] core, TtShape shape, int k, double[] into, TtShape sum, int firstRow, int firstColumn) {
        int modes = shape.inputMode(k) * shape.outputMode(k);
        int columns = shape.rank(k + 1);
        for (int r = 0; r < shape.rank(k); r++) {
            for (int ij = 0; ij < modes; ij++) {
                int to = ((firstRow + r) * modes + ij) * sum.rank(k + 1) + firstColumn;
                for (int s = 0; s < columns; s++) {
                    // Added, since both trains of a single core share the one place.
                    into[to + s] += core[(r * modes + ij) * columns + s];
                }
            }
        }
    }

    /** Sum over all elements of the product of both matrices. */
    double inner(DoubleTrain other) {
        DoubleMatrix state = new DoubleMatrix(1, 1, new double[] {1});
        for (int k = 0; k < cores.length; k++) {
            // [r, r'] and [r', (m n s')] -> [(r m n), s'], then with [(r m n), s] -> [s, s']
            DoubleMatrix right = state.times(other.wide(k));
            right = new DoubleMatrix(
                    right.data().length / other.shape.rank(k + 1), other.shape.rank(k + 1), right.data());
            state = tall(k).transpose().times(right);
        }
        return state.data()[0];
    }

    /** Cores {@code from} … d-1 merged into one array [r_from, I, N]. */
    double[] tail(int from) {
        int d = cores.length;
        double[] tail = {1};
        for (int k = d - 1; k >= from; k--) {
            tail = prepend(k, tail, (int) shape.inputSize(k + 1, d), (int) shape.outputSize(k + 1, d));
        }
        return tail;
    }

    private double[] prepend(int k, double[] tail, int inputs, int outputs) {
        int m = shape.inputMode(k);
        int n = shape.outputMode(k);
        int rank = shape.rank(k + 1);
        double[] merged = new double
                [Math.multiplyExact(Math.multiplyExact(shape.rank(k) * m, inputs), Math.multiplyExact(n, outputs))];
        for (int rij = 0; rij < shape.rank(k) * m * n; rij++) {
            int ri = rij / n;
            int j = rij % n;
            for (int s = 0; s < rank; s++) {
                double factor = cores[k][rij * rank + s];
                for (int i = 0; i < inputs; i++) {
                    int from = (s * inputs + i) * outputs;
                    int to = ((ri * inputs + i) * n + j) * outputs;
                    for (int w = 0; w < outputs; w++) {
                        merged[to + w] += factor * tail[from + w];
                    }
                }
            }
        }
        return merged;
    }

    /** The train with other cores k and k + 1, joined by a rank. */
    private DoubleTrain with(int k, DoubleMatrix core, DoubleMatrix next, int rank) {
        int[] ranks = shape.ranks();
        ranks[k + 1] = rank;
        double[][] changed = cores.clone();
        changed[k] = core.data();
        changed[k + 1] = next.data();
        return new DoubleTrain(new TtShape(shape.inputModes(), shape.outputModes(), ranks), changed);
    }

    static double[] scaled(double[] values, double factor) {
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = factor * values[i];
        }
        return result;
    }

    /** Root of the sum of squares. */
    static double length(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return StrictMath.sqrt(sum);
    }
}
