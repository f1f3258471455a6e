package ttrnn.autograd;

import java.util.Arrays;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.Shape;

/**
 * The three products of a matrix product and its gradients, for each of {@code batch} pairs of matrices: y [m, n] = a' b',
 * where a' [m, k] is a or its transpose, and b' [k, n] is b or its transpose.
 *
 * <p>The kernel reads its left operand either way; its right operand and its result are row-major, so a right operand that
 * is needed transposed is copied. Sums run over their index in order, in chains of fused multiply-adds.
 */
record Product(int batch, int m, int k, int n, boolean transposeA, boolean transposeB) {
    static Product of(Variable a, Variable b, boolean transposeA, boolean transposeB) {
        int[] left = a.shape().dimensions();
        int[] right = b.shape().dimensions();
        String shapes = "left " + named(a.shape(), transposeA) + " right " + named(b.shape(), transposeB);
        if (left.length < 2 || right.length < 2) {
            throw new IllegalArgumentException("matmul: two matrices are needed, " + shapes);
        }
        int[] leading = Arrays.copyOf(left, left.length - 2);
        if (!Arrays.equals(leading, Arrays.copyOf(right, right.length - 2))) {
            throw new IllegalArgumentException("matmul: leading axes differ, " + shapes);
        }
        int m = a.shape().dimension(transposeA ? -1 : -2);
        int k = a.shape().dimension(transposeA ? -2 : -1);
        int n = b.shape().dimension(transposeB ? -2 : -1);
        if (k != b.shape().dimension(transposeB ? -1 : -2)) {
            throw new IllegalArgumentException("matmul: inner sizes differ, " + shapes);
        }
        return new Product(new Shape(leading).size(), m, k, n, transposeA, transposeB);
    }

    private static String named(Shape shape, boolean transposed) {
        return shape + (transposed ? " transposed" : "");
    }

    /** Shape of the result. */
    Shape shape(Shape a) {
        int[] dimensions = a.dimensions();
        dimensions[dimensions.length - 2] = m;
        dimensions[dimensions.length - 1] = n;
        return new Shape(dimensions);
    }

    /** y = a' b'. */
    float[] multiply(float[] a, float[] b, int size) {
        FloatKernels kernels = Kernels.get();
        float[] y = new float[size];
        Parallel.forEach(batch, i -> {
            // [m, k] [k, n] -> [m, n]
            float[] right = transposeB ? transposed(b, i * n * k, n, k) : b;
            int from = transposeB ? 0 : i * k * n;
            kernels.gemm(m, n, k, a, i * m * k, aRow(), aColumn(), right, from, n, y, i * m * n, n, false);
        });
        return y;
    }

    /** Gradient of a: dy b'^T, or b' dy^T if a is transposed. */
    float[] leftGradient(float[] dy, float[] b, int size) {
        FloatKernels kernels = Kernels.get();
        float[] da = new float[size];
        Parallel.forEach(batch, i -> {
            int at = i * m * k;
            if (transposeA) {
                // [k, n] [n, m] -> [k, m]
                int row = transposeB ? 1 : n;
                int column = transposeB ? k : 1;
                float[] right = transposed(dy, i * m * n, m, n);
                kernels.gemm(k, m, n, b, i * k * n, row, column, right, 0, m, da, at, m, false);
            } else {
                // [m, n] [n, k] -> [m, k]
                float[] right = transposeB ? b : transposed(b, i * k * n, k, n);
                int from = transposeB ? i * n * k : 0;
                kernels.gemm(m, k, n, dy, i * m * n, n, 1, right, from, k, da, at, k, false);
            }
        });
        return da;
    }

    /** Gradient of b: a'^T dy, or dy^T a' if b is transposed. */
    float[] rightGradient(float[] dy, float[] a, int size) {
        FloatKernels kernels = Kernels.get();
        float[] db = new float[size];
        Parallel.forEach(batch, i -> {
            int at = i * k * n;
            if (transposeB) {
                // [n, m] [m, k] -> [n, k]
                float[] right = transposeA ? transposed(a, i * m * k, k, m) : a;
                int from = transposeA ? 0 : i * m * k;
                kernels.gemm(n, k, m, dy, i * m * n, 1, n, right, from, k, db, at, k, false);
            } else {
                // [k, m] [m, n] -> [k, n]
                kernels.gemm(k, n, m, a, i * m * k, aColumn(), aRow(), dy, i * m * n, n, db, at, n, false);
            }
        });
        return db;
    }

    private int aRow() {
        return transposeA ? 1 : k;
    }

    private int aColumn() {
        return transposeA ? m : 1;
    }

    /** The transpose, [columns, rows], of the row-major matrix that starts at {@code offset}. */
    static float[] transposed(float[] x, int offset, int rows, int columns) {
        float[] y = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                y[j * rows + i] = x[offset + i * columns + j];
            }
        }
        return y;
    }
}
