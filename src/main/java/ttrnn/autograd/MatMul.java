package ttrnn.autograd;

import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Shape;

/** Products of matrices. */
public final class MatMul {
    private MatMul() {}

    /**
     * Matrix product: y = a b. Shapes [m, k] and [k, n], result [m, n]. Gradient: da += dy b^T, db += a^T dy; keeps a and
     * b.
     */
    public static Variable matmul(Variable a, Variable b) {
        checkMatrices("matmul", a, b);
        int m = a.shape().dimension(0);
        int k = a.shape().dimension(1);
        int n = b.shape().dimension(1);
        FloatKernels kernels = Kernels.get();
        float[] y = new float[Shape.of(m, n).size()];
        kernels.gemm(m, n, k, a.data(), 0, k, 1, b.data(), 0, n, y, 0, n, false);
        return a.tape()
                .record(
                        "matmul",
                        Shape.of(m, n),
                        y,
                        dy -> {
                            if (a.needsGradient()) {
                                float[] da = new float[m * k];
                                float[] bTransposed = transposed(b.data(), k, n);
                                kernels.gemm(m, k, n, dy, 0, n, 1, bTransposed, 0, k, da, 0, k, false);
                                a.accumulate(da);
                            }
                            if (b.needsGradient()) {
                                float[] db = new float[k * n];
                                kernels.gemm(k, n, m, a.data(), 0, 1, k, dy, 0, n, db, 0, n, false);
                                b.accumulate(db);
                            }
                        },
                        a,
                        b);
    }

    /**
     * Affine map of each row: y = x w + bias. Shapes x [rows, in], w [in, out], bias [out], result [rows, out]. Gradient:
     * dx += dy w^T; dw and dbias are sums over the rows in their order, each row's part rounded before it is added, so
     * that a batch gives the bits of its rows' gradients added one by one. Keeps x and w.
     */
    public static Variable affine(Variable x, Variable w, Variable bias) {
        checkMatrices("affine", x, w);
        int rows = x.shape().dimension(0);
        int in = x.shape().dimension(1);
        int out = w.shape().dimension(1);
        if (!bias.shape().equals(Shape.of(out))) {
            throw new IllegalArgumentException(
                    "affine: bias must be [" + out + "] for weights " + w.shape() + ", got " + bias.shape());
        }
        FloatKernels kernels = Kernels.get();
        float[] y = new float[Shape.of(rows, out).size()];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(bias.data(), 0, y, i * out, out);
        }
        kernels.gemm(rows, out, in, x.data(), 0, in, 1, w.data(), 0, out, y, 0, out, true);
        return x.tape()
                .record(
                        "affine",
                        Shape.of(rows, out),
                        y,
                        dy -> {
                            if (x.needsGradient()) {
                                float[] dx = new float[rows * in];
                                float[] wTransposed = transposed(w.data(), in, out);
                                kernels.gemm(rows, in, out, dy, 0, out, 1, wTransposed, 0, in, dx, 0, in, false);
                                x.accumulate(dx);
                            }
                            float[] dw = new float[in * out];
                            float[] dbias = new float[out];
                            for (int i = 0; i < rows; i++) {
                                addOuter(in, out, x.data(), i * in, dy, i * out, dw);
                                kernels.add(out, dy, i * out, dbias, 0);
                            }
                            w.accumulate(dw);
                            bias.accumulate(dbias);
                        },
                        x,
                        w,
                        bias);
    }

    private static void addOuter(int n, int m, float[] a, int aOffset, float[] b, int bOffset, float[] c) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                c[i * m + j] += a[aOffset + i] * b[bOffset + j];
            }
        }
    }

    private static float[] transposed(float[] x, int rows, int columns) {
        float[] y = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                y[j * rows + i] = x[i * columns + j];
            }
        }
        return y;
    }

    private static void checkMatrices(String operation, Variable a, Variable b) {
        if (a.shape().rank() != 2 || b.shape().rank() != 2) {
            throw new IllegalArgumentException(
                    operation + ": two matrices are needed, left " + a.shape() + " right " + b.shape());
        }
        if (a.shape().dimension(1) != b.shape().dimension(0)) {
            throw new IllegalArgumentException(
                    operation + ": inner sizes differ, left " + a.shape() + " right " + b.shape());
        }
    }
}
