package ttrnn.tt;

import ttrnn.kernel.Parallel;

/**
 * An array A[r, (i I), (j N)] read as the matrix of rows (r, i, j) and columns (I, N), one step of {@link TtSvd}. It is
 * never copied or permuted as a whole.
 */
final class Unfolding {
    /** The array, row-major: writes elements {@code from} … {@code from + count - 1} to {@code target}. */
    interface Source {
        void copy(int from, int count, double[] target, int to);

        static Source of(float[] data) {
            return (from, count, target, to) -> {
                for (int i = 0; i < count; i++) {
                    target[to + i] = data[from + i];
                }
            };
        }

        static Source of(double[] data) {
            return (from, count, target, to) -> System.arraycopy(data, from, target, to, count);
        }
    }

    /** Columns that a projection reads at a time. */
    private static final int STRIPE = 512;
    /** Most triangles that are found side by side; each takes rows^2 doubles. */
    private static final int PIECES = 16;

    private final Source source;
    private final int outputMode;
    private final int outputs;
    private final int rows;
    private final int columns;

    /**
     * @param rank r
     * @param inputMode i
     * @param outputMode j
     * @param inputs I
     * @param outputs N
     */
    Unfolding(Source source, int rank, int inputMode, int outputMode, int inputs, int outputs) {
        this.source = source;
        this.outputMode = outputMode;
        this.outputs = outputs;
        this.rows = Math.multiplyExact(Math.multiplyExact(rank, inputMode), outputMode);
        this.columns = Math.multiplyExact(inputs, outputs);
    }

    /**
     * Left singular vectors and values. Of a wide matrix they are those of the triangle L of its LQ decomposition, which
     * is found from stripes of columns, one after another under the triangle so far: nothing of the matrix's size is held.
     */
    LinearAlgebra.LeftSvd leftSvd() {
        if (columns <= rows) {
            return LinearAlgebra.leftSvd(transposed(0, columns).transpose());
        }
        return LinearAlgebra.leftSvd(triangle().transpose());
    }

    private DoubleMatrix triangle() {
        // Borders are functions of the shape alone, so that threads change no bit.
        int stripe = Math.max(4 * rows, STRIPE);
        int piece = (int) Math.max(stripe, (columns + PIECES - 1L) / PIECES);
        int count = (int) ((columns + (long) piece - 1) / piece);
        DoubleMatrix[] triangles = new DoubleMatrix[count];
        Parallel.forEach(count, n -> {
            int end = (int) Math.min(columns, (n + 1L) * piece);
            DoubleMatrix triangle = DoubleMatrix.zeros(0, rows);
            for (int from = n * piece; from < end; from += stripe) {
                triangle = LinearAlgebra.triangle(stacked(triangle, transposed(from, Math.min(end, from + stripe))));
            }
            triangles[n] = triangle;
        });
        DoubleMatrix all = triangles[0];
        for (int n = 1; n < count; n++) {
            all = LinearAlgebra.triangle(stacked(all, triangles[n]));
        }
        return all;
    }

    private static DoubleMatrix stacked(DoubleMatrix top, DoubleMatrix bottom) {
        DoubleMatrix result = DoubleMatrix.zeros(top.rows() + bottom.rows(), bottom.columns());
        System.arraycopy(top.data(), 0, result.data(), 0, top.data().length);
        System.arraycopy(bottom.data(), 0, result.data(), top.data().length, bottom.data().length);
        return result;
    }

    /** The transpose of {@code basis} [rows, r] times this matrix: [r, columns], which is the next array [r, I, N]. */
    double[] project(DoubleMatrix basis) {
        int rank = basis.columns();
        double[] result = new double[Math.multiplyExact(rank, columns)];
        int stripes = (int) ((columns + STRIPE - 1L) / STRIPE);
        Parallel.forEach(stripes, n -> {
            int from = n * STRIPE;
            int count = Math.min(STRIPE, columns - from);
            double[] values = new double[count];
            for (int row = 0; row < rows; row++) {
                row(row, from, count, values);
                for (int s = 0; s < rank; s++) {
                    double factor = basis.data()[row * rank + s];
                    int to = s * columns + from;
                    for (int c = 0; c < count; c++) {
                        result[to + c] += factor * values[c];
                    }
                }
            }
        });
        return result;
    }

    /** Columns {@code from} … {@code to - 1} as the rows of a matrix. */
    private DoubleMatrix transposed(int from, int to) {
        DoubleMatrix result = DoubleMatrix.zeros(to - from, rows);
        double[] values = new double[to - from];
        for (int row = 0; row < rows; row++) {
            row(row, from, values.length, values);
            for (int c = 0; c < values.length; c++) {
                result.data()[c * rows + row] = values[c];
            }
        }
        return result;
    }

    private void row(int row, int from, int count, double[] target) {
        int j = row % outputMode;
        int ri = row / outputMode;
        int inputs = columns / outputs;
        for (int c = 0; c < count; ) {
            int input = (from + c) / outputs;
            int output = (from + c) % outputs;
            int run = Math.min(count - c, outputs - output);
            int at = ((ri * inputs + input) * outputMode + j) * outputs + output;
            source.copy(at, run, target, c);
            c += run;
        }
    }
}
