package ttrnn.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

class TapeTest {
    private final Tensor a = Tensor.of(new float[] {1, 2, 3}, 3);
    private final Tensor b = Tensor.of(new float[] {5, 7, 11}, 3);

    @Test
    void gradientsFlowBackToTheLeaves() {
        Tape tape = Tape.recording();
        Variable loss = Reductions.sum(Elementwise.multiply(tape.leaf(a), tape.leaf(b)));
        assertThat(loss.value().item()).isEqualTo(5 + 14 + 33);
        Gradients gradients = tape.backward(loss);
        assertThat(gradients.of(a).data()).containsExactly(5, 7, 11);
        assertThat(gradients.of(b).data()).containsExactly(1, 2, 3);
        assertThat(gradients.of(a).shape()).isEqualTo(a.shape());
    }

    @Test
    void whatIsUsedTwiceGetsTheSumOfItsGradients() {
        Tape tape = Tape.recording();
        Variable x = tape.leaf(a);
        Variable square = Elementwise.multiply(x, x);
        Variable shared = Elementwise.add(square, square);
        Variable loss = Reductions.sum(Elementwise.add(shared, x));
        // 2 x^2 + x
        assertThat(tape.backward(loss).of(x).data()).containsExactly(5, 9, 13);
    }

    @Test
    void oneTensorIsOneLeafHoweverOftenItIsNamed() {
        Tape tape = Tape.recording();
        assertThat(tape.leaf(a)).isSameAs(tape.leaf(a)).isNotSameAs(tape.leaf(a.copy()));
        Variable loss = Reductions.sum(Elementwise.add(tape.leaf(a), tape.leaf(a)));
        assertThat(tape.backward(loss).of(a).data()).containsExactly(2, 2, 2);
    }

    /** An operation may keep and change the dy it gets; what another path has added must not change with it. */
    @Test
    void pathsOfDifferentLengthsDoNotShareTheirGradients() {
        Tape tape = Tape.recording();
        Variable x = tape.leaf(a);
        Variable long1 = Elementwise.scale(Elementwise.tanh(Elementwise.scale(x, 0f)), 3f);
        Variable loss = Reductions.sum(Elementwise.add(Elementwise.subtract(long1, x), Shaping.reshape(x, 3)));
        assertThat(tape.backward(loss).of(x).data()).containsExactly(0, 0, 0);
    }

    @Test
    void aLeafThatTheLossDoesNotUseGetsZeros() {
        Tape tape = Tape.recording();
        tape.leaf(b);
        Gradients gradients = tape.backward(Reductions.sum(tape.leaf(a)));
        assertThat(gradients.of(b).data()).containsExactly(0, 0, 0);
        assertThat(gradients.of(a).data()).containsExactly(1, 1, 1);
    }

    @Test
    void operationsThatTheLossDoesNotUseAddNothing() {
        Tape tape = Tape.recording();
        Variable x = tape.leaf(a);
        Variable loss = Reductions.sum(x);
        Elementwise.scale(loss, 100);
        assertThat(tape.backward(loss).of(a).data()).containsExactly(1, 1, 1);
    }

    @Test
    void aLeafMayBeTheLoss() {
        Tape tape = Tape.recording();
        Tensor one = Tensor.of(new float[] {4}, 1, 1);
        assertThat(tape.backward(tape.leaf(one)).of(one).data()).containsExactly(1);
    }

    @Test
    void noGradientFlowsThroughADetachedValue() {
        Tape tape = Tape.recording();
        Variable x = tape.leaf(a);
        Variable square = Elementwise.multiply(x, x);
        Variable loss = Reductions.sum(Elementwise.multiply(square.detach(), x));
        assertThat(square.detach().needsGradient()).isFalse();
        assertThat(square.detach().value()).isSameAs(square.value());
        assertThat(tape.backward(loss).of(x).data()).containsExactly(1, 4, 9);
    }

    @Test
    void constantsNeedNoGradientAndLeavesDo() {
        Tape tape = Tape.recording();
        Variable constant = tape.constant(b);
        assertThat(constant.needsGradient()).isFalse();
        assertThat(Elementwise.scale(constant, 2).needsGradient()).isFalse();
        assertThat(Elementwise.add(tape.leaf(a), constant).needsGradient()).isTrue();
        Gradients gradients = tape.backward(Reductions.sum(Elementwise.add(tape.leaf(a), constant)));
        assertThatThrownBy(() -> gradients.of(b))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gradients: this tensor of shape [3] was no leaf of the tape");
    }

