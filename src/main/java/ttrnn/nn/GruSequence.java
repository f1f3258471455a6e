package ttrnn.nn;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
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
 * Gated recurrent unit over whole sequences, as one operation.
 *
 * <pre>
 * z = gate(x_z + b_z + (h * m) U_z)      r = gate(x_r + b_r + (h * m) U_r)
 * c = tanh(x_h + b_h + (r * h * m) U_h)  h' = z h + (1 - z) c
 * </pre>
 *
 * <p>The state starts at zero or as given; m is the sequence's recurrent dropout mask, one for all gates and steps. Shapes
 * x [rows, 3 hidden] (the projected input, gates in the order z, r, h), U [hidden, 3 hidden], b [3 hidden], initial state
 * [sequences, hidden], result [rows, hidden], the state after each step; rows are the steps of the sequences of {@code
 * splits}, none padded.
 *
 * <p>Gradient: to x, U, b and the initial state. U's and b's are sums over each sequence's steps, added sequence by
 * sequence in order. Kept: the gates and states of all steps.
 *
 * <p>Cho et al. 2014; the reset gate before the recurrent product, as in the authors' TTRNN.py (class TT_GRU) and Keras 1.
 */
public final class GruSequence {
    /** Sequences that run through the steps together. */
    private static final int GROUP = 8;

    private final FloatKernels kernels = Kernels.get();
    private final Variable x;
    private final Variable recurrent;
    private final Variable bias;
    private final InitialState initial;
    private final RowSplits splits;
    private final GateActivation activation;
    private final float @Nullable [] mask;
    private final int hidden;
    private final Buffers buffers;
    /** z, r, c of each step, [rows, 3 hidden]. */
    private final float[] gates;
    /** h of each step, [rows, hidden]. */
    private final float[] states;
    /** Sequences, longest first. */
    private final int[] order;

    private GruSequence(
            Variable x,
            Variable recurrent,
            Variable bias,
            InitialState initial,
            RowSplits splits,
            GateActivation activation,
            float @Nullable [] mask) {
        this.x = x;
        this.recurrent = recurrent;
        this.bias = bias;
        this.initial = initial;
        this.splits = splits;
        this.activation = activation;
        this.mask = mask;
        this.hidden = recurrent.shape().dimension(0);
        this.buffers = x.tape().buffers();
        this.gates = buffers.untilReset(splits.rows() * 3 * hidden);
        this.states = buffers.untilReset(splits.rows() * hidden);
        this.order = Recurrence.longestFirst(splits);
    }

    /**
     * Runs the cell over the sequences.
     *
     * @param initial states before the first steps, [sequences, hidden]; null for zeros
     * @param mask recurrent dropout masks [sequences, hidden], already scaled by 1 / keep; null for none
     */
    public static Variable apply(
            Variable x,
            Variable recurrent,
            Variable bias,
            @Nullable Variable initial,
            RowSplits splits,
            GateActivation activation,
            float @Nullable [] mask) {
        Recurrence.check("gru", 3, x, recurrent, bias, splits, mask);
        int hidden = recurrent.shape().dimension(0);
        InitialState start = InitialState.of("gru", initial, splits.count(), hidden);
        GruSequence gru = new GruSequence(x, recurrent, bias, start, splits, activation, mask);
        gru.forward();
        if (x.tape().isRecording()) {
            gru.countSaturated();
        }
        return x.tape()
                .record(
                        "gru",
                        Shape.of(splits.rows(), hidden),
                        gru.states,
                        gru::backward,
                        start.inputs(x, recurrent, bias));
    }

    private void forward() {
        int h = hidden;
        Panels zr = Panels.of(recurrent.data(), h, 3 * h, 0, 2 * h, buffers::untilReset);
        Panels c = Panels.of(recurrent.data(), h, 3 * h, 2 * h, h, buffers::untilReset);
        Parallel.forEach(Recurrence.groups(splits, GROUP), group -> {
            int first = group * GROUP;
            int size = Math.min(GROUP, splits.count() - first);
            float[] masked = new float[size * h];
            float[] pre = new float[size * 3 * h];
            for (int t = 0; t < splits.length(order[first]); t++) {
                int active = Recurrence.active(splits, order, first, size, t);
                for (int i = 0; i < active; i++) {
                    int row = splits.start(order[first + i]) + t;
                    for (int j = 0; j < 3 * h; j++) {
                        pre[i * 3 * h + j] = x.data()[row * 3 * h + j] + bias.data()[j];
                    }
                    Recurrence.maskedState(initial, states, mask, splits, order[first + i], t, h, masked, i * h);
                }
                zr.multiply(kernels, active, masked, 0, h, pre, 0, 3 * h, true);
                for (int i = 0; i < active; i++) {
                    activation.apply(kernels, 2 * h, pre, i * 3 * h);
                    for (int j = 0; j < h; j++) {
                        masked[i * h + j] *= pre[i * 3 * h + h + j];
                    }
                }
                c.multiply(kernels, active, masked, 0, h, pre, 2 * h, 3 * h, true);
                for (int i = 0; i < active; i++) {
                    int sequence = order[first + i];
                    int row = splits.start(sequence) + t;
                    int at = i * 3 * h;
                    kernels.tanh(h, pre, at + 2 * h, pre, at + 2 * h);
                    float[] before = t == 0 ? initial.values() : states;
                    int from = t == 0 ? sequence * h : (row - 1) * h;
                    for (int j = 0; j < h; j++) {
                        float z = pre[at + j];
                        states[row * h + j] = z * before[from + j] + (1 - z) * pre[at + 2 * h + j];
                    }
                    System.arraycopy(pre, at, gates, row * 3 * h, 3 * h);
                }
            }
        });
    }

