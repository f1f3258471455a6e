package ttrnn.tensor;

/**
 * The rows of a matrix that need not exist as floats: they are loaded, a few at a time, when an operation comes to them,
 * and again when its gradient does. Loading must be safe from several threads at once and give the same values each time.
 */
public interface RowSource {
    /** Where the rows' sequences begin and end. */
    RowSplits splits();

    /** Size of a row. */
    int columns();

    /** Writes rows {@code first} … {@code first + count - 1} to {@code target}, row-major, from its start. */
    void load(int first, int count, float[] target);

    /**
     * Rows {@code first} … {@code first + count - 1}, all of one sequence, to be read in parts.
     *
     * @param parts how many rows of the block each of them makes, one after the other
     * @param buffers for arrays that are needed until the block is closed
     */
    default RowBlock block(int first, int count, int parts, Buffers buffers) {
        float[] loaded = buffers.take(count * columns());
        load(first, count, loaded);
        return RowBlock.of(loaded, 0, count * parts, columns() / parts, () -> buffers.give(loaded));
    }

    /** The rows of a matrix that exists; {@code splits} covers all of them. */
    static RowSource of(Tensor matrix, RowSplits splits) {
        if (matrix.shape().rank() != 2 || matrix.shape().dimension(0) != splits.rows()) {
            throw new IllegalArgumentException(
                    "rows: a matrix [" + splits.rows() + ", columns] is needed, got " + matrix.shape());
        }
        int columns = matrix.shape().dimension(1);
        return new RowSource() {
            @Override
            public RowSplits splits() {
                return splits;
            }

            @Override
            public int columns() {
                return columns;
            }

            @Override
            public void load(int first, int count, float[] target) {
                System.arraycopy(matrix.data(), first * columns, target, 0, count * columns);
            }

            @Override
            public RowBlock block(int first, int count, int parts, Buffers buffers) {
                return RowBlock.of(matrix.data(), first * columns, count * parts, columns / parts, () -> {});
            }
        };
    }
}
