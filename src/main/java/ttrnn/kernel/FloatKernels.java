package ttrnn.kernel;

/**
 * Loops over arrays and offsets that everything else is made of. Every implementation gives the same bits: each output
 * is computed by the stated formula in the stated order, whatever the vector width.
 *
 * <p>Arguments are not checked beyond the JVM's own bounds. Unless a method says otherwise, outputs must not overlap
 * inputs, except that an elementwise method may work in place.
 */
public interface FloatKernels {
    /** Number of partial sums in {@link #sum} and {@link #dot}: element i goes to partial sum i mod 16. */
    int SUM_LANES = 16;

    /** For example {@code scalar} or {@code vector-512}. */
    String name();

    /** Columns of b that {@link #gemm} is best given at a time, in an array of their own; without effect on bits. */
    int panel();

    /**
     * Matrix product c = a b, or c += a b if {@code add}. Each element is one chain of fused multiply-adds over the depth
     * p = 0, 1, …, starting from 0 or from the element itself, so that splitting rows, columns or the depth over
     * several calls changes no bit.
     *
     * @param rows rows of a and c
     * @param columns columns of b and c
     * @param depth columns of a, rows of b
     * @param aRow distance in {@code a} from a row to the next
     * @param aColumn distance in {@code a} from a column to the next: 1 for a matrix as it stands, or its row length to
     *     read it transposed (then {@code aRow} is 1)
     * @param bRow distance in {@code b} from a row to the next; its columns are contiguous
     * @param cRow distance in {@code c} from a row to the next; its columns are contiguous
     */
    void gemm(
            int rows,
            int columns,
            int depth,
            float[] a,
            int aOffset,
            int aRow,
            int aColumn,
            float[] b,
            int bOffset,
            int bRow,
            float[] c,
            int cOffset,
            int cRow,
            boolean add);

    /** y[i] = (x[i] - shift) * scale, with x[i] an unsigned byte. */
    void bytesToFloats(int n, byte[] x, int xOffset, float shift, float scale, float[] y, int yOffset);

    /** y[i * yRow + j] = (x[i * xRow + j] - shift) * scale, with x an unsigned byte. */
    void bytesToRows(
            int rows,
            int columns,
            byte[] x,
            int xOffset,
            int xRow,
            float shift,
            float scale,
            float[] y,
            int yOffset,
            int yRow);

    /** The transpose: y[j * yRow + i] = (x[i * xRow + j] - shift) * scale, with x an unsigned byte. */
    void bytesToColumns(
            int rows,
            int columns,
            byte[] x,
            int xOffset,
            int xRow,
            float shift,
            float scale,
            float[] y,
            int yOffset,
            int yRow);

    /** y[i] = e^x[i], within 2 ulp; 0 below -103.97, infinity above 88.72. */
    void exp(int n, float[] x, int xOffset, float[] y, int yOffset);

    /** y[i] = 1 / (1 + e^-x[i]), within 3 ulp; 0 below -88.72, where e^-x[i] is infinite. */
    void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset);

    /** y[i] = min(max(fma(x[i], 0.2, 0.5), 0), 1), Keras' hard sigmoid. */
    void hardSigmoid(int n, float[] x, int xOffset, float[] y, int yOffset);

    /** y[i] = tanh x[i] = q / (q + 2) with q = e^(2 x[i]) - 1, within 3 ulp down to the subnormals; -0 gives 0. */
    void tanh(int n, float[] x, int xOffset, float[] y, int yOffset);

    /** y[i] += x[i]. */
    void add(int n, float[] x, int xOffset, float[] y, int yOffset);

    /** y[i] = fma(alpha, x[i], y[i]). */
    void addScaled(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset);

    /**
     * Sum of x in a fixed order: 16 partial sums (see {@link #SUM_LANES}), then halves added to halves, 8, 4, 2, 1.
     */
    float sum(int n, float[] x, int xOffset);

    /** Sum of x[i] * y[i], each partial sum of {@link #sum} being a chain of fused multiply-adds. */
    float dot(int n, float[] x, int xOffset, float[] y, int yOffset);

    /**
     * One step of Adam with the bias corrections folded into {@code rate} (Kingma and Ba 2015, the remark after
     * algorithm 1): m = b1 m + (1-b1) g, v = b2 v + (1-b2) g g, w = w - rate * m / (sqrt(v) + epsilon).
     */
    void adam(int n, float[] g, float rate, float beta1, float beta2, float epsilon, float[] m, float[] v, float[] w);
}
