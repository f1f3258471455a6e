package ttrnn.tt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;

/** Random trains and matrices for the tests of this package. */
final class Trains {
    private Trains() {}

    /** One to six cores, odd modes, modes of 1, ranks as large as possible. */
    static Stream<TtShape> shapes() {
        return Stream.of(
                new TtShape(new int[] {7}, new int[] {5}, new int[] {1, 1}),
                TtShape.of(new int[] {4, 5}, new int[] {3, 2}, 3),
                TtShape.of(new int[] {3, 9}, new int[] {1, 1}, 3),
                TtShape.of(new int[] {5, 1, 3}, new int[] {3, 7, 1}, 4, 3),
                TtShape.of(new int[] {2, 3, 4, 3}, new int[] {6, 2, 2, 2}, 5, 7, 4),
                TtShape.of(new int[] {2, 3, 2, 3, 2}, new int[] {2, 1, 3, 2, 2}, 3),
                TtShape.of(new int[] {2, 1, 2, 3, 2, 3}, new int[] {1, 2, 1, 2, 1, 1}, 2, 3, 4, 6, 3));
    }

    static TtMatrix random(TtShape shape, long seed) {
        List<Tensor> cores = new ArrayList<>();
        for (int k = 0; k < shape.cores(); k++) {
            cores.add(Tensors.normal(seed + k, 0.7, shape.coreShape(k).dimensions()));
        }
        return new TtMatrix(shape, cores);
    }

    static double[] dense(TtMatrix matrix) {
        return DoubleTrain.of(matrix, "test").tail(0);
    }

    static DoubleMatrix normal(int rows, int columns, long seed) {
        Rng rng = new Rng(seed);
        DoubleMatrix matrix = DoubleMatrix.zeros(rows, columns);
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] = rng.nextGaussian();
        }
        return matrix;
    }

    /** The rows (i_0 … i_{k-1}, j_0 … j_{k-1}) and columns (i_k …, j_k …) of a matrix, for {@code k} modes on the left. */
    static DoubleMatrix unfolding(double[] dense, TtShape shape, int k) {
        int d = shape.cores();
        int m = (int) shape.inputSize(0, k);
        int n = (int) shape.outputSize(0, k);
        int inputs = (int) shape.inputSize(k, d);
        int outputs = (int) shape.outputSize(k, d);
        DoubleMatrix result = DoubleMatrix.zeros(m * n, inputs * outputs);
        for (int row = 0; row < m * inputs; row++) {
            for (int column = 0; column < n * outputs; column++) {
                int to = (row / inputs * n + column / outputs) * inputs * outputs
                        + row % inputs * outputs
                        + column % outputs;
                result.data()[to] = dense[row * n * outputs + column];
            }
        }
        return result;
    }

    /** The inverse of {@link #unfolding} for two cores. */
    static Tensor folded(DoubleMatrix unfolding, TtShape shape) {
        int n = shape.outputMode(0);
        int inputs = shape.inputMode(1);
        int outputs = shape.outputMode(1);
        Tensor dense = Tensor.zeros(shape.inputSize(), shape.outputSize());
        for (int row = 0; row < shape.inputSize(); row++) {
            for (int column = 0; column < shape.outputSize(); column++) {
                int from = (row / inputs * n + column / outputs) * inputs * outputs
                        + row % inputs * outputs
                        + column % outputs;
                dense.data()[row * shape.outputSize() + column] =
                        (float) unfolding.data()[from];
            }
        }
        return dense;
    }

    /** Root of the sum of squares from an index on. */
    static double dropped(double[] values, int from) {
        double sum = 0;
        for (int k = from; k < values.length; k++) {
            sum += values[k] * values[k];
        }
        return StrictMath.sqrt(sum);
    }
}
