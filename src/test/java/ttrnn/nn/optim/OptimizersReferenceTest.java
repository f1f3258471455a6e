package ttrnn.nn.optim;

import static ttrnn.testing.FloatAssert.assertClose;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.autograd.Gradients;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Fixtures;
import ttrnn.testing.Tolerances;

/** Ten steps of every optimiser against src/test/reference/optimizers_and_losses.py. */
@Tag("kernels")
class OptimizersReferenceTest {
    private static final OptimizerSettings DEFAULTS = OptimizerSettings.defaults();

    private static Optimizer create(String name, List<Parameter> parameters) {
        return switch (name) {
            case "sgd" -> OptimizerType.SGD.create(parameters, DEFAULTS);
            case "sgd-momentum" -> OptimizerType.SGD.create(parameters, DEFAULTS.withMomentum(0.9, false));
            case "sgd-nesterov" -> OptimizerType.SGD.create(parameters, DEFAULTS.withMomentum(0.9, true));
            case "adam-keras" -> OptimizerType.ADAM.create(parameters, DEFAULTS);
            case "adam-paper" -> OptimizerType.ADAM.create(parameters, DEFAULTS.withEpsilon(1e-7, Adam.Form.PAPER));
            case "adam-betas" ->
                OptimizerType.ADAM.create(
                        parameters, DEFAULTS.withBetas(0.8, 0.95).withEpsilon(1e-7, Adam.Form.PAPER));
            case "adamw" ->
                OptimizerType.ADAMW.create(
                        parameters, DEFAULTS.withEpsilon(1e-8, Adam.Form.PAPER).withWeightDecay(0.1));
            case "rmsprop" -> OptimizerType.RMSPROP.create(parameters, DEFAULTS);
            case "rmsprop-99" -> OptimizerType.RMSPROP.create(parameters, DEFAULTS.withRho(0.99));
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sgd",
                "sgd-momentum",
                "sgd-nesterov",
                "adam-keras",
                "adam-paper",
                "adam-betas",
                "adamw",
                "rmsprop",
                "rmsprop-99"
            })
    void tenStepsEqualTheReference(String name) throws Exception {
        Fixtures reference = Fixtures.read("training/optimizers");
        Tensor matrix = reference.get("matrix");
        Tensor bias = reference.get("bias");
        List<Parameter> parameters = List.of(new Parameter("matrix", matrix), new Parameter("bias", bias));
        Optimizer optimizer = create(name, parameters);
        float[] rates = reference.get("rates").data();
        for (int step = 0; step < rates.length; step++) {
            Gradients gradients = GivenGradients.of(Map.of(
                    matrix, slice(reference.get("matrix.gradients"), step, matrix.size()),
                    bias, slice(reference.get("bias.gradients"), step, bias.size())));
            optimizer.step(gradients, rates[step]);
            for (Parameter parameter : parameters) {
                assertMoves(reference, name, parameter, step);
            }
        }
    }

    /** Compares moves from the start, not weights, which would hide small ones; the smallest are of elements with 1e-8. */
    private static void assertMoves(Fixtures reference, String name, Parameter parameter, int step) {
        int size = parameter.value().size();
        float[] start = reference.get(parameter.name()).data();
        float[] expected = slice(reference.get(name + "." + parameter.name()), step, size);
        float[] actual = parameter.value().data().clone();
        for (int i = 0; i < size; i++) {
            actual[i] -= start[i];
            expected[i] -= start[i];
        }
        assertClose(actual, expected, Tolerances.REFERENCE, parameter.name() + " after step " + (step + 1));
    }

    private static float[] slice(Tensor all, int step, int size) {
        return Arrays.copyOfRange(all.data(), step * size, (step + 1) * size);
    }
}
