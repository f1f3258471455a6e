package ttrnn.tensor;

/**
 * Some rows of a {@link RowSource} at hand, each perhaps cut into several, to be read in parts and in either layout. Used by
 * one thread, and closed when it is not needed any more.
 */
public interface RowBlock extends AutoCloseable {
    /**
     * Writes columns as rows: {@code target[c * lanes + i]} is row i, column {@code from + c}. Elements from the number of
     * rows to {@code lanes} are set to zero.
     */
    void columns(int from, int count, float[] target, int lanes);

    /**
     * Writes rows: {@code target[i * stride + c]} is row i, column {@code from + c}. Up to the next multiple of 16 columns
     * may be written, with anything; {@code stride} has room for them.
     */
    void rows(int from, int count, float[] target, int stride);

    @Override
    void close();

    /** Rows that exist, row-major from {@code offset} on, with what is to be done when they are not needed any more. */
    static RowBlock of(float[] x, int offset, int rows, int row, Runnable close) {
        return new RowBlock() {
            @Override
            public void columns(int from, int count, float[] target, int lanes) {
                for (int c = 0; c < count; c++) {
                    for (int i = 0; i < rows; i++) {
                        target[c * lanes + i] = x[offset + i * row + from + c];
                    }
                    for (int i = rows; i < lanes; i++) {
                        target[c * lanes + i] = 0;
                    }
                }
            }

            @Override
            public void rows(int from, int count, float[] target, int stride) {
                for (int i = 0; i < rows; i++) {
                    System.arraycopy(x, offset + i * row + from, target, i * stride, count);
                }
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }
}
