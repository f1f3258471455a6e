package ttrnn.kernel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The matrix product of {@link FloatKernels#gemm} in the form that C2 turns into vector code: rows in arrays of their own,
 * indexed by the loop variable alone, one output a loop. With offsets into one array the same loop stays scalar.
 */
final class ScalarGemm {
    /** Copies of eight rows of b, by their length. */
    private static final ThreadLocal<Map<Integer, float[][]>> ROWS = ThreadLocal.withInitial(HashMap::new);

    private ScalarGemm() {}

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
        if (!add) {
            for (int i = 0; i < rows; i++) {
                Arrays.fill(c, cOffset + i * cRow, cOffset + i * cRow + columns, 0f);
            }
        }
        float[] sums = new float[columns]; // always new: only then does C2 know that it is none of the others
        float[][] b8 = ROWS.get().computeIfAbsent(columns, n -> new float[8][n]);
        int p = 0;
        for (; p <= depth - 8; p += 8) {
            load(8, columns, b, bOffset + p * bRow, bRow, b8);
            for (int i = 0; i < rows; i++) {
                int row = cOffset + i * cRow;
                System.arraycopy(c, row, sums, 0, columns);
                addEight(sums, a, aOffset + i * aRow + p * aColumn, aColumn, b8);
                System.arraycopy(sums, 0, c, row, columns);
            }
        }
        for (; p <= depth - 2; p += 2) {
            load(2, columns, b, bOffset + p * bRow, bRow, b8);
            for (int i = 0; i < rows; i++) {
                int row = cOffset + i * cRow;
                System.arraycopy(c, row, sums, 0, columns);
                addTwo(sums, a, aOffset + i * aRow + p * aColumn, aColumn, b8);
                System.arraycopy(sums, 0, c, row, columns);
            }
        }
        if (p < depth) {
            load(1, columns, b, bOffset + p * bRow, bRow, b8);
            for (int i = 0; i < rows; i++) {
                int row = cOffset + i * cRow;
                System.arraycopy(c, row, sums, 0, columns);
                addOne(sums, a[aOffset + i * aRow + p * aColumn], b8[0]);
                System.arraycopy(sums, 0, c, row, columns);
            }
        }
    }

    private static void load(int count, int columns, float[] from, int offset, int row, float[][] b) {
        for (int p = 0; p < count; p++) {
            System.arraycopy(from, offset + p * row, b[p], 0, columns);
        }
    }

    private static void addEight(float[] sums, float[] a, int at, int aColumn, float[][] b) {
        float a0 = a[at];
        float a1 = a[at + aColumn];
        float a2 = a[at + 2 * aColumn];
        float a3 = a[at + 3 * aColumn];
        float a4 = a[at + 4 * aColumn];
        float a5 = a[at + 5 * aColumn];
        float a6 = a[at + 6 * aColumn];
        float a7 = a[at + 7 * aColumn];
        float[] b0 = b[0];
        float[] b1 = b[1];
        float[] b2 = b[2];
        float[] b3 = b[3];
        float[] b4 = b[4];
        float[] b5 = b[5];
        float[] b6 = b[6];
        float[] b7 = b[7];
        for (int j = 0; j < sums.length; j++) {
            float sum = Math.fma(a0, b0[j], sums[j]);
            sum = Math.fma(a1, b1[j], sum);
            sum = Math.fma(a2, b2[j], sum);
            sum = Math.fma(a3, b3[j], sum);
            sum = Math.fma(a4, b4[j], sum);
            sum = Math.fma(a5, b5[j], sum);
            sum = Math.fma(a6, b6[j], sum);
            sums[j] = Math.fma(a7, b7[j], sum);
        }
    }

    private static void addTwo(float[] sums, float[] a, int at, int aColumn, float[][] b) {
        float a0 = a[at];
        float a1 = a[at + aColumn];
        float[] b0 = b[0];
        float[] b1 = b[1];
        for (int j = 0; j < sums.length; j++) {
            sums[j] = Math.fma(a1, b1[j], Math.fma(a0, b0[j], sums[j]));
        }
    }

    private static void addOne(float[] sums, float a0, float[] b0) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] = Math.fma(a0, b0[j], sums[j]);
        }
    }
}
