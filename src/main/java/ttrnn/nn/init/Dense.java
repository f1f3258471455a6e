package ttrnn.nn.init;

import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;

/** How ordinary matrices start. */
public final class Dense {
    private Dense() {}

    /** Uniform within sqrt(6 / (in + out)) (Glorot and Bengio 2010), shape [in, out]. */
    public static Tensor glorotUniform(int in, int out, Rng rng) {
        Tensor matrix = Tensor.zeros(in, out);
        fillUniform(matrix, StrictMath.sqrt(6.0 / ((double) in + out)), rng);
        return matrix;
    }

    /** Independent values, uniform within {@code limit}. */
    static void fillUniform(Tensor target, double limit, Rng rng) {
        float[] data = target.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) ((2 * rng.nextDouble() - 1) * limit);
        }
    }

    /** Independent normal values. */
    static void fillNormal(Tensor target, double deviation, Rng rng) {
        float[] data = target.data();
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (rng.nextGaussian() * deviation);
        }
    }

    /**
     * Gates side by side, shape [in, gates hidden], each of them [in, hidden] with orthonormal columns, or rows where it has
     * fewer; gate g is drawn from {@code rng.split("gate").split(g)}.
     */
    static Tensor orthogonalGates(int in, int hidden, int gates, Rng rng) {
        Tensor all = Tensor.zeros(in, gates * hidden);
        for (int g = 0; g < gates; g++) {
            Tensor gate = orthogonalColumns(in, hidden, rng.split("gate").split(g));
            for (int i = 0; i < in; i++) {
                System.arraycopy(gate.data(), i * hidden, all.data(), (i * gates + g) * hidden, hidden);
            }
        }
        return all;
    }

    /** Orthonormal columns, shape [rows, columns]; orthonormal rows where there are fewer of them. */
    static Tensor orthogonalColumns(int rows, int columns, Rng rng) {
        if (rows < columns) {
            return orthogonal(rows, columns, rng);
        }
        float[] transposed = orthogonal(columns, rows, rng).data();
        Tensor matrix = Tensor.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.data()[i * columns + j] = transposed[j * rows + i];
            }
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
