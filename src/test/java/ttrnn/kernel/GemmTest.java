package ttrnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static ttrnn.testing.FloatAssert.assertSameBits;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.tensor.Rng;
import ttrnn.testing.Cases;
import ttrnn.testing.Tolerances;

/** The matrix product against three loops in double, and the promise that cutting it up changes no bit. */
@Tag("kernels")
class GemmTest {
    private static final int ROWS = 11;
    private static final int COLUMNS = 75;
    private static final int DEPTH = 103;

    private final FloatKernels kernels = Kernels.get();
    private final float[] a = Cases.normal(new Rng(1), ROWS * DEPTH);
    private final float[] b = Cases.normal(new Rng(2), DEPTH * COLUMNS);
    private final float[] c = Cases.normal(new Rng(3), ROWS * COLUMNS);

    private float[] whole(boolean add) {
        float[] y = c.clone();
        kernels.gemm(ROWS, COLUMNS, DEPTH, a, 0, DEPTH, 1, b, 0, COLUMNS, y, 0, COLUMNS, add);
        return y;
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1,16,7", "5,1,9", "3,17,0", "0,5,4", "4,0,4", "7,33,100", "12,65,5", "2,3,300"})
    void itIsTheProductOfMatrices(int rows, int columns, int depth) {
        for (boolean transposed : new boolean[] {false, true}) {
            for (boolean add : new boolean[] {false, true}) {
                float[] left = Cases.normal(new Rng(4), rows * depth);
                float[] right = Cases.normal(new Rng(5), depth * columns);
                float[] before = Cases.normal(new Rng(6), rows * columns);
                float[] y = before.clone();
                int aRow = transposed ? 1 : depth;
                int aColumn = transposed ? rows : 1;
                kernels.gemm(rows, columns, depth, left, 0, aRow, aColumn, right, 0, columns, y, 0, columns, add);
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        double sum = add ? before[i * columns + j] : 0;
                        double size = Math.abs(sum);
                        for (int p = 0; p < depth; p++) {
                            double term = (double) left[i * aRow + p * aColumn] * right[p * columns + j];
                            sum += term;
                            size += Math.abs(term);
                        }
                        assertThat(Math.abs(y[i * columns + j] - sum))
                                .as("%d x %d x %d, element %d, %d", rows, depth, columns, i, j)
                                .isLessThanOrEqualTo(Tolerances.CHAIN_STEP * (depth + 1) * size);
                    }
                }
            }
        }
    }

    @Test
    void anElementIsOneChainOfFusedMultiplyAdds() {
        float[] y = whole(true);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                float chain = c[i * COLUMNS + j];
                for (int p = 0; p < DEPTH; p++) {
                    chain = Math.fma(a[i * DEPTH + p], b[p * COLUMNS + j], chain);
                }
                assertThat(y[i * COLUMNS + j]).isEqualTo(chain);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "8", "50", "96", "102"})
    void splittingTheDepthChangesNoBit(int at) {
        float[] y = c.clone();
        kernels.gemm(ROWS, COLUMNS, at, a, 0, DEPTH, 1, b, 0, COLUMNS, y, 0, COLUMNS, false);
        kernels.gemm(ROWS, COLUMNS, DEPTH - at, a, at, DEPTH, 1, b, at * COLUMNS, COLUMNS, y, 0, COLUMNS, true);
        assertSameBits(y, whole(false), "depth split at " + at);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,16", "6,17", "8,64", "10,74"})
    void splittingRowsAndColumnsChangesNoBit(int row, int column) {
        float[] y = c.clone();
        int[] rows = {0, row, ROWS};
        int[] columns = {0, column, COLUMNS};
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                int m = rows[i + 1] - rows[i];
                int n = columns[j + 1] - columns[j];
                int at = rows[i] * COLUMNS + columns[j];
                kernels.gemm(m, n, DEPTH, a, rows[i] * DEPTH, DEPTH, 1, b, columns[j], COLUMNS, y, at, COLUMNS, true);
            }
        }
        assertSameBits(y, whole(true), "split at row " + row + ", column " + column);
    }

    @ParameterizedTest
    @CsvSource({"0,75", "0,64", "3,64", "5,70", "10,1", "7,0"})
    void panelsGiveTheBitsOfTheMatrix(int from, int columns) {
        float[] expected = c.clone();
        kernels.gemm(ROWS, columns, DEPTH, a, 0, DEPTH, 1, b, from, COLUMNS, expected, 0, COLUMNS, true);
        float[] y = c.clone();
        Panels.of(b, DEPTH, COLUMNS, from, columns, float[]::new)
                .multiply(kernels, ROWS, a, 0, DEPTH, y, 0, COLUMNS, true);
        assertSameBits(y, expected, columns + " columns from " + from);
    }

    @ParameterizedTest
    @CsvSource({"0,75", "3,64", "10,1"})
    void transposedPanelsGiveTheBitsOfTheTransposedMatrix(int from, int columns) {
        // x [rows, columns] times the transpose of b's columns, [columns, depth].
        float[] x = Cases.normal(new Rng(7), ROWS * columns);
        float[] transposed = new float[columns * DEPTH];
        for (int p = 0; p < DEPTH; p++) {
            for (int j = 0; j < columns; j++) {
                transposed[j * DEPTH + p] = b[p * COLUMNS + from + j];
            }
        }
        float[] expected = new float[ROWS * DEPTH];
        kernels.gemm(ROWS, DEPTH, columns, x, 0, columns, 1, transposed, 0, DEPTH, expected, 0, DEPTH, false);
        float[] y = new float[ROWS * DEPTH];
        Panels.transposed(b, DEPTH, COLUMNS, from, columns, float[]::new)
                .multiply(kernels, ROWS, x, 0, columns, y, 0, DEPTH, false);
        assertSameBits(y, expected, columns + " columns from " + from);
    }
}
