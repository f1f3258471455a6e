package ttrnn.autograd;

import org.jspecify.annotations.Nullable;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/** A value on a {@link Tape}: a leaf, or the result of an operation. */
public final class Variable {
    private final Tape tape;
    private final String operation;
    private final Tensor value;
    private final boolean needsGradient;
    private float @Nullable [] gradient;

    Variable(Tape tape, String operation, Tensor value, boolean needsGradient) {
        this.tape = tape;
        this.operation = operation;
        this.value = value;
        this.needsGradient = needsGradient;
    }

    /** The tape that recorded it. */
    public Tape tape() {
        return tape;
    }

    /** The operation that made it; {@code leaf} or {@code constant} if none did. */
    public String operation() {
        return operation;
    }

    /** The shape of its value. */
    public Shape shape() {
        return value.shape();
    }

    /** What the operation computed, or the leaf holds; not a copy. */
    public Tensor value() {
        return value;
    }

    /** The elements, row-major; not to be changed. */
    public float[] data() {
        return value.data();
    }

    /** Whether a leaf that wants a gradient is among what it was made from. */
    public boolean needsGradient() {
        return needsGradient;
    }

    /**
     * The same value cut off from what it was made from: no gradient flows through it.
     */
    public Variable detach() {
        return tape.constant(value);
    }

    /**
     * Adds to this variable's gradient: called by the gradients of operations. The first array is kept, later ones are
     * added to it, so the caller gives the array away; an operation may give away its {@code dy}, but only once.
     */
    public void accumulate(float[] addend) {
        if (!needsGradient) {
            return;
        }
        if (addend.length != value.size()) {
            throw new IllegalStateException(
                    "gradient of " + operation + ": " + addend.length + " values for shape " + value.shape());
        }
        if (gradient == null) {
            gradient = addend;
        } else {
            Kernels.get().add(addend.length, addend, 0, gradient, 0);
        }
    }

    float @Nullable [] takeGradient() {
        float[] taken = gradient;
        gradient = null;
        return taken;
    }

    @Override
    public String toString() {
        return operation + value.shape();
    }
}
