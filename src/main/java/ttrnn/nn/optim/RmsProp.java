package ttrnn.nn.optim;

import java.util.List;
import ttrnn.autograd.Gradients;
import ttrnn.nn.Parameter;

/**
 * RMSprop (Tieleman and Hinton 2012, lecture 6.5): v = rho v + (1 - rho) g^2, w -= rate g / (sqrt(v) + epsilon). Not
 * centred, without momentum. Keras 1 has rho 0.9, PyTorch calls it alpha and has 0.99; both have epsilon 1e-8 outside the
 * root.
 */
public final class RmsProp implements Optimizer {
    private static final int SQUARE = 0;

    private final Slots slots;
    private final float rho;
    private final float epsilon;

    /** RMSprop with the defaults of Keras 1. */
    public RmsProp(List<Parameter> parameters) {
        this(parameters, 0.9, 1e-8);
    }

    /** RMSProp with the mean squares at zero. */
    public RmsProp(List<Parameter> parameters, double rho, double epsilon) {
        this.slots = new Slots("rmsprop", parameters, "square");
        this.rho = (float) Checks.share("rmsprop: rho", rho);
        this.epsilon = (float) Checks.positive("rmsprop: epsilon", epsilon);
    }

    @Override
    public void step(Gradients gradients, double learningRate) {
        slots.count();
        float rate = (float) learningRate;
        float rest = 1 - rho;
        List<Parameter> parameters = slots.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            float[] w = parameters.get(i).value().data();
            float[] g = gradients.of(parameters.get(i).value()).data();
            float[] v = slots.array(SQUARE, i);
            for (int j = 0; j < w.length; j++) {
                v[j] = rho * v[j] + rest * g[j] * g[j];
                w[j] = w[j] - rate * g[j] / ((float) Math.sqrt(v[j]) + epsilon);
            }
        }
    }

    @Override
    public OptimizerState state() {
        return slots.state();
    }

    @Override
    public void restore(OptimizerState state) {
        slots.restore(state);
    }
}