    @Test
    void aTapeWithoutGradientsComputesTheSameValuesAndKeepsNothing() {
        Tape tape = Tape.withoutGradients();
        assertThat(tape.isRecording()).isFalse();
        Variable y = Elementwise.multiply(tape.leaf(a), tape.leaf(b));
        assertThat(y.needsGradient()).isFalse();
        assertThat(y.data()).containsExactly(5, 14, 33);
        assertThatThrownBy(() -> tape.backward(Reductions.sum(y)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("backward: this tape does not record; use Tape.recording()");
    }

    @Test
    void aTapeIsDifferentiatedOnce() {
        Tape tape = Tape.recording();
        Variable x = tape.leaf(a);
        Variable loss = Reductions.sum(x);
        tape.backward(loss);
        assertThatThrownBy(() -> tape.backward(loss))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("backward: this tape was already differentiated; run the forward pass again on a new tape");
        assertThatThrownBy(() -> Elementwise.tanh(x))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("tanh: this tape was already differentiated; use a new one");
    }

    /** The tape itself, its leaves and the loss are still there; what lay between is not. */
    @Test
    void whatOperationsKeepIsFreedByTheBackwardPass() throws InterruptedException {
        Tape tape = Tape.recording();
        Variable x = tape.leaf(a);
        List<WeakReference<float[]>> kept = new ArrayList<>();
        Variable y = keeping(x, kept);
        WeakReference<Variable> between = new WeakReference<>(y);
        Variable loss = Reductions.sum(y);
        y = null;
        System.gc();
        assertThat(kept.get(0).get()).isNotNull();
        assertThat(tape.backward(loss).of(x).data()).containsExactly(2, 2, 2);
        for (int tries = 0; tries < 50 && (kept.get(0).get() != null || between.get() != null); tries++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(kept.get(0).get()).isNull();
        assertThat(between.get()).isNull();
        assertThat(loss.value().item()).isEqualTo(12);
        assertThat(tape.isRecording()).isTrue();
    }

    /** y = 2 x, whose gradient keeps an array. */
    private static Variable keeping(Variable x, List<WeakReference<float[]>> kept) {
        float[] factors = {2, 2, 2};
        kept.add(new WeakReference<>(factors));
        float[] y = new float[3];
        for (int i = 0; i < y.length; i++) {
            y[i] = factors[i] * x.data()[i];
        }
        return x.tape()
                .record(
                        "keeping",
                        x.shape(),
                        y,
                        dy -> {
                            for (int i = 0; i < dy.length; i++) {
                                dy[i] *= factors[i];
                            }
                            x.accumulate(dy);
                        },
                        x);
    }

    @Test
    void tapesDoNotMix() {
        Tape tape = Tape.recording();
        Variable other = Tape.recording().leaf(b);
        assertThatThrownBy(() -> Elementwise.add(tape.leaf(a), other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("add: an input of shape [3] lies on another tape; all inputs must come from one");
        assertThatThrownBy(() -> tape.backward(Reductions.sum(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("backward: the loss lies on another tape");
    }

    @Test
    void theLossIsOneElement() {
        Tape tape = Tape.recording();
        assertThatThrownBy(() -> tape.backward(tape.leaf(a)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("backward: the loss must be one element, its shape is [3]");
    }

    @Test
    void aGradientOfTheWrongSizeNamesItsOperation() {
        Tape tape = Tape.recording();
        Variable x = Elementwise.scale(tape.leaf(a), 2);
        Variable bad = tape.record("bad", Shape.of(), new float[1], dy -> x.accumulate(new float[2]), x);
        assertThatThrownBy(() -> tape.backward(bad))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("gradient of scale: 2 values for shape [3]");
    }

    @Test
    void aVariableSaysWhatMadeIt() {
        Tape tape = Tape.recording();
        assertThat(tape.leaf(a)).hasToString("leaf[3]");
        assertThat(tape.constant(a).operation()).isEqualTo("constant");
        assertThat(Elementwise.scale(tape.leaf(a), 2)).hasToString("scale[3]");
        assertThat(tape.leaf(a).tape()).isSameAs(tape);
    }

    @Test
    void aConstantKeepsNoGradient() {
        Variable constant = Tape.recording().constant(Tensor.zeros(2));
        constant.accumulate(new float[] {1, 2});
        assertThat(constant.takeGradient()).isNull();
    }
}
