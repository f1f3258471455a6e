package ttrnn.nn;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Variable;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Panels;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Shape;

/**
 * A cell whose gates come from one product, run over whole sequences as one operation: the simple recurrent cell and the
 * LSTM.
 *
 * <p>Each step takes x + b + (h * m) U through the cell's activations. The state starts at zero or as given; m is the
 * sequence's recurrent dropout mask, one for all gates and steps. Shapes x [rows, gates hidden], U [hidden, gates hidden],
 * b [gates hidden], initial state [sequences, state], result [rows, state], the state after each step: h, and for the LSTM
 * c after it, so that state is hidden or 2 hidden; rows are the steps of the sequences of {@code splits}.
 *
 * <p>Gradient: to x, U, b and the initial state, as in {@link GruSequence}. Kept: gates and states of all steps.
 */
public final class CellSequence {
    /** Sequences that run through the steps together. */
    private static final int GROUP = 8;

    private final FloatKernels kernels = Kernels.get();
    private final RecurrentCell cell;
    private final Variable x;
    private final Variable recurrent;
    private final Variable bias;
    private final InitialState initial;
    private final RowSplits splits;
    private final float @Nullable [] mask;
    private final int hidden;
    /** Gates of a step. */
    private final int width;
    /** Values of a state: h, c. */
    private final int size;

    private final Buffers buffers;
    private final float[] gates;
    private final float[] states;
    private final int[] order;

    private CellSequence(
            RecurrentCell cell,
            Variable x,
            Variable recurrent,
            Variable bias,
            InitialState initial,
            RowSplits splits,
            float @Nullable [] mask) {
        this.cell = cell;
        this.x = x;
        this.recurrent = recurrent;
        this.bias = bias;
        this.initial = initial;
        this.splits = splits;
        this.mask = mask;
        this.hidden = recurrent.shape().dimension(0);
        this.width = cell.gates() * hidden;
        this.size = initial.width();
        this.buffers = x.tape().buffers();
        this.gates = buffers.untilReset(splits.rows() * width);
        this.states = buffers.untilReset(splits.rows() * size);
        this.order = Recurrence.longestFirst(splits);
    }

    /** Simple recurrent cells, h' = tanh(x + b + (h * m) U); {@code mask} [sequences, hidden] or null. */
    public static Variable simple(
            Variable x,
            Variable recurrent,
            Variable bias,
            @Nullable Variable initial,
            RowSplits splits,
            float @Nullable [] mask) {
        return apply(new SimpleCell(), x, recurrent, bias, initial, splits, mask);
    }

    /** LSTM cells, gates in the order i, f, g, o; {@code mask} [sequences, hidden] or null. */
    public static Variable lstm(
            Variable x,
            Variable recurrent,
            Variable bias,
            @Nullable Variable initial,
            RowSplits splits,
            GateActivation activation,
            float @Nullable [] mask) {
        return apply(new LstmCell(activation), x, recurrent, bias, initial, splits, mask);
    }

    static Variable apply(
            RecurrentCell cell,
            Variable x,
            Variable recurrent,
            Variable bias,
            @Nullable Variable initial,
            RowSplits splits,
            float @Nullable [] mask) {
        Recurrence.check(cell.name(), cell.gates(), x, recurrent, bias, splits, mask);
        int size = (cell.hasMemory() ? 2 : 1) * recurrent.shape().dimension(0);
        InitialState start = InitialState.of(cell.name(), initial, splits.count(), size);
        CellSequence sequence = new CellSequence(cell, x, recurrent, bias, start, splits, mask);
        sequence.forward();
        if (x.tape().isRecording() && cell.gateValues(1) > 0) {
            sequence.countSaturated();
        }
        return x.tape()
                .record(
                        cell.name(),
                        Shape.of(splits.rows(), size),
                        sequence.states,
                        sequence::backward,
                        start.inputs(x, recurrent, bias));
    }

