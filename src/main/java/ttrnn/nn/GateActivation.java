package ttrnn.nn;

import java.util.Locale;
import ttrnn.kernel.FloatKernels;

/** What squashes the gates of a cell to 0 … 1. */
public enum GateActivation {
    /** clip(0.2 v + 0.5, 0, 1), as in Keras 1 and 2 and so in the published experiments; no gradient where it clips. */
    HARD_SIGMOID {
        @Override
        void apply(FloatKernels kernels, int n, float[] v, int offset) {
            kernels.hardSigmoid(n, v, offset, v, offset);
        }

        @Override
        float derivative(float y) {
            return y > 0 && y < 1 ? 0.2f : 0;
        }
    },
    /** The logistic function. */
    SIGMOID {
        @Override
        void apply(FloatKernels kernels, int n, float[] v, int offset) {
            kernels.sigmoid(n, v, offset, v, offset);
        }

        @Override
        float derivative(float y) {
            return y * (1 - y);
        }
    };

    /** Replaces n values by their activations. */
    abstract void apply(FloatKernels kernels, int n, float[] v, int offset);

    /** Derivative from the activation itself. */
    abstract float derivative(float y);

    /** What {@link ttrnn.autograd.Tape#share} is asked for: gates so near to 0 or 1 that hardly a gradient passes. */
    public static final String SATURATED = "saturated gates";

    /** A gate whose derivative is smaller counts as saturated. */
    private static final float SMALL = 0.01f;

    /** How many of n activations are saturated. */
    final int saturated(int n, float[] y, int offset) {
        int count = 0;
        for (int i = offset; i < offset + n; i++) {
            count += derivative(y[i]) < SMALL ? 1 : 0;
        }
        return count;
    }

    /** {@code hard-sigmoid} or {@code sigmoid}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
