package ttrnn.nn.optim;

import java.util.List;
import ttrnn.autograd.Gradients;
import ttrnn.nn.Parameter;

/**
 * Gradient descent with momentum, in Keras' form: v = momentum v - rate g, and w += v, or with Nesterov's look ahead w +=
 * momentum v - rate g (Sutskever et al. 2013, section 2). The rate is inside v: a change of rate does not change the steps
 * that v carries on. Without momentum w -= rate g.
 */
public final class Sgd implements Optimizer {
    private static final int VELOCITY = 0;

    private final Slots slots;
    private final float momentum;
    private final boolean nesterov;

    /** Plain descent: no momentum, nothing to remember. */
    public Sgd(List<Parameter> parameters) {
        this(parameters, 0, false);
    }

    /** Gradient descent; a momentum of 0 is plain descent. */
    public Sgd(List<Parameter> parameters, double momentum, boolean nesterov) {
        this.momentum = (float) Checks.share("sgd: momentum", momentum);
        this.nesterov = nesterov;
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("sgd: nesterov needs a momentum of more than 0");
        }
        this.slots = momentum == 0 ? new Slots("sgd", parameters) : new Slots("sgd", parameters, "velocity");
    }

    @Override
    public void step(Gradients gradients, double learningRate) {
        slots.count();
        float rate = (float) learningRate;
        List<Parameter> parameters = slots.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            float[] w = parameters.get(i).value().data();
            float[] g = gradients.of(parameters.get(i).value()).data();
            if (momentum == 0) {
                descend(w, g, rate);
            } else {
                descend(w, g, rate, slots.array(VELOCITY, i));
            }
        }
    }

    private static void descend(float[] w, float[] g, float rate) {
        for (int j = 0; j < w.length; j++) {
            w[j] = w[j] - rate * g[j];
        }
    }

    private void descend(float[] w, float[] g, float rate, float[] v) {
        for (int j = 0; j < w.length; j++) {
            float move = rate * g[j];
            v[j] = momentum * v[j] - move;
            w[j] = w[j] + (nesterov ? momentum * v[j] - move : v[j]);
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
