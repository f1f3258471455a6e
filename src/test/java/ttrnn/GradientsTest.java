package ttrnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ttrnn.autograd.GradientCheck;
import ttrnn.autograd.OperationCases;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.nn.LayerCases;
import ttrnn.testing.GradientCase;

/**
 * The gradient of every operation, cell and layer matches finite differences; a new one fails here until it is
 * registered.
 */
@Tag("kernels")
class GradientsTest {
    private static final int OPERATIONS = 46;
    private static final int LAYERS = 55;
    private static final int SEEDS = 3;

    private static final Map<String, GradientCase.Source> CASES = new TreeMap<>(OperationCases.all());

    static {
        CASES.putAll(LayerCases.all());
    }

    static List<String> names() {
        return List.copyOf(CASES.keySet());
    }

    @Test
    void everyOperationHasACase() {
        assertThat(OperationCases.operations())
                .hasSize(OPERATIONS)
                .isEqualTo(OperationCases.all().keySet());
    }

    @Test
    void everyCellAndLayerHasACase() {
        assertThat(LayerCases.all()).hasSize(LAYERS);
        assertThat(CASES).hasSize(OPERATIONS + LAYERS);
        assertThat(LayerCases.all().keySet())
                .allSatisfy(name -> assertThat(LayerCases.layers()).anyMatch(name::startsWith));
        assertThat(LayerCases.layers())
                .allSatisfy(layer -> assertThat(LayerCases.all().keySet()).anyMatch(name -> name.startsWith(layer)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void itsGradientMatchesFiniteDifferences(String name) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            for (GradientCase point : CASES.get(name).of(seed)) {
                GradientCheck.of(point.function())
                        .inputs(point.inputs())
                        .seed(seed)
                        .run()
                        .assertPassed();
            }
        }
    }

    /** A gradient goes to those who want one, also where the other operand is a constant. */
    @ParameterizedTest
    @MethodSource("names")
    void aConstantOperandChangesNoBitOfTheOthersGradients(String name) {
        for (GradientCase point : CASES.get(name).of(1)) {
            for (int k = 0; k < point.inputs().length && point.inputs().length > 1; k++) {
                Tape all = Tape.recording();
                Tape one = Tape.recording();
                List<Variable> leaves = new ArrayList<>();
                List<Variable> constants = new ArrayList<>();
                for (int n = 0; n < point.inputs().length; n++) {
                    leaves.add(all.leaf(point.inputs()[n]));
                    constants.add(n == k ? one.leaf(point.inputs()[n]) : one.constant(point.inputs()[n]));
                }
                float[] expected = all.backward(Reductions.sum(point.function().apply(leaves)))
                        .of(point.inputs()[k])
                        .data();
                float[] actual = one.backward(Reductions.sum(point.function().apply(constants)))
                        .of(point.inputs()[k])
                        .data();
                assertThat(actual).as("%s, input %d", name, k).containsExactly(expected);
            }
        }
    }
}
