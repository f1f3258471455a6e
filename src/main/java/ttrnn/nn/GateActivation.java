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

    /** {@code hard-sigmoid} or {@code sigmoid}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
