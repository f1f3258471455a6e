package ttrnn.nn.optim;

import java.util.ArrayList;
import java.util.List;
import ttrnn.autograd.Gradients;
import ttrnn.kernel.Kernels;
import ttrnn.nn.Parameter;

/**
 * Adam in Keras' form: step t moves w by -rate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon), m and v being
 * running means of the gradient and its square (Kingma and Ba 2015, section 2, last remark).
 */
public final class Adam {
    private final List<Parameter> parameters;
    private final float beta1 = 0.9f;
    private final float beta2 = 0.999f;
    private final float epsilon = 1e-8f;
    private final List<float[]> means = new ArrayList<>();
    private final List<float[]> squares = new ArrayList<>();
    private int steps;

    public Adam(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
        for (Parameter parameter : parameters) {
            means.add(new float[parameter.value().size()]);
            squares.add(new float[parameter.value().size()]);
        }
    }

    /** Moves all parameters by one step. */
    public void step(Gradients gradients, double learningRate) {
        steps++;
        double correction = StrictMath.sqrt(1 - StrictMath.pow(beta2, steps)) / (1 - StrictMath.pow(beta1, steps));
        for (int i = 0; i < parameters.size(); i++) {
            float[] w = parameters.get(i).value().data();
            Kernels.get()
                    .adam(
                            w.length,
                            gradients.of(parameters.get(i).value()).data(),
                            (float) (learningRate * correction),
                            beta1,
                            beta2,
                            epsilon,
                            means.get(i),
                            squares.get(i),
                            w);
        }
    }
}
