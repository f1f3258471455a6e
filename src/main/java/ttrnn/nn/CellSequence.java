package ttrnn.nn;

import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Variable;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Panels;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Shape;

/**
 * A cell whose gates come from one product, run over whole sequences as one operation: the simple recurrent cell and the
 * LSTM.
 *
 * <p>Each step takes x + b + (h * m) U through the cell's activations. The state starts at zero; m is the sequence's
 * recurrent dropout mask, one for all gates and steps. Shapes x [rows, gates hidden], U [hidden, gates hidden], b [gates
 * hidden], result [rows, hidden], the state after each step; rows are the steps of the sequences of {@code splits}.
 *
 * <p>Gradient: to x, U and b, as in {@link GruSequence}. Kept: gates, states and memories of all steps.
 */
public final class CellSequence {
    /** Sequences that run through the steps together. */
    private static final int GROUP = 8;

    private final FloatKernels kernels = Kernels.get();
    private final RecurrentCell cell;
    private final Variable x;
    private final Variable recurrent;
    private final Variable bias;
    private final RowSplits splits;
    private final float @Nullable [] mask;
    private final int hidden;
    private final int width;
    private final float[] gates;
    private final float[] states;
    private final float[] memories;
    private final int[] order;

    private CellSequence(
            RecurrentCell cell,
            Variable x,
            Variable recurrent,
            Variable bias,
            RowSplits splits,
            float @Nullable [] mask) {
        this.cell = cell;
        this.x = x;
        this.recurrent = recurrent;
        this.bias = bias;
        this.splits = splits;
        this.mask = mask;
        this.hidden = recurrent.shape().dimension(0);
        this.width = cell.gates() * hidden;
        this.gates = new float[splits.rows() * width];
        this.states = new float[splits.rows() * hidden];
        this.memories = new float[cell.hasMemory() ? states.length : 0];
        this.order = Recurrence.longestFirst(splits);
    }

    /** Simple recurrent cells, h' = tanh(x + b + (h * m) U); {@code mask} [sequences, hidden] or null. */
    public static Variable simple(
            Variable x, Variable recurrent, Variable bias, RowSplits splits, float @Nullable [] mask) {
        return apply(new SimpleCell(), x, recurrent, bias, splits, mask);
    }

    /** LSTM cells, gates in the order i, f, g, o; {@code mask} [sequences, hidden] or null. */
    public static Variable lstm(
            Variable x,
            Variable recurrent,
            Variable bias,
            RowSplits splits,
            GateActivation activation,
            float @Nullable [] mask) {
        return apply(new LstmCell(activation), x, recurrent, bias, splits, mask);
    }

    private static Variable apply(
            RecurrentCell cell,
            Variable x,
            Variable recurrent,
            Variable bias,
            RowSplits splits,
            float @Nullable [] mask) {
        Recurrence.check(cell.name(), cell.gates(), x, recurrent, bias, splits, mask);
        CellSequence sequence = new CellSequence(cell, x, recurrent, bias, splits, mask);
        sequence.forward();
        return x.tape()
                .record(
                        cell.name(),
                        Shape.of(splits.rows(), sequence.hidden),
                        sequence.states,
                        sequence::backward,
                        x,
                        recurrent,
                        bias);
    }

    private void forward() {
        Panels u = Panels.of(recurrent.data(), hidden, width, 0, width);
        Parallel.forEach(Recurrence.groups(splits, GROUP), group -> {
            int first = group * GROUP;
            int size = Math.min(GROUP, splits.count() - first);
            float[] masked = new float[size * hidden];
            float[] pre = new float[size * width];
            for (int t = 0; t < splits.length(order[first]); t++) {
                int active = Recurrence.active(splits, order, first, size, t);
                for (int i = 0; i < active; i++) {
                    int row = splits.start(order[first + i]) + t;
                    for (int j = 0; j < width; j++) {
                        pre[i * width + j] = x.data()[row * width + j] + bias.data()[j];
                    }
                    Recurrence.maskedState(states, mask, splits, order[first + i], t, hidden, masked, i * hidden);
                }
                u.multiply(kernels, active, masked, 0, hidden, pre, 0, width, true);
                for (int i = 0; i < active; i++) {
                    int row = splits.start(order[first + i]) + t;
                    int before = t == 0 ? -1 : (row - 1) * hidden;
                    cell.forward(kernels, hidden, pre, i * width, memories, before, states, row * hidden);
                    System.arraycopy(pre, i * width, gates, row * width, width);
                }
            }
        });
    }

    private void backward(float[] dStates) {
        float[] dx = new float[splits.rows() * width];
        Panels u = Panels.transposed(recurrent.data(), hidden, width, 0, width);
        Parallel.forEach(Recurrence.groups(splits, GROUP), group -> {
            int first = group * GROUP;
            int size = Math.min(GROUP, splits.count() - first);
            float[] dh = new float[size * hidden];
            float[] dMasked = new float[size * hidden];
            float[] dMemory = new float[size * hidden];
            float[] dPre = new float[size * width];
            for (int t = splits.length(order[first]) - 1; t >= 0; t--) {
                int active = Recurrence.active(splits, order, first, size, t);
                for (int i = 0; i < active; i++) {
                    int row = splits.start(order[first + i]) + t;
                    int before = t == 0 ? -1 : (row - 1) * hidden;
                    kernels.add(hidden, dStates, row * hidden, dh, i * hidden);
                    cell.backward(
                            hidden,
                            gates,
                            row * width,
                            memories,
                            before,
                            states,
                            row * hidden,
                            dh,
                            dMemory,
                            i * hidden,
                            dPre,
                            i * width);
                    System.arraycopy(dPre, i * width, dx, row * width, width);
                }
                u.multiply(kernels, active, dPre, 0, width, dMasked, 0, hidden, false);
                for (int i = 0; i < active; i++) {
                    for (int j = 0; j < hidden; j++) {
                        float m = mask == null ? 1 : mask[order[first + i] * hidden + j];
                        dh[i * hidden + j] = dMasked[i * hidden + j] * m;
                    }
                }
            }
        });
        if (recurrent.needsGradient()) {
            recurrent.accumulate(recurrentGradient(dx));
        }
        if (bias.needsGradient()) {
            bias.accumulate(Recurrence.columnSums(splits, dx, width));
        }
        x.accumulate(dx);
    }

    private float[] recurrentGradient(float[] dx) {
        float[] masked = new float[splits.rows() * hidden];
        Parallel.forEach(splits.count(), b -> {
            for (int t = 0; t < splits.length(b); t++) {
                Recurrence.maskedState(states, mask, splits, b, t, hidden, masked, (splits.start(b) + t) * hidden);
            }
        });
        float[] sum = new float[hidden * width];
        Recurrence.addProducts(splits, masked, hidden, dx, width, 0, width, sum);
        return sum;
    }
}
