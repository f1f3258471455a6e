package ttrnn.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.autograd.ElementwiseTest.slopes;
import static ttrnn.testing.FloatAssert.assertClose;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;
import ttrnn.testing.Tolerances;

@Tag("kernels")
class ExponentialsTest {
    private final Tape tape = Tape.recording();

    @Test
    void logIsTheInverseOfExp() {
        Variable x = tape.leaf(Tensors.normal(1, 33));
        assertClose(Exponentials.log(Exponentials.exp(x)).data(), x.data(), Tolerances.REORDERED, "log exp x");
        Variable edges = tape.leaf(Tensor.of(new float[] {0, -1, 1, Float.POSITIVE_INFINITY}, 4));
        assertThat(Exponentials.log(edges).data())
                .containsExactly(Float.NEGATIVE_INFINITY, Float.NaN, 0, Float.POSITIVE_INFINITY);
        assertThat(slopes(Exponentials::log, 2, 0)).containsExactly(0.5f, Float.POSITIVE_INFINITY);
        assertThat(slopes(Exponentials::exp, 0, Float.NEGATIVE_INFINITY)).containsExactly(1, 0);
    }

    @Test
    void softmaxIsADistributionOfEachRow() {
        Variable x = tape.leaf(Tensors.normal(2, 2, 3, 5));
        float[] y = Exponentials.softmax(x).data();
        float[] logs = Exponentials.logSoftmax(x).data();
        for (int from = 0; from < y.length; from += 5) {
            double all = 0;
            for (int i = from; i < from + 5; i++) {
                all += StrictMath.exp(x.data()[i]);
            }
            for (int i = from; i < from + 5; i++) {
                double expected = StrictMath.exp(x.data()[i]) / all;
                assertThat(Math.abs(y[i] - expected)).isLessThan(1e-7);
                assertThat(Math.abs(logs[i] - StrictMath.log(expected))).isLessThan(1e-6);
            }
        }
    }

    @Test
    void hugeScoresDoNotOverflow() {
        Variable x = tape.leaf(Tensor.of(new float[] {1e30f, 0, -1e30f, 1000, 1000, Float.NEGATIVE_INFINITY}, 2, 3));
        assertThat(Exponentials.softmax(x).data()).containsExactly(1, 0, 0, 0.5f, 0.5f, 0);
        float half = (float) StrictMath.log(0.5);
        assertThat(Exponentials.logSoftmax(x).data())
                .containsExactly(0, -1e30f, -2e30f, half, half, Float.NEGATIVE_INFINITY);
    }

    @Test
    void oneClassAndNoClassAreAllowed() {
        assertThat(Exponentials.softmax(tape.leaf(Tensor.zeros(2, 1))).data()).containsExactly(1, 1);
        assertThat(Exponentials.logSoftmax(tape.leaf(Tensor.zeros(2, 1))).data())
                .containsExactly(0, 0);
        Variable none = tape.leaf(Tensor.zeros(2, 0));
        Variable y = Elementwise.add(Exponentials.softmax(none), Exponentials.logSoftmax(none));
        assertThat(y.shape()).isEqualTo(Shape.of(2, 0));
        assertThat(tape.backward(Reductions.sum(y)).of(none).data()).isEmpty();
    }

    @Test
    void aScalarHasNoLastAxis() {
        Variable scalar = tape.leaf(Tensor.scalar(1));
        assertThatThrownBy(() -> Exponentials.softmax(scalar))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("softmax: a scalar has no last axis");
        assertThatThrownBy(() -> Exponentials.logSoftmax(scalar)).hasMessage("logSoftmax: a scalar has no last axis");
    }
}
