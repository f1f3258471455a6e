package ttrnn.kernel;

import java.util.function.IntFunction;

/**
 * A matrix [depth, columns] packed into panels of up to 64 columns, each contiguous, so that {@link FloatKernels#gemm}
 * reads it in one stream however long its rows are. Worth it where a matrix multiplies many times; changes no bit.
 */
public final class Panels {
    private static final int PANEL = 64;

    private final int depth;
    private final int columns;
    private final float[] packed;

    private Panels(int depth, int columns, IntFunction<float[]> memory) {
        this.depth = depth;
        this.columns = columns;
        this.packed = memory.apply(depth * columns);
    }

    /**
     * Packs columns {@code from} … {@code from + columns - 1} of a row-major matrix.
     *
     * @param row length of the matrix's rows
     * @param memory gives an array of a size, whose content does not matter
     */
    public static Panels of(float[] matrix, int depth, int row, int from, int columns, IntFunction<float[]> memory) {
        Panels panels = new Panels(depth, columns, memory);
        for (int j = 0; j < columns; j += PANEL) {
            int width = Math.min(PANEL, columns - j);
            for (int p = 0; p < depth; p++) {
                System.arraycopy(matrix, p * row + from + j, panels.packed, j * depth + p * width, width);
            }
        }
        return panels;
    }

    /** Packs the transpose, [columns, rows], of columns {@code from} … of a row-major matrix of {@code rows} rows. */
    public static Panels transposed(
            float[] matrix, int rows, int row, int from, int columns, IntFunction<float[]> memory) {
        Panels panels = new Panels(columns, rows, memory);
        for (int j = 0; j < rows; j += PANEL) {
            int width = Math.min(PANEL, rows - j);
            for (int q = 0; q < width; q++) {
                for (int p = 0; p < columns; p++) {
                    panels.packed[j * columns + p * width + q] = matrix[(j + q) * row + from + p];
                }
            }
        }
        return panels;
    }

    /** c (+)= a b, b being this matrix; rows of a and c are {@code aRow} and {@code cRow} apart. */
    public void multiply(
            FloatKernels kernels,
            int rows,
            float[] a,
            int aOffset,
            int aRow,
            float[] c,
            int cOffset,
            int cRow,
            boolean add) {
        for (int j = 0; j < columns; j += PANEL) {
            int width = Math.min(PANEL, columns - j);
            kernels.gemm(rows, width, depth, a, aOffset, aRow, 1, packed, j * depth, width, c, cOffset + j, cRow, add);
        }
    }
}