    private void forward() {
        Panels u = Panels.of(recurrent.data(), hidden, width, 0, width, buffers::untilReset);
        Parallel.forEach(Recurrence.groups(splits, GROUP), group -> {
            int first = group * GROUP;
            int count = Math.min(GROUP, splits.count() - first);
            float[] masked = new float[count * hidden];
            float[] pre = new float[count * width];
            for (int t = 0; t < splits.length(order[first]); t++) {
                int active = Recurrence.active(splits, order, first, count, t);
                for (int i = 0; i < active; i++) {
                    int sequence = order[first + i];
                    int row = splits.start(sequence) + t;
                    for (int j = 0; j < width; j++) {
                        pre[i * width + j] = x.data()[row * width + j] + bias.data()[j];
                    }
                    Recurrence.maskedState(initial, states, mask, splits, sequence, t, hidden, masked, i * hidden);
                }
                u.multiply(kernels, active, masked, 0, hidden, pre, 0, width, true);
                for (int i = 0; i < active; i++) {
                    int row = splits.start(order[first + i]) + t;
                    float[] before = t == 0 ? initial.values() : states;
                    int from = (t == 0 ? order[first + i] : row - 1) * size;
                    cell.forward(kernels, hidden, pre, i * width, before, from, states, row * size);
                    System.arraycopy(pre, i * width, gates, row * width, width);
                }
            }
        });
    }

    private void countSaturated() {
        long saturated = 0;
        for (int row = 0; row < splits.rows(); row++) {
            saturated += cell.saturated(hidden, gates, row * width);
        }
        x.tape().count(GateActivation.SATURATED, saturated, (long) cell.gateValues(hidden) * splits.rows());
    }

    private void backward(float[] dStates) {
        float[] dx = buffers.untilReset(splits.rows() * width);
        float[] dInitial = new float[splits.count() * size];
        Panels u = Panels.transposed(recurrent.data(), hidden, width, 0, width, buffers::untilReset);
        Parallel.forEach(Recurrence.groups(splits, GROUP), group -> {
            int first = group * GROUP;
            int count = Math.min(GROUP, splits.count() - first);
            float[] dState = new float[count * size];
            float[] dMasked = new float[count * hidden];
            float[] dPre = new float[count * width];
            for (int t = splits.length(order[first]) - 1; t >= 0; t--) {
                int active = Recurrence.active(splits, order, first, count, t);
                for (int i = 0; i < active; i++) {
                    int row = splits.start(order[first + i]) + t;
                    float[] before = t == 0 ? initial.values() : states;
                    int from = (t == 0 ? order[first + i] : row - 1) * size;
                    kernels.add(size, dStates, row * size, dState, i * size);
                    cell.backward(
                            kernels,
                            hidden,
                            gates,
                            row * width,
                            before,
                            from,
                            states,
                            row * size,
                            dState,
                            i * size,
                            dPre,
                            i * width);
                    System.arraycopy(dPre, i * width, dx, row * width, width);
                }
                u.multiply(kernels, active, dPre, 0, width, dMasked, 0, hidden, false);
                for (int i = 0; i < active; i++) {
                    for (int j = 0; j < hidden; j++) {
                        float m = mask == null ? 1 : mask[order[first + i] * hidden + j];
                        dState[i * size + j] = dMasked[i * hidden + j] * m;
                    }
                }
            }
            for (int i = 0; i < count; i++) {
                System.arraycopy(dState, i * size, dInitial, order[first + i] * size, size);
            }
        });
        initial.accumulate(dInitial);
        if (recurrent.needsGradient()) {
            recurrent.accumulate(recurrentGradient(dx));
        }
        if (bias.needsGradient()) {
            bias.accumulate(Recurrence.columnSums(splits, dx, width));
        }
        x.accumulate(dx);
    }

    private float[] recurrentGradient(float[] dx) {
        float[] masked = buffers.take(splits.rows() * hidden);
        Parallel.forEach(splits.count(), b -> {
            for (int t = 0; t < splits.length(b); t++) {
                int at = (splits.start(b) + t) * hidden;
                Recurrence.maskedState(initial, states, mask, splits, b, t, hidden, masked, at);
            }
        });
        float[] sum = buffers.untilReset(hidden * width);
        Arrays.fill(sum, 0);
        Recurrence.addProducts(buffers, splits, masked, hidden, dx, width, 0, width, sum);
        buffers.give(masked);
        return sum;
    }
}
