package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;

class GateSaturationTest {
    private static final int HIDDEN = 4;

    /** Runs a cell over zeros whose gates have these biases, and says what share of the gates was saturated. */
    private static double share(CellType cell, GateActivation activation, boolean recording, float... biases) {
        Tape tape = recording ? Tape.recording() : Tape.withoutGradients();
        int width = cell.gates() * HIDDEN;
        Tensor bias = Tensor.zeros(width);
        for (int gate = 0; gate < biases.length; gate++) {
            Arrays.fill(bias.data(), gate * HIDDEN, (gate + 1) * HIDDEN, biases[gate]);
        }
        Variable x = tape.leaf(Tensor.zeros(3, width));
        cell.run(
                x,
                tape.leaf(Tensor.zeros(HIDDEN, width)),
                tape.leaf(bias),
                null,
                RowSplits.ofLengths(2, 1),
                activation,
                null);
        return tape.share(GateActivation.SATURATED);
    }

    @ParameterizedTest
    @EnumSource(GateActivation.class)
    void theSaturatedGatesAreCounted(GateActivation activation) {
        assertThat(share(CellType.GRU, activation, true, 0, 0, 0)).isZero();
        assertThat(share(CellType.GRU, activation, true, 9, 0, 9)).isEqualTo(0.5);
        assertThat(share(CellType.GRU, activation, true, 9, -9, 0)).isEqualTo(1);
        assertThat(share(CellType.LSTM, activation, true, 0, 0, 9, 0)).isZero();
        assertThat(share(CellType.LSTM, activation, true, 0, 0, 0, -9)).isEqualTo(1.0 / 3);
    }

    /** Each row and each gate counts by itself: one value of 9 among zeros is one saturated gate. */
    @ParameterizedTest
    @EnumSource(GateActivation.class)
    void eachGateOfEachRowIsCountedByItself(GateActivation activation) {
        for (CellType cell : new CellType[] {CellType.GRU, CellType.LSTM}) {
            int width = cell.gates() * HIDDEN;
            for (int place = 0; place < 3 * width; place++) {
                Tape tape = Tape.recording();
                Tensor x = Tensor.zeros(3, width);
                x.data()[place] = 9;
                cell.run(
                        tape.leaf(x),
                        tape.leaf(Tensor.zeros(HIDDEN, width)),
                        tape.leaf(Tensor.zeros(width)),
                        null,
                        RowSplits.ofLengths(2, 1),
                        activation,
                        null);
                int gate = place % width / HIDDEN;
                double expected = gate == 2 ? 0 : 1.0 / (3 * (cell.gates() - 1) * HIDDEN);
                assertThat(tape.share(GateActivation.SATURATED))
                        .as("%s, place %d", cell, place)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aCellWithoutGatesAndATapeThatDoesNotRecordCountNone() {
        assertThat(share(CellType.RNN, GateActivation.SIGMOID, true, 9)).isNaN();
        assertThat(share(CellType.GRU, GateActivation.SIGMOID, false, 9, 9, 9)).isNaN();
    }
}
