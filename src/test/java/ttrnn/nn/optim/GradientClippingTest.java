package ttrnn.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ttrnn.autograd.Gradients;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Tensor;

class GradientClippingTest {
    private final Tensor first = Tensor.zeros(2);
    private final Tensor second = Tensor.zeros(1, 1);
    private final List<Parameter> parameters = List.of(new Parameter("first", first), new Parameter("second", second));

    private Gradients gradients(float... values) {
        return GivenGradients.of(Map.of(first, new float[] {values[0], values[1]}, second, new float[] {values[2]}));
    }

    @Test
    void aNormAboveTheLimitScalesAllGradientsTogether() {
        Gradients gradients = gradients(2, -4, 4);
        assertThat(GradientClipping.norm(parameters, gradients)).isEqualTo(6);
        assertThat(GradientClipping.clipNorm(parameters, gradients, 1.5)).isEqualTo(6);
        assertThat(gradients.of(first).data()).containsExactly(0.5f, -1);
        assertThat(gradients.of(second).data()).containsExactly(1);
    }

    @Test
    void aNormAtTheLimitChangesNothing() {
        Gradients gradients = gradients(2, -4, 4);
        assertThat(GradientClipping.clipNorm(parameters, gradients, 6)).isEqualTo(6);
        assertThat(gradients.of(first).data()).containsExactly(2, -4);
        assertThat(gradients.of(second).data()).containsExactly(4);
    }

    @Test
    void valuesAreCutEachByItself() {
        Gradients gradients = gradients(0.25f, -4, Float.POSITIVE_INFINITY);
        GradientClipping.clipValue(parameters, gradients, 0.5);
        assertThat(gradients.of(first).data()).containsExactly(0.25f, -0.5f);
        assertThat(gradients.of(second).data()).containsExactly(0.5f);
    }

    @Test
    void cuttingDoesNotHideWhatIsNoNumber() {
        Gradients gradients = gradients(Float.NaN, 1, 1);
        GradientClipping.clipValue(parameters, gradients, 0.5);
        assertThat(gradients.of(first).data()).containsExactly(Float.NaN, 0.5f);
    }

    @Test
    void aLimitMustBePositive() {
        Gradients gradients = gradients(1, 1, 1);
        assertThatThrownBy(() -> GradientClipping.clipNorm(parameters, gradients, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clip norm: must be more than 0, got 0.0");
        assertThatThrownBy(() -> GradientClipping.clipValue(parameters, gradients, -1))
                .hasMessage("clip value: must be more than 0, got -1.0");
        assertThat(gradients.of(first).data()).containsExactly(1, 1);
    }
}
