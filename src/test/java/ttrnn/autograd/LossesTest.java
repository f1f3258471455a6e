package ttrnn.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;

@Tag("kernels")
class LossesTest {
    private final Tape tape = Tape.recording();

    @Test
    void softCrossEntropyOfOneClassIsTheCrossEntropyOfIt() {
        Tape tape = Tape.recording();
        Variable x = tape.leaf(Tensor.of(new float[] {1, -2, 0.5f, 3, 0, -1}, 2, 3));
        Tensor hard = Tensor.of(new float[] {0, 1, 0, 1, 0, 0}, 2, 3);
        assertThat(Losses.softCrossEntropy(x, hard, 0.5f).value().item())
                .isEqualTo(
                        Losses.crossEntropy(x, new int[] {1, 0}, 0.5f).value().item());
        assertThatThrownBy(() -> Losses.softCrossEntropy(x, Tensor.zeros(2, 2), 1))
                .hasMessage("softCrossEntropy: shapes differ, left [2, 3] right [2, 2]");
        Variable row = tape.leaf(Tensor.zeros(3));
        assertThatThrownBy(() -> Losses.softCrossEntropy(row, Tensor.zeros(3), 1))
                .hasMessage("softCrossEntropy: scores must be [rows, classes], got [3]");
    }

    @Test
    void crossEntropyIsTheNegativeLogarithmOfTheLabelsProbability() {
        Variable x = tape.leaf(Tensors.normal(1, 3, 4));
        int[] labels = {3, 0, 1};
        double expected = 0;
        for (int i = 0; i < 3; i++) {
            double sum = 0;
            for (int j = 0; j < 4; j++) {
                sum += StrictMath.exp(x.data()[i * 4 + j]);
            }
            expected += StrictMath.log(sum) - x.data()[i * 4 + labels[i]];
        }
        assertThat(Losses.crossEntropy(x, labels, 1f / 3).value().item())
                .isCloseTo((float) (expected / 3), offset(1e-6f));
        Variable logs = Exponentials.logSoftmax(x);
        assertThat(-(logs.data()[3] + logs.data()[4] + logs.data()[9])).isCloseTo((float) expected, offset(1e-5f));
    }

    @Test
    void theLabelsMayBeReusedBeforeTheGradient() {
        Variable x = tape.leaf(Tensor.zeros(1, 2));
        int[] labels = {1};
        Variable loss = Losses.crossEntropy(x, labels, 1);
        labels[0] = 0;
        assertThat(tape.backward(loss).of(x).data()).containsExactly(0.5f, -0.5f);
    }

    @Test
    void certaintyCostsNothingAndErrorsStayFinite() {
        Variable x = tape.leaf(Tensor.of(new float[] {1000, -1000}, 1, 2));
        assertThat(Losses.crossEntropy(x, new int[] {0}, 1).value().item()).isZero();
        assertThat(Losses.crossEntropy(x, new int[] {1}, 1).value().item()).isEqualTo(2000);
        Variable binary = Losses.binaryCrossEntropy(x, Tensor.of(new float[] {0, 0}, 1, 2), 1);
        assertThat(binary.value().item()).isEqualTo(1000);
        assertThat(tape.backward(binary).of(x).data()).containsExactly(1, 0);
    }

