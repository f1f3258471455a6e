package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.testing.FloatAssert.assertSameBits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;

/** States before the first step, after the last, and what is left in memory between two runs. */
class RecurrentStatesTest {
    private static final int INPUTS = 5;
    private static final int HIDDEN = 3;
    private static final RowSplits SPLITS = RowSplits.ofLengths(2, 0, 3, 0);
    private static final Tensor X = Tensors.normal(1, SPLITS.rows(), INPUTS);

    private static RecurrentLayer layer(CellType cell, boolean backward, boolean resetAfter) {
        int width = cell.gates() * HIDDEN;
        return new RecurrentLayer(
                "rnn",
                cell,
                new DenseProjection("rnn", Tensors.normal(2, INPUTS, width)),
                Tensors.normal(3, HIDDEN, width),
                Tensors.normal(4, resetAfter ? width + HIDDEN : width),
                new RecurrentLayer.Options(GateActivation.SIGMOID, 0, 0, backward, resetAfter));
    }

    private static RecurrentStates run(RecurrentLayer layer, @Nullable Tensor initial) {
        Tape tape = Tape.withoutGradients();
        return layer.apply(tape.leaf(X), SPLITS, initial == null ? null : tape.leaf(initial), null);
    }

    private static float[] row(Variable x, int row) {
        int columns = x.shape().dimension(1);
        return Arrays.copyOfRange(x.data(), row * columns, (row + 1) * columns);
    }

    @ParameterizedTest
    @EnumSource
    void theStateAfterwardsIsThatOfTheLastStepOrTheInitialOne(CellType cell) {
        int size = cell.stateSize(HIDDEN);
        Tensor initial = Tensors.normal(5, 0.5, SPLITS.count(), size);
        RecurrentStates states = run(layer(cell, false, false), initial);
        assertThat(states.state().shape()).hasToString("[4, " + size + "]");
        for (int b : new int[] {1, 3}) {
            assertSameBits(
                    row(states.state(), b),
                    Arrays.copyOfRange(initial.data(), b * size, (b + 1) * size),
                    "state of the empty sequence " + b);
        }
        assertThat(states.steps().shape()).hasToString("[5, 3]");
        assertThat(states.last().shape()).hasToString("[4, 3]");
        assertSameBits(row(states.last(), 0), row(states.steps(), 1), "last state of the first sequence");
        assertSameBits(row(states.last(), 2), row(states.steps(), 4), "last state of the third sequence");
        assertSameBits(
                row(states.last(), 2), Arrays.copyOf(row(states.state(), 2), HIDDEN), "h stands before what is left");
    }

    @ParameterizedTest
    @EnumSource
    void withoutAnInitialStateAnEmptySequenceHasZeros(CellType cell) {
        RecurrentStates states = run(layer(cell, false, false), null);
        assertThat(row(states.state(), 1)).containsOnly(0);
        assertThat(row(states.state(), 3)).containsOnly(0);
        assertSameBits(row(states.last(), 0), row(states.steps(), 1), "last state of the first sequence");
    }

    @ParameterizedTest
    @EnumSource
    void backwardTheLastStateIsThatOfTheFirstStep(CellType cell) {
        RecurrentStates states = run(layer(cell, true, false), null);
        assertSameBits(row(states.last(), 0), row(states.steps(), 0), "first sequence");
        assertSameBits(row(states.last(), 2), row(states.steps(), 2), "third sequence");
    }

    /** All sequences with steps: nothing has to be put beside the states. */
    @ParameterizedTest
    @EnumSource
    void twoPartsWithACarriedStateAreTheWhole(CellType cell) {
        RecurrentLayer layer = layer(cell, false, false);
        Tape tape = Tape.withoutGradients();
        RowSplits whole = RowSplits.ofLengths(5);
        RecurrentStates all = layer.apply(tape.leaf(X), whole, null, null);
        Variable carried = layer.apply(tape.leaf(rows(0, 2)), RowSplits.ofLengths(2), null, null)
                .state();
        RecurrentStates rest = layer.apply(tape.leaf(rows(2, 5)), RowSplits.ofLengths(3), carried, null);
        assertSameBits(rest.last().data(), all.last().data(), "last state");
        assertSameBits(rest.state().data(), all.state().data(), "carried state");
    }

    private static Tensor rows(int from, int to) {
        return Tensor.of(Arrays.copyOfRange(X.data(), from * INPUTS, to * INPUTS), to - from, INPUTS);
    }

    @Test
    void aResetAfterTheProductBeginsWithZerosToo() {
        RecurrentLayer layer = layer(CellType.GRU, false, true);
        RecurrentStates without = run(layer, null);
        RecurrentStates with = run(layer, Tensor.zeros(SPLITS.count(), HIDDEN));
        assertSameBits(without.steps().data(), with.steps().data(), "states");
        assertThat(without.steps().data()).isNotEqualTo(zeros(without.steps()));
        Tensor wrong = Tensor.zeros(SPLITS.count() + 1, HIDDEN);
        assertThatThrownBy(() -> run(layer, wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("gru: the initial state must be [4, 6]");
    }

    private static float[] zeros(Variable x) {
        return new float[x.data().length];
    }

    @Test
    void onlyAGruHasAResetGateAndItsBiasIsLonger() {
        assertThatThrownBy(() -> layer(CellType.LSTM, false, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lstm: only a gru has a reset gate");
        assertThatThrownBy(() -> new RecurrentLayer(
                        "rnn",
                        CellType.GRU,
                        new DenseProjection("rnn", Tensor.zeros(INPUTS, 9)),
                        Tensor.zeros(3, 9),
                        Tensor.zeros(9),
                        new RecurrentLayer.Options(GateActivation.SIGMOID, 0, 0, false, true)))
                .hasMessage("gru: a projection to 3 hidden, recurrent weights [hidden, 3 hidden] and a bias [4 hidden]"
                        + " are needed, got 9, [3, 9] and [9]");
        assertThat(RecurrentLayer.Options.of(GateActivation.SIGMOID))
                .isEqualTo(new RecurrentLayer.Options(GateActivation.SIGMOID, 0, 0, false, false));
    }

    /** Memory that is used again holds what was there before. */
    @ParameterizedTest
    @EnumSource
    void aSecondRunInTheSameMemoryGivesTheSameBits(CellType cell) {
        RecurrentLayer layer = layer(cell, false, false);
        Buffers buffers = new Buffers();
        List<float[]> runs = new ArrayList<>();
        for (int time = 0; time < 3; time++) {
            Tape tape = Tape.recording(buffers);
            Variable states = layer.apply(tape.leaf(X), SPLITS, null).steps();
            Gradients gradients = tape.backward(Reductions.sumOfSquares(states));
            for (Parameter parameter : layer.parameters()) {
                runs.add(gradients.of(parameter.value()).data().clone());
            }
        }
        int count = layer.parameters().size();
        for (int n = count; n < runs.size(); n++) {
            assertSameBits(runs.get(n), runs.get(n % count), "gradient " + n % count + " of run " + n / count);
        }
    }
}
