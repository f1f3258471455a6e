package ttrnn.nn.optim;

import java.util.List;
import ttrnn.autograd.Gradients;
import ttrnn.nn.Parameter;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2): before the step, w -= rate decay w; the
 * decay never enters the running means.
 *
 * <p>Only what has two axes or more decays: matrices and the cores of tensor trains, not biases, whose size says nothing
 * about how complex a model is. A train of d cores so shrinks by (1 - rate decay)^d a step. As in PyTorch the decay is
 * multiplied by the rate, schedule included; in the paper by the schedule's factor alone.
 */
public final class AdamW implements Optimizer {
    private final Adam adam;
    private final List<Parameter> decaying;
    private final double decay;

    /** AdamW with both moments at zero. */
    public AdamW(List<Parameter> parameters, Adam.Form form, double beta1, double beta2, double epsilon, double decay) {
        this.adam = new Adam("adamw", parameters, form, beta1, beta2, epsilon);
        this.decaying = parameters.stream()
                .filter(parameter -> parameter.value().shape().rank() >= 2)
                .toList();
        this.decay = Checks.notNegative("adamw: weight decay", decay);
    }

    @Override
    public void step(Gradients gradients, double learningRate) {
        float share = (float) (learningRate * decay);
        for (Parameter parameter : decaying) {
            float[] w = parameter.value().data();
            for (int i = 0; i < w.length; i++) {
                w[i] = w[i] - share * w[i];
            }
        }
        adam.step(gradients, learningRate);
    }

    @Override
    public OptimizerState state() {
        return adam.state();
    }

    @Override
    public void restore(OptimizerState state) {
        adam.restore(state);
    }
}
