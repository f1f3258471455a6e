package ttrnn.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

@Tag("kernels")
class ElementwiseTest {
    private final Tape tape = Tape.recording();

    private Variable row(float... values) {
        return tape.leaf(Tensor.of(values, values.length));
    }

    private Variable zeros(int... dimensions) {
        return tape.leaf(Tensor.zeros(dimensions));
    }

    @Test
    void arithmeticIsThatOfFloats() {
        Variable a = row(1, -2, 0.5f);
        Variable b = row(4, 3, -8);
        assertThat(Elementwise.add(a, b).data()).containsExactly(5, 1, -7.5f);
        assertThat(Elementwise.subtract(a, b).data()).containsExactly(-3, -5, 8.5f);
        assertThat(Elementwise.multiply(a, b).data()).containsExactly(4, -6, -4);
        assertThat(Elementwise.divide(a, b).data()).containsExactly(0.25f, -2f / 3, -0.0625f);
        assertThat(Elementwise.negate(a).data()).containsExactly(-1, 2, -0.5f);
        assertThat(Elementwise.scale(a, 3).data()).containsExactly(3, -6, 1.5f);
        assertThat(Elementwise.addScalar(a, 3).data()).containsExactly(4, 1, 3.5f);
        assertThat(Elementwise.square(a).data()).containsExactly(1, 4, 0.25f);
        assertThat(Elementwise.abs(a).data()).containsExactly(1, 2, 0.5f);
        assertThat(Elementwise.relu(a).data()).containsExactly(1, 0, 0.5f);
        assertThat(Elementwise.sqrt(row(4, 2, 0)).data()).containsExactly(2, (float) StrictMath.sqrt(2), 0);
        assertThat(Elementwise.sqrt(row(-1)).data()).containsExactly(Float.NaN);
    }

    @Test
    void operandsAreLeftAsTheyWere() {
        Variable a = row(1, 2);
        Variable b = row(3, 4);
        tape.backward(Reductions.sum(Elementwise.divide(Elementwise.add(a, b), Elementwise.multiply(a, b))));
        assertThat(a.data()).containsExactly(1, 2);
        assertThat(b.data()).containsExactly(3, 4);
    }

    @Test
    void shapesBroadcastFromTheLastAxis() {
        Variable column = tape.leaf(Tensor.of(new float[] {10, 20}, 2, 1));
        Variable row = row(1, 2, 3);
        Variable y = Elementwise.add(column, row);
        assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(y.data()).containsExactly(11, 12, 13, 21, 22, 23);
        Gradients gradients = tape.backward(Reductions.sum(Elementwise.multiply(y, y.detach())));
        assertThat(gradients.of(column).data()).containsExactly(36, 66);
        assertThat(gradients.of(column).shape()).isEqualTo(Shape.of(2, 1));
        assertThat(gradients.of(row).data()).containsExactly(32, 34, 36);
    }

    @Test
    void aScalarAndAnEmptyAxisBroadcastAsWell() {
        Variable scalar = tape.leaf(Tensor.scalar(2));
        assertThat(Elementwise.multiply(row(1, 2), scalar).data()).containsExactly(2, 4);
        assertThat(Elementwise.subtract(scalar, scalar).shape()).isEqualTo(Shape.of());
        assertThat(Elementwise.add(zeros(0, 3), zeros(1, 3)).shape()).isEqualTo(Shape.of(0, 3));
        assertThat(Elementwise.add(zeros(2, 1), zeros(1, 0)).shape()).isEqualTo(Shape.of(2, 0));
        Variable one = zeros(1, 3);
        Gradients gradients = tape.backward(Reductions.sum(Elementwise.add(zeros(0, 3), one)));
        assertThat(gradients.of(one).data()).containsExactly(0, 0, 0);
    }

    @Test
    void shapesThatDoNotFitAreNamedWithTheOperation() {
        Map<String, BinaryOperator<Variable>> operations = Map.of(
                "add", Elementwise::add,
                "subtract", Elementwise::subtract,
                "multiply", Elementwise::multiply,
                "divide", Elementwise::divide,
                "maximum", Selections::maximum,
                "minimum", Selections::minimum);
        operations.forEach((name, operation) -> {
            assertThatThrownBy(() -> operation.apply(zeros(2, 3), zeros(2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(name + ": shapes do not fit each other, left [2, 3] right [2]");
            assertThatThrownBy(() -> operation.apply(zeros(0), zeros(2)))
                    .hasMessage(name + ": shapes do not fit each other, left [0] right [2]");
        });
    }

    @Test
    void theHardSigmoidHasAGradientWhereItDoesNotClipAlone() {
        assertThat(slopes(Elementwise::hardSigmoid, -3, -2.5f, -2.49f, 0, 2.49f, 2.5f, 3))
                .containsExactly(0, 0, 0.2f, 0.2f, 0.2f, 0, 0);
        assertThat(slopes(Elementwise::hardSigmoid, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY))
                .containsExactly(0, 0);
    }

    @Test
    void kinksHaveTheGradientTheirDocumentationStates() {
        assertThat(slopes(Elementwise::relu, -1, -0f, 0, 1e-30f)).containsExactly(0, 0, 0, 1);
        assertThat(slopes(Elementwise::abs, -2, 0, 2)).containsExactly(-1, 0, 1);
        assertThat(slopes(Elementwise::sqrt, 0, 4)).containsExactly(Float.POSITIVE_INFINITY, 0.25f);
    }

    @Test
    void saturatedGatesHaveNoGradientAndNoNaN() {
        assertThat(slopes(Elementwise::sigmoid, -1000, 1000, Float.NEGATIVE_INFINITY))
                .containsExactly(0, 0, 0);
        assertThat(slopes(Elementwise::tanh, -1000, 1000, Float.POSITIVE_INFINITY))
                .containsExactly(0, 0, 0);
    }

    /** The derivatives of a function at some points. */
    static float[] slopes(UnaryOperator<Variable> function, float... at) {
        Tape tape = Tape.recording();
        Variable x = tape.leaf(Tensor.of(at, at.length));
        return tape.backward(Reductions.sum(function.apply(x))).of(x).data();
    }
}
