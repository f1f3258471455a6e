package ttrnn.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.testing.FloatAssert.assertSameBits;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;

/** Sizes beyond the pieces into which the product is cut: 64 rows, 64 columns, 960 inputs, 96 rows of a gradient. */
@Tag("kernels")
class RowProductTest {
    private static final RowSplits SPLITS = RowSplits.ofLengths(70, 1, 0, 3);

    @ParameterizedTest
    @CsvSource({"1000, 70", "961, 64", "960, 65", "96, 130", "97, 1", "7, 5"})
    void aProductOfSmallIntegersIsExact(int in, int out) {
        int rows = SPLITS.rows();
        Tensor x = integers(1, rows, in);
        Tensor w = integers(2, in, out);
        Tensor dy = integers(3, rows, out);

        Tape tape = Tape.recording();
        Variable y = RowProduct.product(tape.leaf(x), SPLITS, tape.leaf(w));
        Gradients gradients = tape.backward(Reductions.sum(Elementwise.multiply(y, tape.constant(dy))));
        assertSameBits(y.data(), product(x, false, w, false), "product");
        assertSameBits(gradients.of(x).data(), product(dy, false, w, true), "gradient of the rows");
        assertSameBits(gradients.of(w).data(), product(x, true, dy, false), "gradient of the weights");

        Tape loading = Tape.recording();
        Variable loaded = RowProduct.product(loading, RowSource.of(x, SPLITS), loading.leaf(w));
        assertSameBits(loaded.data(), y.data(), "product of loaded rows");
        assertSameBits(
                loading.backward(Reductions.sum(Elementwise.multiply(loaded, loading.constant(dy))))
                        .of(w)
                        .data(),
                gradients.of(w).data(),
                "gradient of the weights with loaded rows");
    }

    @Test
    void itWorksOnWhatNeedsNoGradient() {
        Tape tape = Tape.recording();
        Tensor x = integers(1, SPLITS.rows(), 3);
        Tensor w = integers(2, 3, 2);
        assertThat(RowProduct.product(tape.constant(x), SPLITS, tape.constant(w))
                        .needsGradient())
                .isFalse();
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        Tape tape = Tape.recording();
        Variable w = tape.leaf(Tensor.zeros(3, 2));
        assertThatThrownBy(() -> RowProduct.product(tape.leaf(Tensor.zeros(73, 3)), SPLITS, w))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row product: input must be [74, in], got [73, 3]");
        assertThatThrownBy(() -> RowProduct.product(tape.leaf(Tensor.zeros(74)), SPLITS, w))
                .hasMessage("row product: input must be [74, in], got [74]");
        assertThatThrownBy(() -> RowProduct.product(tape.leaf(Tensor.zeros(74, 4)), SPLITS, w))
                .hasMessage("row product: weights must be [4, out], got [3, 2]");
        assertThatThrownBy(() -> RowProduct.product(tape.leaf(Tensor.zeros(74, 3)), SPLITS, tape.leaf(Tensor.zeros(3))))
                .hasMessage("row product: weights must be [3, out], got [3]");
    }

    /** Values -2 … 2, whose sums of products are exact in single precision. */
    private static Tensor integers(long seed, int rows, int columns) {
        Rng rng = new Rng(seed);
        float[] data = new float[rows * columns];
        for (int i = 0; i < data.length; i++) {
            data[i] = rng.nextInt(5) - 2;
        }
        return Tensor.of(data, rows, columns);
    }

    private static float[] product(Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
        int m = a.shape().dimension(transposeA ? 1 : 0);
        int k = a.shape().dimension(transposeA ? 0 : 1);
        int n = b.shape().dimension(transposeB ? 0 : 1);
        float[] y = new float[m * n];
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                float left = a.data()[transposeA ? p * m + i : i * k + p];
                for (int j = 0; j < n; j++) {
                    y[i * n + j] += left * b.data()[transposeB ? j * k + p : p * n + j];
                }
            }
        }
        return y;
    }
}
