package ttrnn.autograd;

import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Shape;

/** Products of matrices. */
public final class MatMul {
    private MatMul() {}

    /**
     * Matrix product: y = a b. Shapes [m, k] and [k, n], result [m, n]; or [..., m, k] and [..., k, n], result [..., m, n],
     * one product for each index of the leading axes. Gradient: da += dy b^T, db += a^T dy; keeps a and b.
     */
    public static Variable matmul(Variable a, Variable b) {
        return matmul(a, b, false, false);
    }

    /**
     * Matrix product of a or its transpose with b or its transpose, as in {@link #matmul(Variable, Variable)}. Shapes [...,
     * m, k], or [..., k, m] if a is transposed, and [..., k, n], or [..., n, k] if b is. Gradient: that of the product,
     * transposed where the operand is; keeps a and b.
     */
    public static Variable matmul(Variable a, Variable b, boolean transposeA, boolean transposeB) {
        Product product = Product.of(a, b, transposeA, transposeB);
        Shape shape = product.shape(a.shape());
        return a.tape()
                .record(
                        "matmul",
                        shape,
                        product.multiply(a.data(), b.data(), shape.size()),
                        dy -> {
                            if (a.needsGradient()) {
                                a.accumulate(product.leftGradient(dy, b.data(), a.data().length));
                            }
                            if (b.needsGradient()) {
                                b.accumulate(product.rightGradient(dy, a.data(), b.data().length));
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
        checkMatrices(x, w);
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
                                float[] wTransposed = Product.transposed(w.data(), 0, in, out);
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

    private static void checkMatrices(Variable a, Variable b) {
        if (a.shape().rank() != 2 || b.shape().rank() != 2) {
            throw new IllegalArgumentException(
                    "affine: two matrices are needed, left " + a.shape() + " right " + b.shape());
        }
        if (a.shape().dimension(1) != b.shape().dimension(0)) {
            throw new IllegalArgumentException("affine: inner sizes differ, left " + a.shape() + " right " + b.shape());
        }
    }
}
