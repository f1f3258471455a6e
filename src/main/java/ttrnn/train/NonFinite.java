package ttrnn.train;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Gradients;
import ttrnn.nn.Parameter;

/** What to do when a loss or a gradient is infinite or no number, and how to find which. */
public enum NonFinite {
    /** The training ends; the state before the step is kept. */
    STOP,
    /** The step is left out. */
    SKIP,
    /** The step is left out, and the learning rate is half as high from then on. */
    HALVE_RATE;

    /** For example {@code halve-rate}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What of a step is not finite: "the loss", "the gradient of rnn.core.0"; null if all is well. */
    static @Nullable String of(double loss, double norm, List<Parameter> parameters, Gradients gradients) {
        if (!Double.isFinite(loss)) {
            return "the loss";
        }
        if (Double.isFinite(norm)) {
            return null;
        }
        for (Parameter parameter : parameters) {
            if (!finite(gradients.of(parameter.value()).data())) {
                return "the gradient of " + parameter.name();
            }
        }
        return "the norm of the gradient";
    }

    /** The first parameter that is not finite: "the weights of head.bias"; null if all are. */
    static @Nullable String of(List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            if (!finite(parameter.value().data())) {
                return "the weights of " + parameter.name();
            }
        }
        return null;
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
