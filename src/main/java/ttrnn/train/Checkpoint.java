package ttrnn.train;

import java.util.List;
import java.util.Map;
import ttrnn.nn.Parameter;
import ttrnn.nn.optim.OptimizerState;
import ttrnn.tensor.Tensor;

/**
 * All that a training needs to go on between two steps. Order of clips and all randomness are functions of seed, epoch and
 * clip, so none of it is here.
 *
 * @param epoch in progress, from 1; one more than the epochs of the training when all have ended
 * @param step steps of that epoch that were made
 * @param steps steps of the whole training that were made
 * @param sums of the epoch in progress
 * @param rateFactor on the learning rate; below 1 after it was halved
 * @param rate what the schedule remembers
 * @param epochs those that have ended
 * @param best best weights so far
 * @param weights by name; the model's own arrays, or those that were read
 * @param optimizer what the optimiser remembers
 */
record Checkpoint(
        int epoch,
        int step,
        int steps,
        Sums sums,
        double rateFactor,
        LearningRate.State rate,
        List<EpochMetrics> epochs,
        Best best,
        Map<String, Tensor> weights,
        OptimizerState optimizer) {
    Checkpoint {
        epochs = List.copyOf(epochs);
    }

    /** For data that others were judged by: the best so far is not comparable. */
    Checkpoint withoutBest() {
        return new Checkpoint(epoch, step, steps, sums, rateFactor, rate, epochs, Best.NONE, weights, optimizer);
    }

    /** Copies weights into a model's parameters; all are checked before the first changes. */
    static void restore(String what, Map<String, Tensor> weights, List<Parameter> parameters) {
        for (Parameter parameter : parameters) {
            Tensor given = weights.get(parameter.name());
            if (given == null || !given.shape().equals(parameter.value().shape())) {
                throw new IllegalArgumentException("checkpoint: its " + what + " weights have "
                        + (given == null ? "no " + parameter.name() : parameter.name() + " " + given.shape())
                        + ", the model needs " + parameter.name() + " "
                        + parameter.value().shape());
            }
        }
        if (weights.size() != parameters.size()) {
            throw new IllegalArgumentException("checkpoint: its " + what + " weights are " + weights.size()
                    + " tensors, the model has " + parameters.size());
        }
        for (Parameter parameter : parameters) {
            Tensor given = weights.get(parameter.name());
            if (given != null) {
                System.arraycopy(given.data(), 0, parameter.value().data(), 0, given.size());
            }
        }
    }
}
