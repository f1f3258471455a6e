package ttrnn.train;

import java.util.List;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.kernel.Kernels;
import ttrnn.nn.Classifier;
import ttrnn.nn.Parameter;
import ttrnn.nn.optim.GradientClipping;
import ttrnn.nn.optim.Optimizer;
import ttrnn.nn.optim.OptimizerState;
import ttrnn.tensor.Tensor;

/** How a gradient moves the weights: the head's penalty is added, the gradient is limited, the optimiser steps at its rate. */
final class Descent {
    private final TrainConfig config;
    private final Tensor head;
    private final List<Parameter> parameters;
    private final Optimizer optimizer;
    private final LearningRate rate;
    /** What halved rates have left of the schedule's. */
    private double factor = 1;

    Descent(TrainConfig config, Classifier model, int stepsPerEpoch) {
        this.config = config;
        this.head = model.head().weight();
        this.parameters = model.parameters();
        this.optimizer = config.get(Settings.OPTIMIZER).create(parameters, config.optimizerSettings());
        this.rate = new LearningRate(
                config.get(Settings.LEARNING_RATE), config.scheduleSettings(), stepsPerEpoch, config.epochs());
    }

    /** Makes the gradient of the loss that of the objective, limits it, and returns its norm before that. */
    double complete(Gradients gradients) {
        addPenalty(gradients);
        if (config.get(Settings.CLIP_VALUE) > 0) {
            GradientClipping.clipValue(parameters, gradients, config.get(Settings.CLIP_VALUE));
        }
        return config.get(Settings.CLIP_NORM) > 0
                ? GradientClipping.clipNorm(parameters, gradients, config.get(Settings.CLIP_NORM))
                : GradientClipping.norm(parameters, gradients);
    }

    /** Adds the gradient of l2 * sum of squares of the head's weights. */
    private void addPenalty(Gradients gradients) {
        double l2 = config.get(Settings.L2);
        if (l2 == 0) {
            return;
        }
        Tape tape = Tape.recording();
        Variable squares = Reductions.sumOfSquares(tape.leaf(head));
        Tensor penalty = tape.backward(Elementwise.scale(squares, (float) l2)).of(head);
        float[] sum = gradients.of(head).data();
        Kernels.get().add(sum.length, penalty.data(), 0, sum, 0);
    }

    /** Moves the weights, {@code steps} steps having been made. */
    void move(Gradients gradients, int steps) {
        optimizer.step(gradients, rate(steps));
    }

    /** The learning rate after {@code steps} steps. */
    double rate(int steps) {
        return rate.at(steps) * factor;
    }

    void halveRate() {
        factor /= 2;
    }

    /** What is left of the schedule's rate: 1, or a half of that for each time it was halved. */
    double factor() {
        return factor;
    }

    /** Tells the schedule how well an epoch did. */
    void epochEnded(double loss) {
        rate.epochEnded(loss);
    }

    LearningRate.State rateState() {
        return rate.state();
    }

    OptimizerState optimizerState() {
        return optimizer.state();
    }

    void restore(Checkpoint from) {
        optimizer.restore(from.optimizer());
        rate.restore(from.rate());
        factor = from.rateFactor();
    }
}
