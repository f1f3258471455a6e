package ttrnn.train;

import java.util.Arrays;
import java.util.List;
import ttrnn.autograd.Losses;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Tensor;

/** The loss of clips, each weighed as one of the clips of a batch: of some of them, it is their part of the batch's mean. */
final class StepLoss {
    private StepLoss() {}

    /**
     * The cross-entropy, or the binary one where a clip may have several classes.
     *
     * @param scores [clips, classes]
     * @param batch how many clips the mean is over
     */
    static Variable crossEntropy(TrainConfig config, Variable scores, List<Example> clips, int batch) {
        int classes = scores.shape().dimension(1);
        return config.severalLabels()
                ? Losses.binaryCrossEntropy(scores, targets(clips, scores), 1f / (batch * classes))
                : Losses.crossEntropy(scores, labels(clips), 1f / batch);
    }

    /** What is differentiated: {@code crossEntropy}, or that with smoothed targets if they are to be. */
    static Variable objective(
            TrainConfig config, Variable scores, List<Example> clips, int batch, Variable crossEntropy) {
        double share = config.get(Settings.LABEL_SMOOTHING);
        if (share == 0 || config.severalLabels()) {
            return crossEntropy;
        }
        Tensor targets = Tensor.zeros(scores.shape());
        int classes = scores.shape().dimension(1);
        Arrays.fill(targets.data(), (float) (share / classes));
        for (int i = 0; i < clips.size(); i++) {
            targets.data()[i * classes + clips.get(i).label()] += (float) (1 - share);
        }
        return Losses.softCrossEntropy(scores, targets, 1f / batch);
    }

    private static int[] labels(List<Example> clips) {
        return clips.stream().mapToInt(Example::label).toArray();
    }

    private static Tensor targets(List<Example> clips, Variable scores) {
        Tensor targets = Tensor.zeros(scores.shape());
        int classes = scores.shape().dimension(1);
        for (int i = 0; i < clips.size(); i++) {
            for (int label : clips.get(i).labels()) {
                targets.data()[i * classes + label] = 1;
            }
        }
        return targets;
    }
}
