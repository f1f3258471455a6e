package ttrnn.benchmarks;

import java.util.List;
import java.util.stream.IntStream;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.Losses;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.nn.Classifier;
import ttrnn.nn.DropoutMasks;
import ttrnn.nn.FrameRows;
import ttrnn.nn.optim.Optimizer;
import ttrnn.nn.optim.OptimizerSettings;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;
import ttrnn.train.Models;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;

/** One step of a training: scores of a batch of clips, cross-entropy, gradients, Adam; 11 classes as UCF11 has. */
final class TrainingStep {
    private static final int CLASSES = 11;

    private final TrainConfig config;
    private final List<FrameSequence> clips;
    private final int[] labels;
    private final Classifier model;
    private final Optimizer optimizer;
    private final Buffers buffers = new Buffers();
    private long steps;

    TrainingStep(TrainConfig config, List<FrameSequence> clips) {
        this.config = config;
        this.clips = clips;
        this.labels = IntStream.range(0, clips.size()).map(i -> i % CLASSES).toArray();
        this.model = Models.create(config, CLASSES);
        this.optimizer = config.get(Settings.OPTIMIZER).create(model.parameters(), OptimizerSettings.defaults());
    }

    /** Makes a step. */
    float run() {
        Rng rng = new Rng(3).split(steps++);
        DropoutMasks masks = new DropoutMasks(
                IntStream.range(0, clips.size()).mapToObj(rng::split).toList());
        Tape tape = Tape.recording(buffers);
        Variable scores = model.scores(tape, new FrameRows(clips, (float) config.inputScale()), masks);
        Variable loss = Losses.crossEntropy(scores, labels, 1f / clips.size());
        Gradients gradients = tape.backward(loss);
        optimizer.step(gradients, 1e-4);
        float value = loss.value().item();
        if (!(value > 0 && value < 100)) {
            throw new IllegalStateException("training step " + steps + ": the loss is " + value);
        }
        return value;
    }
}
