package ttrnn.nn.optim;

/**
 * Settings of all optimisers; each reads its own.
 *
 * @param momentum of sgd
 * @param nesterov whether sgd looks ahead
 * @param beta1 share of the past in the running mean of gradients (adam, adamw)
 * @param beta2 share of the past in the running mean of their squares (adam, adamw)
 * @param rho share of the past in the running mean of squares (rmsprop)
 * @param epsilon added to the root (adam, adamw, rmsprop)
 * @param form where epsilon stands (adam, adamw)
 * @param weightDecay of adamw
 */
public record OptimizerSettings(
        double momentum,
        boolean nesterov,
        double beta1,
        double beta2,
        double rho,
        double epsilon,
        Adam.Form form,
        double weightDecay) {

    /** Those of Keras 1: no momentum, 0.9, 0.999, 0.9, 1e-8 outside the root; a weight decay of 0.01 as in PyTorch. */
    public static OptimizerSettings defaults() {
        return new OptimizerSettings(0, false, 0.9, 0.999, 0.9, 1e-8, Adam.Form.KERAS, 0.01);
    }

    /** The same with another momentum of sgd, by Nesterov or not. */
    public OptimizerSettings withMomentum(double value, boolean lookAhead) {
        return new OptimizerSettings(value, lookAhead, beta1, beta2, rho, epsilon, form, weightDecay);
    }

    /** The same with other decays of Adam's moments. */
    public OptimizerSettings withBetas(double first, double second) {
        return new OptimizerSettings(momentum, nesterov, first, second, rho, epsilon, form, weightDecay);
    }

    /** The same with another decay of rmsprop's mean square. */
    public OptimizerSettings withRho(double value) {
        return new OptimizerSettings(momentum, nesterov, beta1, beta2, value, epsilon, form, weightDecay);
    }

    /** The same with another epsilon, in another place. */
    public OptimizerSettings withEpsilon(double value, Adam.Form place) {
        return new OptimizerSettings(momentum, nesterov, beta1, beta2, rho, value, place, weightDecay);
    }

    /** The same with another decay of adamw. */
    public OptimizerSettings withWeightDecay(double value) {
        return new OptimizerSettings(momentum, nesterov, beta1, beta2, rho, epsilon, form, value);
    }
}
