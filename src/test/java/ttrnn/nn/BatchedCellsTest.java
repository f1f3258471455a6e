package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static ttrnn.testing.FloatAssert.assertSameBits;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;

/** More sequences than run together, and more hidden values than one task takes. */
@Tag("kernels")
class BatchedCellsTest {
    private static final int HIDDEN = 35;
    private static final int[] LENGTHS = {2, 5, 1, 0, 3, 3, 7, 1, 2, 4, 6, 0, 2, 1, 1, 3, 5, 2, 4};
    private static final RowSplits SPLITS = RowSplits.ofLengths(LENGTHS);

    @ParameterizedTest
    @EnumSource
    void aBatchGivesTheBitsOfItsSequences(CellType cell) {
        int width = cell.gates() * HIDDEN;
        int size = cell.stateSize(HIDDEN);
        Tensor x = Tensors.normal(1, 0.8, SPLITS.rows(), width);
        Tensor recurrent = Tensors.normal(2, 0.2, HIDDEN, width);
        Tensor bias = Tensors.normal(3, 0.3, width);
        Tensor initial = Tensors.normal(4, 0.5, LENGTHS.length, size);
        Tensor weights = Tensors.normal(5, SPLITS.rows(), size);
        float[] mask = Tensors.normal(6, 0.5, LENGTHS.length, HIDDEN).data();

        Run all = new Run(cell, x, recurrent, bias, initial, weights, mask, SPLITS);
        float[] dRecurrent = new float[recurrent.size()];
        float[] dBias = new float[bias.size()];
        for (int b = 0; b < LENGTHS.length; b++) {
            Tensor own = rows(x, SPLITS.start(b), LENGTHS[b]);
            Tensor state = rows(initial, b, 1);
            Run one = new Run(
                    cell,
                    own,
                    recurrent,
                    bias,
                    state,
                    rows(weights, SPLITS.start(b), LENGTHS[b]),
                    Arrays.copyOfRange(mask, b * HIDDEN, (b + 1) * HIDDEN),
                    RowSplits.ofLengths(LENGTHS[b]));
            String which = " of sequence " + b;
            assertSameBits(rows(all.states, SPLITS.start(b), LENGTHS[b]).data(), one.states.data(), "states" + which);
            assertSameBits(
                    rows(all.gradients.of(x), SPLITS.start(b), LENGTHS[b]).data(),
                    one.gradients.of(own).data(),
                    "gradient of the input" + which);
            assertSameBits(
                    rows(all.gradients.of(initial), b, 1).data(),
                    one.gradients.of(state).data(),
                    "gradient of the initial state" + which);
            add(one.gradients.of(recurrent), dRecurrent);
            add(one.gradients.of(bias), dBias);
        }
        assertSameBits(all.gradients.of(recurrent).data(), dRecurrent, "gradient of the weights");
        assertSameBits(all.gradients.of(bias).data(), dBias, "gradient of the bias");
    }

    @ParameterizedTest
    @EnumSource
    void noInitialStateIsOneOfZeros(CellType cell) {
        int width = cell.gates() * HIDDEN;
        Tensor x = Tensors.normal(1, 0.8, SPLITS.rows(), width);
        Tensor recurrent = Tensors.normal(2, 0.2, HIDDEN, width);
        Tensor bias = Tensors.normal(3, 0.3, width);
        Tensor zeros = Tensor.zeros(LENGTHS.length, cell.stateSize(HIDDEN));
        Tape tape = Tape.withoutGradients();
        Variable without = cell.run(
                tape.leaf(x), tape.leaf(recurrent), tape.leaf(bias), null, SPLITS, GateActivation.SIGMOID, null);
        Variable with = cell.run(
                tape.leaf(x),
                tape.leaf(recurrent),
                tape.leaf(bias),
                tape.leaf(zeros),
                SPLITS,
                GateActivation.SIGMOID,
                null);
        assertSameBits(without.data(), with.data(), "states");
        assertThat(without.operation()).isEqualTo(cell.toString());
    }

    private static final class Run {
        final Tensor states;
        final Gradients gradients;

        Run(
                CellType cell,
                Tensor x,
                Tensor recurrent,
                Tensor bias,
                Tensor initial,
                Tensor weights,
                float[] mask,
                RowSplits splits) {
            Tape tape = Tape.recording();
            Variable y = cell.run(
                    tape.leaf(x),
                    tape.leaf(recurrent),
                    tape.leaf(bias),
                    tape.leaf(initial),
                    splits,
                    GateActivation.SIGMOID,
                    mask);
            states = y.value().copy();
            gradients = tape.backward(Reductions.sum(Elementwise.multiply(y, tape.constant(weights))));
        }
    }

    private static Tensor rows(Tensor x, int first, int count) {
        int columns = x.shape().dimension(1);
        return Tensor.of(Arrays.copyOfRange(x.data(), first * columns, (first + count) * columns), count, columns);
    }

    private static void add(Tensor x, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += x.data()[i];
        }
    }
}