    private void countSaturated() {
        LongAdder saturated = new LongAdder();
        Parallel.forEach(splits.count(), b -> {
            long count = 0;
            for (int row = splits.start(b); row < splits.start(b + 1); row++) {
                count += activation.saturated(2 * hidden, gates, row * 3 * hidden);
            }
            saturated.add(count);
        });
        x.tape().count(GateActivation.SATURATED, saturated.sum(), 2L * hidden * splits.rows());
    }

    private void backward(float[] dStates) {
        int h = hidden;
        // dL/d(sum before the activation) of each step and gate, which is also the gradient of x.
        float[] dx = buffers.untilReset(splits.rows() * 3 * h);
        float[] dInitial = new float[splits.count() * h];
        Panels zr = Panels.transposed(recurrent.data(), h, 3 * h, 0, 2 * h, buffers::untilReset);
        Panels c = Panels.transposed(recurrent.data(), h, 3 * h, 2 * h, h, buffers::untilReset);
        Parallel.forEach(Recurrence.groups(splits, GROUP), group -> {
            int first = group * GROUP;
            int size = Math.min(GROUP, splits.count() - first);
            float[] dh = new float[size * h];
            float[] dReset = new float[size * h];
            float[] dPre = new float[size * 3 * h];
            for (int t = splits.length(order[first]) - 1; t >= 0; t--) {
                int active = Recurrence.active(splits, order, first, size, t);
                for (int i = 0; i < active; i++) {
                    int sequence = order[first + i];
                    int row = splits.start(sequence) + t;
                    float[] before = t == 0 ? initial.values() : states;
                    int from = t == 0 ? sequence * h : (row - 1) * h;
                    kernels.add(h, dStates, row * h, dh, i * h);
                    for (int j = 0; j < h; j++) {
                        float z = gates[row * 3 * h + j];
                        float candidate = gates[row * 3 * h + 2 * h + j];
                        float d = dh[i * h + j];
                        dPre[i * 3 * h + j] = d * (before[from + j] - candidate) * activation.derivative(z);
                        dPre[i * 3 * h + 2 * h + j] = d * (1 - z) * (1 - candidate * candidate);
                        dh[i * h + j] = d * z;
                    }
                }
                c.multiply(kernels, active, dPre, 2 * h, 3 * h, dReset, 0, h, false);
                for (int i = 0; i < active; i++) {
                    int sequence = order[first + i];
                    int row = splits.start(sequence) + t;
                    float[] before = t == 0 ? initial.values() : states;
                    int from = t == 0 ? sequence * h : (row - 1) * h;
                    for (int j = 0; j < h; j++) {
                        float r = gates[row * 3 * h + h + j];
                        float d = dReset[i * h + j];
                        dPre[i * 3 * h + h + j] =
                                d * (before[from + j] * factor(sequence, j)) * activation.derivative(r);
                        dReset[i * h + j] = d * r;
                    }
                }
                // dReset becomes the gradient of the masked state.
                zr.multiply(kernels, active, dPre, 0, 3 * h, dReset, 0, h, true);
                for (int i = 0; i < active; i++) {
                    int sequence = order[first + i];
                    for (int j = 0; j < h; j++) {
                        dh[i * h + j] += dReset[i * h + j] * factor(sequence, j);
                    }
                    System.arraycopy(dPre, i * 3 * h, dx, (splits.start(sequence) + t) * 3 * h, 3 * h);
                }
            }
            for (int i = 0; i < size; i++) {
                System.arraycopy(dh, i * h, dInitial, order[first + i] * h, h);
            }
        });
        initial.accumulate(dInitial);
        if (recurrent.needsGradient()) {
            recurrent.accumulate(recurrentGradient(dx));
        }
        if (bias.needsGradient()) {
            bias.accumulate(Recurrence.columnSums(splits, dx, 3 * h));
        }
        x.accumulate(dx);
    }

    private float[] recurrentGradient(float[] dx) {
        int h = hidden;
        float[] masked = buffers.take(splits.rows() * h);
        float[] reset = buffers.take(splits.rows() * h);
        Parallel.forEach(splits.count(), b -> {
            for (int t = 0; t < splits.length(b); t++) {
                int row = splits.start(b) + t;
                Recurrence.maskedState(initial, states, mask, splits, b, t, h, masked, row * h);
                for (int j = 0; j < h; j++) {
                    reset[row * h + j] = masked[row * h + j] * gates[row * 3 * h + h + j];
                }
            }
        });
        float[] sum = buffers.untilReset(h * 3 * h);
        Arrays.fill(sum, 0);
        Recurrence.addProducts(buffers, splits, masked, h, dx, 3 * h, 0, 2 * h, sum);
        Recurrence.addProducts(buffers, splits, reset, h, dx, 3 * h, 2 * h, h, sum);
        buffers.give(masked);
        buffers.give(reset);
        return sum;
    }

    private float factor(int sequence, int j) {
        return mask == null ? 1 : mask[sequence * hidden + j];
    }
}
