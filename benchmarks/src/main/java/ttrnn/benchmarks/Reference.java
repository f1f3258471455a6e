package ttrnn.benchmarks;

import ttrnn.tensor.Tensor;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;

/** Results in double precision by the plainest loops. */
final class Reference {
    private Reference() {}

    /** Element j of x W, the cores contracted from the left for this one column. */
    static double product(TtMatrix matrix, float[] x, int column) {
        TtShape shape = matrix.shape();
        int[] j = new int[shape.cores()];
        int rest = column;
        for (int k = shape.cores() - 1; k >= 0; k--) {
            j[k] = rest % shape.outputMode(k);
            rest /= shape.outputMode(k);
        }
        double[] z = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            z[i] = x[i];
        }
        int left = x.length;
        // z [i_0 … i_k, r_{k+1}] becomes [i_0 … i_{k-1}, r_k].
        for (int k = shape.cores() - 1; k >= 0; k--) {
            Tensor core = matrix.cores().get(k);
            int m = shape.inputMode(k);
            int n = shape.outputMode(k);
            int ranks = shape.rank(k);
            int next = shape.rank(k + 1);
            left /= m;
            double[] sums = new double[left * ranks];
            for (int i = 0; i < left; i++) {
                for (int r = 0; r < ranks; r++) {
                    double sum = 0;
                    for (int v = 0; v < m; v++) {
                        for (int s = 0; s < next; s++) {
                            sum += z[(i * m + v) * next + s] * core.data()[((r * m + v) * n + j[k]) * next + s];
                        }
                    }
                    sums[i * ranks + r] = sum;
                }
            }
            z = sums;
        }
        return z[0];
    }

    /** Element (i, j) of A B, row-major. */
    static double product(float[] a, float[] b, int depth, int columns, int i, int j) {
        double sum = 0;
        for (int k = 0; k < depth; k++) {
            sum += (double) a[i * depth + k] * b[k * columns + j];
        }
        return sum;
    }

    static float largest(float[] x) {
        float largest = 0;
        for (float v : x) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }
}