    @Test
    void scoresAndLabelsMustFit() {
        assertThatThrownBy(() -> Losses.crossEntropy(tape.leaf(Tensor.zeros(3, 2)), new int[2], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("crossEntropy: scores must be [2, classes], got [3, 2]");
        assertThatThrownBy(() -> Losses.crossEntropy(tape.leaf(Tensor.zeros(2)), new int[2], 1))
                .hasMessage("crossEntropy: scores must be [2, classes], got [2]");
        for (int label : new int[] {-1, 2}) {
            assertThatThrownBy(() -> Losses.crossEntropy(tape.leaf(Tensor.zeros(2, 2)), new int[] {0, label}, 1))
                    .hasMessage("crossEntropy: label " + label + " of row 1 is not among the 2 classes");
        }
    }

    @Test
    void binaryCrossEntropyIsThatOfTheSigmoid() {
        Variable x = tape.leaf(Tensors.normal(2, 2, 3));
        Tensor targets = Tensor.of(new float[] {0, 1, 0.5f, 0.2f, 1, 0}, 2, 3);
        double expected = 0;
        for (int i = 0; i < 6; i++) {
            double p = 1 / (1 + StrictMath.exp(-x.data()[i]));
            double t = targets.data()[i];
            expected -= t * StrictMath.log(p) + (1 - t) * StrictMath.log(1 - p);
        }
        assertThat(Losses.binaryCrossEntropy(x, targets, 1f / 6).value().item())
                .isCloseTo((float) (expected / 6), offset(1e-6f));
    }

    @Test
    void targetsMustFitAndBeProbabilities() {
        Variable x = tape.leaf(Tensor.zeros(2));
        assertThatThrownBy(() -> Losses.binaryCrossEntropy(x, Tensor.zeros(3), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("binaryCrossEntropy: shapes differ, left [2] right [3]");
        for (float target : new float[] {-0.1f, 1.5f, Float.NaN}) {
            assertThatThrownBy(() -> Losses.binaryCrossEntropy(x, Tensor.of(new float[] {1, target}, 2), 1))
                    .hasMessage("binaryCrossEntropy: target " + target + " of element 1 is not in 0 … 1");
        }
    }

    @Test
    void theMeanSquaredErrorIsAMean() {
        Variable a = tape.leaf(Tensor.of(new float[] {2, 2, 4}, 3));
        Variable b = tape.leaf(Tensor.of(new float[] {1, 0, 7}, 3));
        Variable loss = Losses.meanSquaredError(a, b);
        assertThat(loss.value().item()).isEqualTo(14f / 3);
        Gradients gradients = tape.backward(loss);
        assertThat(gradients.of(a).data()).containsExactly(2f / 3, 4f / 3, -2);
        assertThat(gradients.of(b).data()).containsExactly(-2f / 3, -4f / 3, 2);
    }

    /** A loss that is one term of many, with a weight of its own. */
    @Test
    void gradientsGrowWithWhatComesBack() {
        Tensor a = Tensor.of(new float[] {2, 2}, 1, 2);
        Tensor b = Tensor.of(new float[] {1, 0}, 1, 2);
        assertThat(gradient(a, 1, x -> Losses.meanSquaredError(x, x.tape().constant(b))))
                .containsExactly(1, 2);
        assertThat(gradient(a, -4, x -> Losses.meanSquaredError(x, x.tape().constant(b))))
                .containsExactly(-4, -8);
        assertThat(gradient(a, -4, x -> Losses.crossEntropy(x, new int[] {1}, 0.5f)))
                .containsExactly(-1, 1);
        assertThat(gradient(Tensor.zeros(1, 2), -4, x -> Losses.binaryCrossEntropy(x, b, 0.5f)))
                .containsExactly(1, -1);
        assertThat(gradient(a, -4, Reductions::sum)).containsExactly(-4, -4);
        assertThat(gradient(a, -4, Reductions::mean)).containsExactly(-2, -2);
        assertThat(gradient(a, -4, Reductions::sumOfSquares)).containsExactly(-16, -16);
    }

    private static float[] gradient(Tensor at, float weight, UnaryOperator<Variable> loss) {
        Tape tape = Tape.recording();
        return tape.backward(Elementwise.scale(loss.apply(tape.leaf(at)), weight))
                .of(at)
                .data();
    }

    @Test
    void theMeanSquaredErrorNeedsElementsOfEqualShapes() {
        Variable a = tape.leaf(Tensor.zeros(3));
        assertThatThrownBy(() -> Losses.meanSquaredError(a, tape.leaf(Tensor.zeros(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("meanSquaredError: shapes differ, left [3] right [1]");
        Variable none = tape.leaf(Tensor.zeros(0, 2));
        assertThatThrownBy(() -> Losses.meanSquaredError(none, none))
                .hasMessage("meanSquaredError: no elements in [0, 2]");
    }

    @Test
    void softmaxOfRowsAddsUpToOne() {
        float[] y = Losses.softmaxRows(new float[] {0, 0, 1000, 0}, 2, 2);
        assertThat(y).containsExactly(0.5f, 0.5f, 1, 0);
    }
}
