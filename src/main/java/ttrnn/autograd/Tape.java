package ttrnn.autograd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/**
 * Records the operations of one forward pass and differentiates their result once, backwards. A tape that does not
 * record computes values alone and keeps nothing. Not thread-safe; operations use the pool within themselves.
 */
public final class Tape {
    /** The gradient of one operation: takes dL/dy, row-major, and accumulates into the operation's inputs. */
    @FunctionalInterface
    public interface Backward {
        /** Adds to the gradients of the inputs; {@code dy} is the gradient of the output, row-major. */
        void apply(float[] dy);
    }

    private record Step(Variable result, Backward backward) {}

    private final boolean recording;
    private final Buffers buffers;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Tensor, Variable> leaves = new LinkedHashMap<>();
    /** How many of how many, by what they are. */
    private final Map<String, long[]> counts = new LinkedHashMap<>();

    private boolean used;

    private Tape(boolean recording, Buffers buffers) {
        this.recording = recording;
        this.buffers = buffers;
        buffers.reset();
    }

    /** A tape to differentiate. */
    public static Tape recording() {
        return recording(new Buffers());
    }

    /**
     * A tape to differentiate that reuses the memory of the tapes before it with these buffers: values of their operations
     * must not be used any more.
     */
    public static Tape recording(Buffers buffers) {
        return new Tape(true, buffers);
    }

    /** A tape for values alone: nothing on it needs a gradient, and intermediate values are garbage at once. */
    public static Tape withoutGradients() {
        return withoutGradients(new Buffers());
    }

    /** A tape for values alone that reuses memory as in {@link #recording(Buffers)}. */
    public static Tape withoutGradients(Buffers buffers) {
        return new Tape(false, buffers);
    }

    /** Whether operations are recorded, so that there can be gradients. */
    public boolean isRecording() {
        return recording;
    }

    /** Where operations take memory from. */
    public Buffers buffers() {
        return buffers;
    }

    /** A value without gradient. */
    public Variable constant(Tensor value) {
        return new Variable(this, "constant", value, false);
    }

    /** A leaf with gradient; the same tensor gives the same variable, so its uses add up. */
    public Variable leaf(Tensor value) {
        return leaves.computeIfAbsent(value, v -> new Variable(this, "leaf", v, recording));
    }

    /**
     * Records an operation's result.
     *
     * @param operation name for messages
     * @param shape of the result
     * @param y the result, row-major, which the tape takes over
     * @param backward its gradient; dropped if no input needs one
     * @param inputs what it was made from, all on this tape
     */
    public Variable record(String operation, Shape shape, float[] y, Backward backward, Variable... inputs) {
        boolean needsGradient = false;
        for (Variable input : inputs) {
            if (input.tape() != this) {
                throw new IllegalArgumentException(operation + ": an input of shape " + input.shape()
                        + " lies on another tape; all inputs must come from one");
            }
            needsGradient |= input.needsGradient();
        }
        Variable result = new Variable(this, operation, Tensor.of(y, shape), needsGradient);
        if (needsGradient) {
            if (used) {
                throw new IllegalStateException(operation + ": this tape was already differentiated; use a new one");
            }
            steps.add(new Step(result, backward));
        }
        return result;
    }

    /** For operations to leave a figure with whoever watches a training: {@code part} of {@code whole} values are {@code what}. */
    public void count(String what, long part, long whole) {
        long[] sum = counts.computeIfAbsent(what, name -> new long[2]);
        sum[0] += part;
        sum[1] += whole;
    }

    /** What was counted so: a part, and the whole; zeros if nothing was. */
    public long[] counted(String what) {
        return counts.getOrDefault(what, new long[2]).clone();
    }

    /** The share of what was counted so; NaN if nothing was. */
    public double share(String what) {
        long[] sum = counted(what);
        return (double) sum[0] / sum[1];
    }

    /**
     * Gradients of {@code loss}, a single element, with respect to every leaf. What the operations kept is freed on the
     * way, so a tape can be differentiated once.
     */
    public Gradients backward(Variable loss) {
        if (loss.tape() != this) {
            throw new IllegalArgumentException("backward: the loss lies on another tape");
        }
        if (loss.shape().size() != 1) {
            throw new IllegalArgumentException("backward: the loss must be one element, its shape is " + loss.shape());
        }
        if (!recording) {
            throw new IllegalStateException("backward: this tape does not record; use Tape.recording()");
        }
        if (used) {
            throw new IllegalStateException(
                    "backward: this tape was already differentiated; run the forward pass again on a new tape");
        }
        used = true;
        loss.accumulate(new float[] {1});
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.remove(i);
            float[] dy = step.result.takeGradient();
            if (dy != null) {
                step.backward.apply(dy);
            }
        }
        Map<Tensor, Tensor> gradients = new LinkedHashMap<>();
        leaves.forEach((tensor, leaf) -> {
            float[] gradient = leaf.takeGradient();
            gradients.put(
                    tensor, gradient == null ? Tensor.zeros(tensor.shape()) : Tensor.of(gradient, tensor.shape()));
        });
        return new Gradients(gradients);
    }
}
