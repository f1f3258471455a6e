package ttrnn.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

class SelectionsTest {
    private final Tape tape = Tape.recording();

    private Variable row(float... values) {
        return tape.leaf(Tensor.of(values, values.length));
    }

    @Test
    void theLargerAndTheSmaller() {
        Variable a = row(1, 5, 3, Float.NaN);
        Variable b = row(2, 4, 3, 1);
        Variable larger = Selections.maximum(a, b);
        Variable smaller = Selections.minimum(a, b);
        assertThat(larger.data()).containsExactly(2, 5, 3, Float.NaN);
        assertThat(smaller.data()).containsExactly(1, 4, 3, Float.NaN);
        Gradients gradients = tape.backward(Reductions.sum(Elementwise.add(larger, Elementwise.scale(smaller, 10))));
        // Where they are equal both gradients go to a; where they do not compare, to b.
        assertThat(gradients.of(a).data()).containsExactly(10, 1, 11, 0);
        assertThat(gradients.of(b).data()).containsExactly(1, 10, 0, 11);
    }

    @Test
    void whereChoosesAndItsGradientGoesToTheChosen() {
        Variable a = row(1, 2, 3);
        Variable b = tape.leaf(Tensor.scalar(-1));
        boolean[] condition = {true, false, false};
        Variable y = Selections.where(condition, a, b);
        condition[0] = false;
        assertThat(y.data()).containsExactly(1, -1, -1);
        Gradients gradients = tape.backward(Reductions.sum(y));
        assertThat(gradients.of(a).data()).containsExactly(1, 0, 0);
        assertThat(gradients.of(b).data()).containsExactly(2);
    }

    @Test
    void aMaskHidesNaNAndItsGradient() {
        Variable x = row(0, 4, 9);
        Variable y = Selections.mask(Elementwise.divide(row(0, 1, 1), x), new boolean[] {false, true, true});
        assertThat(y.data()).containsExactly(0, 0.25f, 1f / 9);
        Variable z = Selections.mask(x, new boolean[] {true, false, true});
        assertThat(tape.backward(Reductions.sum(z)).of(x).data()).containsExactly(1, 0, 1);
    }

    @Test
    void dropoutKeepsTheMeanAndTheGradientHasItsMask() {
        float[] ones = new float[20_000];
        Arrays.fill(ones, 1);
        Variable x = row(ones);
        Variable y = Selections.dropout(x, 0.25f, new Rng(1));
        double sum = 0;
        for (float value : y.data()) {
            assertThat(value == 0 || value == 1 / 0.75f).isTrue();
            sum += value;
        }
        assertThat(sum / ones.length).isCloseTo(1, offset(0.02));
        assertThat(Selections.dropout(x, 0.25f, new Rng(1)).data()).containsExactly(y.data());
        assertThat(tape.backward(Reductions.sum(y)).of(x).data()).containsExactly(y.data());
    }

    @Test
    void aRateOfZeroKeepsAll() {
        assertThat(Selections.dropout(row(1, 2, 3), 0, new Rng(1)).data()).containsExactly(1, 2, 3);
    }

    @Test
    void aMaskOfOnesOwnBroadcastsToTheInput() {
        Variable x = tape.leaf(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
        assertThat(Selections.dropout(x, Tensor.of(new float[] {0, 2}, 2)).data())
                .containsExactly(0, 4, 0, 8);
        assertThatThrownBy(() -> Selections.dropout(row(1, 2), Tensor.zeros(3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout: the mask [3, 2] is larger than the input [2]");
        assertThatThrownBy(() -> Selections.dropout(row(1, 2), Tensor.zeros(3)))
                .hasMessage("dropout: shapes do not fit each other, left [2] right [3]");
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1f, Float.NaN})
    void aRateOutsideOfZeroToOneIsAnError(float rate) {
        assertThatThrownBy(() -> Selections.dropout(row(1), rate, new Rng(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout: the rate must be at least 0 and below 1, got " + rate);
    }

    @Test
    void conditionsOfTheWrongNumberAreAnError() {
        Variable x = tape.leaf(Tensor.zeros(Shape.of(2, 3)));
        assertThatThrownBy(() -> Selections.where(new boolean[3], x, row(1, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("where: 3 conditions for 6 elements of [2, 3]");
        assertThatThrownBy(() -> Selections.where(new boolean[6], x, row(1, 2)))
                .hasMessage("where: shapes do not fit each other, left [2, 3] right [2]");
        assertThatThrownBy(() -> Selections.mask(x, new boolean[5]))
                .hasMessage("mask: 5 conditions for 6 elements of [2, 3]");
    }
}
