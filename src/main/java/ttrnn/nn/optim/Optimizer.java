package ttrnn.nn.optim;

import ttrnn.autograd.Gradients;

/**
 * Moves weights against their gradients. What an optimiser remembers from step to step can be taken out and put into a new
 * one over the same parameters, which then goes on with the same bits.
 */
public interface Optimizer {
    /** Moves all parameters by one step, in place. */
    void step(Gradients gradients, double learningRate);

    /** A copy of what it remembers. */
    OptimizerState state();

    /**
     * Goes on from a state, which is copied.
     *
     * @throws IllegalArgumentException naming the first array that is missing, too many or of the wrong shape
     */
    void restore(OptimizerState state);
}
