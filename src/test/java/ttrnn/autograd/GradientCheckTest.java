package ttrnn.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;

@Tag("kernels")
class GradientCheckTest {
    /** y = x^3 / 3, with the factor of its gradient and the element whose gradient is wrong to choose. */
    private static Variable cube(Variable x, float factor, int wrongAt) {
        float[] y = new float[x.shape().size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = x.data()[i] * x.data()[i] * x.data()[i] / 3;
        }
        return x.tape()
                .record(
                        "cube",
                        x.shape(),
                        y,
                        dy -> {
                            for (int i = 0; i < dy.length; i++) {
                                boolean wrong = wrongAt < 0 || i == wrongAt;
                                dy[i] *= x.data()[i] * x.data()[i] * (wrong ? factor : 1);
                            }
                            x.accumulate(dy);
                        },
                        x);
    }

    @Test
    void aRightGradientPasses() {
        GradientCheck.of(v -> cube(v.get(0), 1, -1))
                .inputs(Tensors.normal(1, 4, 5))
                .run()
                .assertPassed();
    }

    @ParameterizedTest
    @ValueSource(floats = {-1f, 0f, 0.5f, 1.01f, Float.NaN})
    void aWrongGradientFails(float factor) {
        GradientCheck.Report report = GradientCheck.of(v -> cube(v.get(0), factor, -1))
                .inputs(Tensors.normal(1, 4, 5))
                .run();
        assertThat(report.passed()).isFalse();
        assertThatThrownBy(report::assertPassed)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("gradient check, seed 1, tolerance 0.002:\n")
                .hasMessageContaining("  BAD  input 0, direction 0: analytic ");
    }

    @Test
    void aFlippedSignOfOneElementFails() {
        for (int at = 0; at < 20; at++) {
            int wrongAt = at;
            assertThat(GradientCheck.of(v -> cube(v.get(0), -1, wrongAt))
                            .inputs(Tensor.of(filled(20, 0.8f), 4, 5))
                            .run()
                            .passed())
                    .as("wrong at %d", at)
                    .isFalse();
        }
    }

    @Test
    void aGradientThatIsMissingFails() {
        assertThat(GradientCheck.of(v -> Elementwise.multiply(v.get(0), v.get(0).detach()))
                        .inputs(Tensors.normal(2, 6))
                        .run()
                        .passed())
                .isFalse();
    }

    @Test
    void theInputThatIsWrongIsNamed() {
        GradientCheck.Report report = GradientCheck.of(
                        v -> Elementwise.add(cube(v.get(0), 1, -1), cube(v.get(1), -1, -1)))
                .inputs(Tensors.normal(3, 7), Tensors.normal(4, 7))
                .run();
        assertThat(report.entries().stream()
                        .filter(e -> e.relativeError() > report.tolerance())
                        .map(GradientCheck.Entry::input)
                        .distinct())
                .containsExactly("input 1");
        assertThat(report.worst().keySet()).containsExactly("input 0", "input 1");
        assertThat(report.worst().get("input 1").relativeError()).isGreaterThan(0.1);
        assertThat(report.toString()).contains("  ok   input 0, ").contains("  BAD  input 1, ");
    }

    @Test
    void aNamedInputIsToldByItsName() {
        GradientCheck.Report report = GradientCheck.of(v -> cube(v.get(0), 1, -1))
                .input("weights", Tensors.normal(3, 7))
                .run();
        assertThat(report.worst().keySet()).containsExactly("weights");
        assertThat(report.toString()).contains("weights, direction 0: analytic ");
    }

    @Test
    void theInputsAreLeftAsTheyWere() {
        Tensor x = Tensors.normal(5, 9);
        float[] before = x.data().clone();
        GradientCheck.of(v -> Elementwise.tanh(v.get(0))).inputs(x).run().assertPassed();
        assertThat(x.data()).containsExactly(before);
    }

    @Test
    void scalarsAndSingleElementsAreChecked() {
        GradientCheck.Report report = GradientCheck.of(v -> Elementwise.multiply(v.get(0), v.get(0)))
                .inputs(Tensor.scalar(1.5f))
                .run();
        assertThat(report.entries()).hasSize(1);
        assertThat(report.entries().get(0).analytic()).isEqualTo(3);
        assertThat(report.entries().get(0).where()).isEqualTo("index 0");
        assertThat(report.passed()).isTrue();
    }

    @Test
    void stepToleranceCoordinatesAndSeedCanBeSet() {
        GradientCheck.Report report = GradientCheck.of(v -> Elementwise.tanh(v.get(0)))
                .inputs(Tensors.normal(6, 30))
                .step(0.02)
                .tolerance(0.05)
                .coordinates(7)
                .seed(3)
                .run();
        assertThat(report.entries()).hasSize(2 + 7);
        assertThat(report.tolerance()).isEqualTo(0.05);
        assertThat(report.seed()).isEqualTo(3);
        assertThat(report.passed()).isTrue();
    }

    @Test
    void anInputOfNoElementsHasNothingToCompare() {
        GradientCheck.Report report = GradientCheck.of(v -> Elementwise.tanh(v.get(0)))
                .inputs(Tensor.zeros(Shape.of(0, 3)))
                .run();
        assertThat(report.entries()).isEmpty();
    }

    @Test
    void aCheckWithoutInputsIsAnError() {
        assertThatThrownBy(() -> GradientCheck.of(v -> v.get(0)).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("gradient check: no inputs; name the point with input(...)");
    }

    /** A derivative of zero against one of zero is no error, at any tolerance. */
    @Test
    void aFunctionThatDoesNotDependOnItsInputPasses() {
        GradientCheck.Report report = GradientCheck.of(v -> Elementwise.scale(v.get(0), 0))
                .input("x", Tensors.normal(7, 4))
                .tolerance(0)
                .run();
        assertThat(report.entries())
                .extracting(GradientCheck.Entry::relativeError)
                .containsOnly(0.0);
        assertThat(report.passed()).isTrue();
        assertThat(report.toString()).contains("  ok   x, direction 0: ").doesNotContain("BAD");
        assertThat(report.worst().get("x").where())
                .as("the first of equal ones")
                .isEqualTo("direction 0");
    }

    @Test
    void aSmallInputIsComparedAtEveryIndex() {
        assertThat(GradientCheck.of(v -> Elementwise.tanh(v.get(0)))
                        .inputs(Tensors.normal(8, 4))
                        .run()
                        .entries())
                .extracting(GradientCheck.Entry::where)
                .containsExactly("direction 0", "direction 1", "index 0", "index 1", "index 2", "index 3");
    }

    private static float[] filled(int size, float value) {
        float[] values = new float[size];
        Arrays.fill(values, value);
        return values;
    }
}
