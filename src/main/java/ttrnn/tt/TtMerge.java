package ttrnn.tt;

import java.util.Arrays;
import java.util.List;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Buffers;

/**
 * Cores k, k+1, … d-1 merged into one array Q_k[r_k, I, N], where I = (i_k … i_{d-1}) and N = (j_k … j_{d-1}), and the
 * gradient of that. These arrays are small and built once a step, so plain loops do; the gradient is taken once a sequence,
 * by matrix products.
 */
final class TtMerge {
    /** Columns of the products are padded to whole vectors of 16. */
    private static final int LANES = 16;

    private TtMerge() {}

    /** Q_from of shape [r_from, I, N]; for {@code from} = 0 the represented matrix. */
    static float[] matrix(TtShape shape, List<float[]> cores, int from) {
        return tails(shape, cores, from)[0];
    }

    /** Q_from, Q_{from+1}, …, Q_{d-1}. */
    static float[][] tails(TtShape shape, List<float[]> cores, int from) {
        int d = shape.cores();
        float[][] tails = new float[d - from][];
        tails[d - 1 - from] = cores.get(d - 1);
        for (int k = d - 2; k >= from; k--) {
            tails[k - from] = prepend(shape, k, cores.get(k), tails[k + 1 - from]);
        }
        return tails;
    }

    /** Q_k[r, (i I'), (j N')] = sum over s of G_k[r, i, j, s] Q_{k+1}[s, I', N'], s in order. */
    private static float[] prepend(TtShape shape, int k, float[] core, float[] tail) {
        int m = shape.inputMode(k);
        int n = shape.outputMode(k);
        int rank = shape.rank(k + 1);
        int rows = (int) shape.inputSize(k + 1, shape.cores());
        int width = (int) shape.outputSize(k + 1, shape.cores());
        float[] merged = new float
                [Math.multiplyExact(Math.multiplyExact(shape.rank(k) * m, rows), Math.multiplyExact(n, width))];
        for (int r = 0; r < shape.rank(k); r++) {
            for (int i = 0; i < m; i++) {
                for (int row = 0; row < rows; row++) {
                    for (int j = 0; j < n; j++) {
                        int to = (((r * m + i) * rows + row) * n + j) * width;
                        for (int s = 0; s < rank; s++) {
                            float g = core[((r * m + i) * n + j) * rank + s];
                            int tailAt = (s * rows + row) * width;
                            for (int w = 0; w < width; w++) {
                                merged[to + w] = Math.fma(g, tail[tailAt + w], merged[to + w]);
                            }
                        }
                    }
                }
            }
        }
        return merged;
    }

    /**
     * Gradients of cores {@code from} … d-1.
     *
     * @param gradient dL/dQ_from, of the shape of Q_from
     * @param into core gradients to write, index 0 for core {@code from}; their content is replaced
     */
    static void backward(
            TtShape shape,
            List<float[]> cores,
            float[][] tails,
            int from,
            float[] gradient,
            float[][] into,
            Buffers buffers) {
        int d = shape.cores();
        float[] dTail = gradient;
        for (int k = from; k < d - 1; k++) {
            float[] next = split(shape, k, cores.get(k), tails[k + 1 - from], dTail, into[k - from], buffers);
            if (dTail != gradient) {
                buffers.give(dTail);
            }
            dTail = next;
        }
        System.arraycopy(dTail, 0, into[d - 1 - from], 0, dTail.length);
        if (dTail != gradient) {
            buffers.give(dTail);
        }
    }

    /**
     * Gradient of {@link #prepend}: writes that of the core and returns that of the tail, to be given back. Both are products with dMerged as
     * a matrix [(r i j), (I' N')], the core's [(r i j), s] and the tail's [s, (I' N')].
     */
    private static float[] split(
            TtShape shape, int k, float[] core, float[] tail, float[] dMerged, float[] dCore, Buffers buffers) {
        int n = shape.outputMode(k);
        int rank = shape.rank(k + 1);
        int rows = (int) shape.inputSize(k + 1, shape.cores());
        int width = (int) shape.outputSize(k + 1, shape.cores());
        int outer = core.length / rank;
        int inner = rows * width;
        FloatKernels kernels = Kernels.get();
        float[] turned = buffers.take(outer * inner);
        for (int ri = 0; ri < outer / n; ri++) {
            for (int row = 0; row < rows; row++) {
                int from = (ri * rows + row) * n * width;
                for (int j = 0; j < n; j++) {
                    int to = ((ri * n + j) * rows + row) * width;
                    for (int w = 0; w < width; w++) {
                        turned[to + w] = dMerged[from + j * width + w];
                    }
                }
            }
        }
        int padded = (rank + LANES - 1) / LANES * LANES;
        float[] tailTurned = buffers.take(inner * padded);
        Arrays.fill(tailTurned, 0);
        for (int s = 0; s < rank; s++) {
            for (int p = 0; p < inner; p++) {
                tailTurned[p * padded + s] = tail[s * inner + p];
            }
        }
        float[] products = buffers.take(outer * padded);
        kernels.gemm(outer, padded, inner, turned, 0, inner, 1, tailTurned, 0, padded, products, 0, padded, false);
        for (int o = 0; o < outer; o++) {
            System.arraycopy(products, o * padded, dCore, o * rank, rank);
        }
        float[] dTail = buffers.take(tail.length);
        kernels.gemm(rank, inner, outer, core, 0, 1, rank, turned, 0, inner, dTail, 0, inner, false);
        buffers.give(turned);
        buffers.give(tailTurned);
        buffers.give(products);
        return dTail;
    }
}
