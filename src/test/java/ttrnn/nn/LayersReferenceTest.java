package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static ttrnn.testing.FloatAssert.assertClose;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.MatMul;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Fixtures;
import ttrnn.testing.Tolerances;

/** The cells over whole sequences, against src/test/reference/layers.py, which says what the names mean. */
@Tag("kernels")
class LayersReferenceTest {
    private final Map<String, Tensor> leaves = new LinkedHashMap<>();
    private final Tape tape = Tape.recording();

    @ParameterizedTest
    @CsvSource({
        "rnn, plain",
        "rnn, masked",
        "lstm-sigmoid, plain",
        "lstm-sigmoid, masked",
        "lstm-hard-sigmoid, plain",
        "lstm-hard-sigmoid, masked",
        "gru-sigmoid, plain",
        "gru-sigmoid, masked",
        "gru-hard-sigmoid, plain",
        "gru-hard-sigmoid, masked"
    })
    void oneLayerEqualsTheReference(String cell, String which) throws Exception {
        Fixtures reference = Fixtures.read("layers/" + cell);
        RowSplits splits = RowSplits.ofLengths(reference.integers("lengths"));
        float[] mask = which.equals("masked") ? reference.get("mask").data() : null;
        Variable states = layer(cell, reference, "", leaf(reference, "x"), splits, mask);
        assertClose(
                Shaping.gatherRows(states, splits.lastRows()).data(),
                reference.get(which + ".last").data(),
                Tolerances.REFERENCE,
                "last states");
        assertEqual(reference, which, states, 4);
    }

    @ParameterizedTest
    @CsvSource({"rnn", "lstm-sigmoid", "lstm-hard-sigmoid", "gru-sigmoid", "gru-hard-sigmoid"})
    void twoLayersEqualTheReference(String cell) throws Exception {
        Fixtures reference = Fixtures.read("layers/" + cell);
        RowSplits splits = RowSplits.ofLengths(reference.integers("lengths"));
        Variable first = layer(cell, reference, "", leaf(reference, "x"), splits, null);
        assertClose(
                first.data(),
                reference.get("stacked.first.states").data(),
                Tolerances.REFERENCE,
                "states of the first layer");
        assertEqual(reference, "stacked", layer(cell, reference, "second.", first, splits, null), 7);
    }

    private Variable layer(
            String cell, Fixtures reference, String prefix, Variable x, RowSplits splits, float @Nullable [] mask) {
        Variable projected = MatMul.matmul(x, leaf(reference, prefix + "w"));
        Variable u = leaf(reference, prefix + "u");
        Variable b = leaf(reference, prefix + "b");
        GateActivation gate = cell.endsWith("hard-sigmoid") ? GateActivation.HARD_SIGMOID : GateActivation.SIGMOID;
        if (cell.startsWith("gru")) {
            return GruSequence.apply(projected, u, b, splits, gate, mask);
        }
        return cell.equals("rnn")
                ? CellSequence.simple(projected, u, b, splits, mask)
                : CellSequence.lstm(projected, u, b, splits, gate, mask);
    }

    private Variable leaf(Fixtures reference, String name) {
        Tensor tensor = reference.get(name);
        leaves.put(name, tensor);
        return tape.leaf(tensor);
    }

    private void assertEqual(Fixtures reference, String which, Variable states, int gradientCount) {
        assertClose(states.data(), reference.get(which + ".states").data(), Tolerances.REFERENCE, "states");
        Variable weights = tape.constant(reference.get(which + ".loss-weights"));
        Gradients gradients = tape.backward(Reductions.sum(Elementwise.multiply(states, weights)));
        assertThat(leaves).hasSize(gradientCount);
        leaves.forEach((name, leaf) -> {
            Tensor expected = reference.get(which + ".gradient." + name);
            assertThat(Arrays.equals(expected.data(), new float[expected.size()]))
                    .isFalse();
            assertClose(gradients.of(leaf).data(), expected.data(), Tolerances.REFERENCE, "gradient of " + name);
        });
    }
}
