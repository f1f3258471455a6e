package ttrnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The plain kernels, whose answers the others must give, at other places than the start of an array. */
@Tag("kernels")
class ScalarKernelsTest {
    private static final float[] X = {9, 9, 0.5f, -1, 2, 9};
    private static final int N = 3;

    private final FloatKernels kernels = Kernels.scalar();

    private interface Elementwise {
        void apply(int n, float[] x, int xOffset, float[] y, int yOffset);
    }

    @Test
    void functionsReadAndWriteFromTheirOffsetsOn() {
        for (Elementwise kernel : List.<Elementwise>of(
                kernels::exp, kernels::sigmoid, kernels::hardSigmoid, kernels::tanh, kernels::add)) {
            float[] expected = new float[N];
            kernel.apply(N, new float[] {0.5f, -1, 2}, 0, expected, 0);
            float[] y = {7, 0, 0, 0, 7};
            kernel.apply(N, X.clone(), 2, y, 1);
            assertThat(y).containsExactly(7, expected[0], expected[1], expected[2], 7);
        }
    }

    @Test
    void sumsAddToWhatIsThere() {
        float[] y = {7, 10, 20, 30, 7};
        kernels.add(N, X, 2, y, 1);
        assertThat(y).containsExactly(7, 10.5f, 19, 32, 7);
        kernels.addScaled(N, -2, X, 2, y, 1);
        assertThat(y).containsExactly(7, 9.5f, 21, 28, 7);
    }

    @Test
    void reductionsReadFromTheirOffsetsOn() {
        assertThat(kernels.sum(N, X, 2)).isEqualTo(1.5f);
        assertThat(kernels.dot(N, X, 2, new float[] {7, 1, 2, 3, 7}, 1)).isEqualTo(0.5f - 2 + 6);
    }

    @Test
    void bytesAreReadFromTheirOffsetOn() {
        float[] y = {7, 7, 7, 7};
        kernels.bytesToFloats(2, new byte[] {1, 2, (byte) 200, 4}, 1, 100, 0.5f, y, 1);
        assertThat(y).containsExactly(7, -49, 50, 7);
    }

    /** Depths before, at and behind the eight rows that are taken together; small integers, so that all is exact. */
    @Test
    void gemmIsTheProductAtAnyOffsetsAndStrides() {
        for (int depth : new int[] {0, 1, 7, 8, 9, 17}) {
            for (boolean add : new boolean[] {false, true}) {
                for (boolean transposed : new boolean[] {false, true}) {
                    gemm(2, 3, depth, add, transposed);
                }
            }
        }
    }

    private void gemm(int rows, int columns, int depth, boolean add, boolean transposed) {
        int aRow = transposed ? 1 : depth + 2;
        int aColumn = transposed ? rows + 1 : 1;
        float[] a = numbers(3 + (rows + 1) * (depth + 2));
        float[] b = numbers(2 + depth * (columns + 1) + columns);
        float[] c = numbers(1 + rows * (columns + 2) + 4);
        float[] expected = c.clone();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int at = 1 + i * (columns + 2) + j;
                float sum = add ? expected[at] : 0;
                for (int p = 0; p < depth; p++) {
                    sum += a[3 + i * aRow + p * aColumn] * b[2 + p * (columns + 1) + j];
                }
                expected[at] = sum;
            }
        }
        kernels.gemm(rows, columns, depth, a, 3, aRow, aColumn, b, 2, columns + 1, c, 1, columns + 2, add);
        assertThat(c)
                .as("depth %d, add %s, transposed %s", depth, add, transposed)
                .containsExactly(expected);
    }

    /** -3 … 3, in no regular order. */
    private static float[] numbers(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i * i * 3 % 7 + i % 5 % 3 - 4;
        }
        return values;
    }
}
