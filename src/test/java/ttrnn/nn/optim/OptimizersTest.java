package ttrnn.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.testing.FloatAssert.assertSameBits;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;

class OptimizersTest {
    private static final OptimizerSettings SETTINGS =
            OptimizerSettings.defaults().withMomentum(0.9, true);

    private static List<Parameter> parameters() {
        return List.of(new Parameter("w", Tensors.normal(1, 3, 5)), new Parameter("b", Tensors.normal(2, 7)));
    }

    private static void step(Optimizer optimizer, List<Parameter> parameters, int number) {
        Map<Tensor, float[]> gradients = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Tensor value = parameter.value();
            gradients.put(
                    value, Tensors.normal(number, value.shape().dimensions()).data());
        }
        optimizer.step(GivenGradients.of(gradients), 0.1);
    }

    @ParameterizedTest
    @EnumSource
    void aRestoredOptimizerGoesOnWithTheSameBits(OptimizerType type) {
        List<Parameter> all = parameters();
        List<Parameter> resumed = parameters();
        Optimizer throughout = type.create(all, SETTINGS);
        Optimizer before = type.create(resumed, SETTINGS);
        for (int number = 0; number < 3; number++) {
            step(throughout, all, number);
            step(before, resumed, number);
        }
        OptimizerState state = before.state();
        assertThat(state.steps()).isEqualTo(3);
        Optimizer after = type.create(resumed, SETTINGS);
        after.restore(state);
        // The state is a copy: neither the old optimiser's steps nor the new one's change it.
        stepWithoutMoving(before, resumed, 9);
        for (int number = 3; number < 6; number++) {
            step(throughout, all, number);
            step(after, resumed, number);
        }
        for (int i = 0; i < all.size(); i++) {
            assertSameBits(
                    resumed.get(i).value().data(),
                    all.get(i).value().data(),
                    all.get(i).name());
        }
    }

    /** A step of which only the optimiser's memory is kept: the weights are put back. */
    private static void stepWithoutMoving(Optimizer optimizer, List<Parameter> parameters, int number) {
        List<float[]> weights =
                parameters.stream().map(p -> p.value().data().clone()).toList();
        step(optimizer, parameters, number);
        for (int i = 0; i < weights.size(); i++) {
            System.arraycopy(weights.get(i), 0, parameters.get(i).value().data(), 0, weights.get(i).length);
        }
    }

    @Test
    void aStateNamesItsArraysAfterTheParameters() {
        assertThat(names(new Adam(parameters()))).containsExactly("w.mean", "w.square", "b.mean", "b.square");
        assertThat(names(new Sgd(parameters(), 0.5, false))).containsExactly("w.velocity", "b.velocity");
        assertThat(names(new Sgd(parameters()))).isEmpty();
        assertThat(names(new RmsProp(parameters()))).containsExactly("w.square", "b.square");
    }

    private static List<String> names(Optimizer optimizer) {
        return List.copyOf(optimizer.state().arrays().keySet());
    }

    @Test
    void aStateThatDoesNotFitIsRefusedAndChangesNothing() {
        RmsProp optimizer = new RmsProp(parameters());
        Tensor w = Tensors.normal(3, 3, 5);
        Tensor b = Tensors.normal(4, 7);
        assertThatThrownBy(() -> optimizer.restore(new OptimizerState(1, Map.of("w.square", w))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rmsprop: the state has no b.square");
        assertThatThrownBy(() -> optimizer.restore(new OptimizerState(1, Map.of("w.square", w, "b.square", w))))
                .hasMessage("rmsprop: the state's b.square must be [7], got [3, 5]");
        assertThatThrownBy(() ->
                        optimizer.restore(new OptimizerState(1, Map.of("w.square", w, "b.square", b, "c.square", b))))
                .hasMessage("rmsprop: the state's c.square belongs to no parameter");
        assertThatThrownBy(() -> new OptimizerState(-1, Map.of()))
                .hasMessage("optimizer state: the number of steps must not be negative, got -1");
        assertThat(optimizer.state().steps()).isZero();
        assertThat(optimizer.state().arrays().get("w.square").data()).containsOnly(0);
    }

    @Test
    void weightDecayShrinksMatricesAndLeavesBiases() {
        List<Parameter> parameters = parameters();
        float[] w = parameters.get(0).value().data().clone();
        float[] b = parameters.get(1).value().data().clone();
        Optimizer optimizer = OptimizerType.ADAMW.create(parameters, SETTINGS.withWeightDecay(0.5));
        Map<Tensor, float[]> none = new LinkedHashMap<>();
        parameters.forEach(parameter ->
                none.put(parameter.value(), new float[parameter.value().size()]));
        optimizer.step(GivenGradients.of(none), 0.5);
        for (int i = 0; i < w.length; i++) {
            w[i] -= 0.25f * w[i];
        }
        assertSameBits(parameters.get(0).value().data(), w, "matrix");
        assertSameBits(parameters.get(1).value().data(), b, "bias");
    }

    @Test
    void withoutDecayAdamWIsAdam() {
        List<Parameter> one = parameters();
        List<Parameter> other = parameters();
        Optimizer adam = OptimizerType.ADAM.create(one, SETTINGS);
        Optimizer adamW = OptimizerType.ADAMW.create(other, SETTINGS.withWeightDecay(0));
        for (int number = 0; number < 3; number++) {
            step(adam, one, number);
            step(adamW, other, number);
        }
        assertSameBits(other.get(0).value().data(), one.get(0).value().data(), "matrix");
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        List<Parameter> none = List.of();
        assertThatThrownBy(() -> OptimizerType.ADAM.create(none, SETTINGS.withBetas(1, 0.9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("adam: beta1: must be from 0 to below 1, got 1.0");
        assertThatThrownBy(() -> OptimizerType.ADAMW.create(none, SETTINGS.withBetas(0.9, Double.NaN)))
                .hasMessage("adamw: beta2: must be from 0 to below 1, got NaN");
        assertThatThrownBy(() -> OptimizerType.ADAMW.create(none, SETTINGS.withWeightDecay(-1)))
                .hasMessage("adamw: weight decay: must be 0 or more, got -1.0");
        assertThatThrownBy(() -> OptimizerType.ADAM.create(none, SETTINGS.withEpsilon(0, Adam.Form.PAPER)))
                .hasMessage("adam: epsilon: must be more than 0, got 0.0");
        assertThatThrownBy(() -> OptimizerType.SGD.create(none, SETTINGS.withMomentum(-0.1, false)))
                .hasMessage("sgd: momentum: must be from 0 to below 1, got -0.1");
        assertThatThrownBy(() -> OptimizerType.SGD.create(none, SETTINGS.withMomentum(0, true)))
                .hasMessage("sgd: nesterov needs a momentum of more than 0");
        assertThatThrownBy(() -> OptimizerType.RMSPROP.create(none, SETTINGS.withRho(1)))
                .hasMessage("rmsprop: rho: must be from 0 to below 1, got 1.0");
        double infinite = Double.POSITIVE_INFINITY;
        assertThatThrownBy(() -> OptimizerType.RMSPROP.create(none, SETTINGS.withEpsilon(infinite, Adam.Form.KERAS)))
                .hasMessage("rmsprop: epsilon: must be more than 0, got Infinity");
        assertThatThrownBy(() -> OptimizerType.ADAMW.create(none, SETTINGS.withWeightDecay(infinite)))
                .hasMessage("adamw: weight decay: must be 0 or more, got Infinity");
    }

    @Test
    void theDefaultsAreThoseOfKeras() {
        assertThat(OptimizerSettings.defaults())
                .isEqualTo(new OptimizerSettings(0, false, 0.9, 0.999, 0.9, 1e-8, Adam.Form.KERAS, 0.01));
    }

    @Test
    void typesAndFormsAreWrittenInLowerCase() {
        assertThat(OptimizerType.values())
                .extracting(OptimizerType::toString)
                .containsExactly("adam", "adamw", "sgd", "rmsprop");
        assertThat(Adam.Form.values()).extracting(Adam.Form::toString).containsExactly("keras", "paper");
    }
}
