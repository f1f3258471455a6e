package ttrnn.nn.init;

import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;

/** How ordinary matrices start. */
public final class Dense {
    private Dense() {}

    /** Uniform within sqrt(6 / (in + out)) (Glorot and Bengio 2010), shape [in, out]. */
    public static Tensor glorotUniform(int in, int out, Rng rng) {
        double limit = StrictMath.sqrt(6.0 / ((double) in + out));
        Tensor matrix = Tensor.zeros(in, out);
        for (int i = 0; i < matrix.size(); i++) {
            matrix.data()[i] = (float) ((2 * rng.nextDouble() - 1) * limit);
        }
        return matrix;
    }

    /**
     * Orthonormal rows, shape [rows, columns] with rows at most columns: Gram and Schmidt's process, twice for accuracy, on
     * normal vectors (Saxe et al. 2014). For recurrent weights of several gates this is Keras' orthogonal initialiser.
     */
    public static Tensor orthogonal(int rows, int columns, Rng rng) {
        if (rows > columns) {
            throw new IllegalArgumentException(
                    "orthogonal: at most as many rows as columns, got [" + rows + ", " + columns + "]");
        }
        double[][] basis = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            double[] v = basis[i];
            for (int j = 0; j < columns; j++) {
                v[j] = rng.nextGaussian();
            }
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < i; k++) {
                    addScaled(-dot(v, basis[k]), basis[k], v);
                }
            }
            double norm = StrictMath.sqrt(dot(v, v));
            for (int j = 0; j < columns; j++) {
                v[j] /= norm;
            }
        }
        Tensor matrix = Tensor.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.data()[i * columns + j] = (float) basis[i][j];
            }
        }
        return matrix;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    private static void addScaled(double factor, double[] x, double[] y) {
        for (int j = 0; j < x.length; j++) {
            y[j] += factor * x[j];
        }
    }
}
