package ttrnn.nn.optim;

import java.util.List;
import ttrnn.autograd.Gradients;
import ttrnn.kernel.Kernels;
import ttrnn.nn.Parameter;

/** Limits on gradients. */
public final class GradientClipping {
    private GradientClipping() {}

    /** Euclidean norm over all parameters' gradients, parameter by parameter in order. */
    public static double norm(List<Parameter> parameters, Gradients gradients) {
        double squares = 0;
        for (Parameter parameter : parameters) {
            float[] g = gradients.of(parameter.value()).data();
            squares += Kernels.get().dot(g.length, g, 0, g, 0);
        }
        return StrictMath.sqrt(squares);
    }

    /**
     * Scales all gradients down so that their common norm is at most {@code limit} (Pascanu et al. 2013, algorithm 1).
     *
     * @return the norm before
     */
    public static double clipNorm(List<Parameter> parameters, Gradients gradients, double limit) {
        Checks.positive("clip norm", limit);
        double norm = norm(parameters, gradients);
        if (norm > limit) {
            float factor = (float) (limit / norm);
            for (Parameter parameter : parameters) {
                float[] g = gradients.of(parameter.value()).data();
                for (int i = 0; i < g.length; i++) {
                    g[i] *= factor;
                }
            }
        }
        return norm;
    }

    /** Brings every element of all gradients into -limit … limit; what is no number stays none. */
    public static void clipValue(List<Parameter> parameters, Gradients gradients, double limit) {
        float most = (float) Checks.positive("clip value", limit);
        for (Parameter parameter : parameters) {
            float[] g = gradients.of(parameter.value()).data();
            for (int i = 0; i < g.length; i++) {
                g[i] = Math.max(-most, Math.min(most, g[i]));
            }
        }
    }
}
