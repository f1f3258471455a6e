package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static ttrnn.testing.FloatAssert.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
    private static final List<String> CELLS =
            List.of("rnn", "lstm-sigmoid", "lstm-hard-sigmoid", "gru-sigmoid", "gru-hard-sigmoid");
    private static final int HIDDEN = 4;

    private final Map<String, Tensor> leaves = new LinkedHashMap<>();
    private final Tape tape = Tape.recording();

    static List<Arguments> cellsAndCases() {
        List<Arguments> all = new ArrayList<>();
        for (String cell : CELLS) {
            for (String which : List.of("plain", "masked", "initial", "masked-initial")) {
                all.add(Arguments.of(cell, which));
            }
        }
        return all;
    }

    static List<String> cells() {
        return CELLS;
    }

    @ParameterizedTest
    @MethodSource("cellsAndCases")
    void oneLayerEqualsTheReference(String cell, String which) throws Exception {
        Fixtures reference = Fixtures.read("layers/" + cell);
        RowSplits splits = RowSplits.ofLengths(reference.integers("lengths"));
        float[] mask = which.startsWith("masked") ? reference.get("mask").data() : null;
        Variable initial = which.endsWith("initial") ? initial(cell, reference) : null;
        Variable projected = MatMul.matmul(leaf(reference, "x"), leaf(reference, "w"));
        CellType type = type(cell);
        Variable all = type.run(
                projected, leaf(reference, "u"), leaf(reference, "b"), initial, splits, activation(cell), mask);
        RecurrentStates states = new RecurrentStates(all, initial, splits, HIDDEN, false);
        assertClose(states.last().data(), reference.get(which + ".last").data(), Tolerances.REFERENCE, "last states");
        if (type == CellType.LSTM) {
            Variable memory = Shaping.slice(states.state(), 1, HIDDEN, 2 * HIDDEN);
            Tensor expected = reference.get(which + ".last-memory");
            assertClose(memory.data(), expected.data(), Tolerances.REFERENCE, "last memories");
        }
        int initials = initial == null ? 0 : type == CellType.LSTM ? 2 : 1;
        assertEqual(reference, which, states.steps(), 4 + initials);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void twoLayersEqualTheReference(String cell) throws Exception {
        Fixtures reference = Fixtures.read("layers/" + cell);
        RowSplits splits = RowSplits.ofLengths(reference.integers("lengths"));
        SequenceLayer.Output first = layer(cell, reference, "", false).apply(leaf(reference, "x"), splits, null);
        assertClose(
                first.steps().data(),
                reference.get("stacked.first.states").data(),
                Tolerances.REFERENCE,
                "states of the first layer");
        SequenceLayer.Output second = layer(cell, reference, "second.", false).apply(first.steps(), splits, null);
        assertLast(reference, "stacked", second);
        assertEqual(reference, "stacked", second.steps(), 7);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void bothDirectionsEqualTheReference(String cell) throws Exception {
        Fixtures reference = Fixtures.read("layers/" + cell);
        RowSplits splits = RowSplits.ofLengths(reference.integers("lengths"));
        SequenceLayer both =
                new Bidirectional(layer(cell, reference, "", false), layer(cell, reference, "backward.", true));
        SequenceLayer.Output output = both.apply(leaf(reference, "x"), splits, null);
        assertLast(reference, "bidirectional", output);
        assertEqual(reference, "bidirectional", output.steps(), 7);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void twoLayersOfBothDirectionsEqualTheReference(String cell) throws Exception {
        Fixtures reference = Fixtures.read("layers/" + cell);
        RowSplits splits = RowSplits.ofLengths(reference.integers("lengths"));
        SequenceLayer first =
                new Bidirectional(layer(cell, reference, "", false), layer(cell, reference, "backward.", true));
        SequenceLayer second = new Bidirectional(
                layer(cell, reference, "second.forward.", false), layer(cell, reference, "second.backward.", true));
        Variable between = first.apply(leaf(reference, "x"), splits, null).steps();
        SequenceLayer.Output output = second.apply(between, splits, null);
        assertLast(reference, "stacked-bidirectional", output);
        assertEqual(reference, "stacked-bidirectional", output.steps(), 13);
    }

    /** A layer whose weights are the reference's and whose gradients are to be compared. */
    private RecurrentLayer layer(String cell, Fixtures reference, String prefix, boolean backward) {
        return new RecurrentLayer(
                "rnn",
                type(cell),
                new DenseProjection("rnn", leaf(reference, prefix + "w").value()),
                leaf(reference, prefix + "u").value(),
                leaf(reference, prefix + "b").value(),
                new RecurrentLayer.Options(activation(cell), 0, 0, backward));
    }

    private Variable initial(String cell, Fixtures reference) {
        Variable h = leaf(reference, "h0");
        return type(cell) == CellType.LSTM ? Shaping.concatenate(1, h, leaf(reference, "c0")) : h;
    }

    private static CellType type(String cell) {
        return CellType.valueOf(cell.replaceAll("-.*", "").toUpperCase(Locale.ROOT));
    }

    private static GateActivation activation(String cell) {
        return cell.endsWith("hard-sigmoid") ? GateActivation.HARD_SIGMOID : GateActivation.SIGMOID;
    }

    private static void assertLast(Fixtures reference, String which, SequenceLayer.Output output) {
        Tensor expected = reference.get(which + ".last");
        assertClose(output.last().data(), expected.data(), Tolerances.REFERENCE, "last states");
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
