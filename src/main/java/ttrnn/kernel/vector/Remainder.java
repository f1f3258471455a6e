package ttrnn.kernel.vector;

/**
 * The columns of a matrix product that do not fill a vector: they are copied, made a whole vector, multiplied and copied back.
 * What stands in the other lanes meets no result.
 */
final class Remainder {
    private static final int LANES = VectorKernels.FLOATS.length();

    private static final ThreadLocal<Remainder> OWN = ThreadLocal.withInitial(Remainder::new);

    private float[] b = new float[0];
    private float[] c = new float[0];

    private Remainder() {}

    static void multiply(
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
            boolean add) {
        Remainder copies = OWN.get();
        copies.grow(rows, depth);
        copy(depth, columns, b, bOffset, bRow, copies.b, 0, LANES);
        if (add) {
            copy(rows, columns, c, cOffset, cRow, copies.c, 0, LANES);
        }
        VectorGemm.multiply(rows, LANES, depth, a, aOffset, aRow, aColumn, copies.b, 0, LANES, copies.c, 0, LANES, add);
        copy(rows, columns, copies.c, 0, LANES, c, cOffset, cRow);
    }

    private void grow(int rows, int depth) {
        if (b.length < depth * LANES) {
            b = new float[depth * LANES];
        }
        if (c.length < rows * LANES) {
            c = new float[rows * LANES];
        }
    }

    private static void copy(
            int rows, int columns, float[] from, int fromOffset, int fromRow, float[] to, int toOffset, int toRow) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[toOffset + i * toRow + j] = from[fromOffset + i * fromRow + j];
            }
        }
    }
}
