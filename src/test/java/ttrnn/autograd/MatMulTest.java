package ttrnn.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.testing.FloatAssert.assertSameBits;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;

@Tag("kernels")
class MatMulTest {
    private final Tape tape = Tape.recording();

    private Variable zeros(int... dimensions) {
        return tape.leaf(Tensor.zeros(dimensions));
    }

    @Test
    void itIsTheProductOfMatrices() {
        Variable a = tape.leaf(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
        Variable b = tape.leaf(Tensor.of(new float[] {1, 0, 0, 1, 2, 2}, 3, 2));
        Variable y = MatMul.matmul(a, b);
        assertThat(y.shape()).isEqualTo(Shape.of(2, 2));
        assertThat(y.data()).containsExactly(7, 8, 16, 17);
    }

    @Test
    void transposedOperandsGiveTheBitsOfTransposing() {
        Variable a = tape.leaf(Tensors.normal(1, 2, 7, 5));
        Variable b = tape.leaf(Tensors.normal(2, 2, 5, 19));
        float[] expected = MatMul.matmul(a, b).data();
        Variable at = Shaping.transpose(a);
        Variable bt = Shaping.transpose(b);
        assertSameBits(MatMul.matmul(at, b, true, false).data(), expected, "a transposed");
        assertSameBits(MatMul.matmul(a, bt, false, true).data(), expected, "b transposed");
        assertSameBits(MatMul.matmul(at, bt, true, true).data(), expected, "both transposed");
    }

    @Test
    void aBatchGivesTheBitsOfItsProductsOnAnyNumberOfThreads() {
        Tensor a = Tensors.normal(3, 2, 3, 4, 9);
        Tensor b = Tensors.normal(4, 2, 3, 9, 17);
        int threads = Parallel.threads();
        try {
            for (int n : new int[] {1, 3}) {
                Parallel.setThreads(n);
                Tape batch = Tape.recording();
                Variable y = MatMul.matmul(batch.leaf(a), batch.leaf(b));
                assertThat(y.shape()).isEqualTo(Shape.of(2, 3, 4, 17));
                Gradients gradients = batch.backward(Reductions.sumOfSquares(y));
                for (int i = 0; i < 6; i++) {
                    Tensor left = part(a, i, 4, 9);
                    Tensor right = part(b, i, 9, 17);
                    Tape one = Tape.recording();
                    Variable product = MatMul.matmul(one.leaf(left), one.leaf(right));
                    assertSameBits(part(y.value(), i, 4, 17).data(), product.data(), "product " + i);
                    Gradients expected = one.backward(Reductions.sumOfSquares(product));
                    assertSameBits(
                            part(gradients.of(a), i, 4, 9).data(),
                            expected.of(left).data(),
                            "left gradient " + i);
                    assertSameBits(
                            part(gradients.of(b), i, 9, 17).data(),
                            expected.of(right).data(),
                            "right gradient " + i);
                }
            }
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void sizesOfZeroAreAllowed() {
        assertThat(MatMul.matmul(zeros(0, 3), zeros(3, 2)).shape()).isEqualTo(Shape.of(0, 2));
        assertThat(MatMul.matmul(zeros(2, 0), zeros(0, 2)).data()).containsExactly(0, 0, 0, 0);
        assertThat(MatMul.matmul(zeros(0, 2, 3), zeros(0, 3, 2)).shape()).isEqualTo(Shape.of(0, 2, 2));
        assertThat(MatMul.affine(zeros(0, 3), zeros(3, 2), zeros(2)).shape()).isEqualTo(Shape.of(0, 2));
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> MatMul.matmul(zeros(2, 3), zeros(4, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("matmul: inner sizes differ, left [2, 3] right [4, 5]");
        assertThatThrownBy(() -> MatMul.matmul(zeros(2, 3), zeros(3, 5), true, false))
                .hasMessage("matmul: inner sizes differ, left [2, 3] transposed right [3, 5]");
        assertThatThrownBy(() -> MatMul.matmul(zeros(2, 3), zeros(3, 5), false, true))
                .hasMessage("matmul: inner sizes differ, left [2, 3] right [3, 5] transposed");
        assertThatThrownBy(() -> MatMul.matmul(zeros(3), zeros(3, 5)))
                .hasMessage("matmul: two matrices are needed, left [3] right [3, 5]");
        assertThatThrownBy(() -> MatMul.matmul(zeros(3, 5), zeros(5)))
                .hasMessage("matmul: two matrices are needed, left [3, 5] right [5]");
        assertThatThrownBy(() -> MatMul.matmul(zeros(2, 2, 3), zeros(3, 3, 5)))
                .hasMessage("matmul: leading axes differ, left [2, 2, 3] right [3, 3, 5]");
        assertThatThrownBy(() -> MatMul.matmul(zeros(2, 2, 3), zeros(3, 5)))
                .hasMessage("matmul: leading axes differ, left [2, 2, 3] right [3, 5]");
    }

    @Test
    void affineAddsTheBiasToEachRow() {
        Variable x = tape.leaf(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
        Variable w = tape.leaf(Tensor.of(new float[] {1, 0, 2, 0, 1, 2}, 2, 3));
        Variable bias = tape.leaf(Tensor.of(new float[] {10, 20, 30}, 3));
        assertThat(MatMul.affine(x, w, bias).data()).containsExactly(11, 22, 36, 13, 24, 44);
    }

    @Test
    void aBatchsAffineGradientIsTheSumOfItsRowsGradients() {
        Tensor x = Tensors.normal(5, 4, 6);
        Tensor w = Tensors.normal(6, 6, 3);
        Tensor bias = Tensors.normal(7, 3);
        Tape batch = Tape.recording();
        Gradients all = batch.backward(Reductions.sumOfSquares(
                Elementwise.tanh(MatMul.affine(batch.leaf(x), batch.leaf(w), batch.leaf(bias)))));
        float[] sum = new float[w.size()];
        for (int i = 0; i < 4; i++) {
            Tape one = Tape.recording();
            Variable row = one.leaf(part(x, i, 1, 6));
            Gradients gradients = one.backward(
                    Reductions.sumOfSquares(Elementwise.tanh(MatMul.affine(row, one.leaf(w), one.leaf(bias)))));
            for (int k = 0; k < sum.length; k++) {
                sum[k] += gradients.of(w).data()[k];
            }
        }
        assertSameBits(all.of(w).data(), sum, "gradient of the weights");
    }

    @Test
    void affineNamesShapesThatDoNotFit() {
        assertThatThrownBy(() -> MatMul.affine(zeros(2, 3), zeros(4, 5), zeros(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("affine: inner sizes differ, left [2, 3] right [4, 5]");
        assertThatThrownBy(() -> MatMul.affine(zeros(3), zeros(3, 5), zeros(5)))
                .hasMessage("affine: two matrices are needed, left [3] right [3, 5]");
        assertThatThrownBy(() -> MatMul.affine(zeros(2, 3), zeros(3), zeros(3)))
                .hasMessage("affine: two matrices are needed, left [2, 3] right [3]");
        assertThatThrownBy(() -> MatMul.affine(zeros(2, 3), zeros(3, 5), zeros(1, 5)))
                .hasMessage("affine: bias must be [5] for weights [3, 5], got [1, 5]");
    }

    private static Tensor part(Tensor x, int index, int rows, int columns) {
        float[] data = new float[rows * columns];
        System.arraycopy(x.data(), index * data.length, data, 0, data.length);
        return Tensor.of(data, rows, columns);
    }
}
