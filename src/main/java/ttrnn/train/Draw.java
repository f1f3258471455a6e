package ttrnn.train;

import java.util.ArrayList;
import java.util.List;
import ttrnn.nn.DropoutMasks;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;

/**
 * What chance decides in a training: the order of the clips, a function of seed and epoch, and what happens to a clip, a
 * function of seed, epoch and the clip's id. So neither the batch a clip is in nor what came before matters, and a
 * training that goes on has nothing to remember of it.
 */
final class Draw {
    private final Augmentation augmentation;
    private final Rng rng;

    Draw(TrainConfig config, Augmentation augmentation) {
        this.augmentation = augmentation;
        this.rng = new Rng(config.seed());
    }

    /** The clips of an epoch in their order, cut into batches. */
    static List<List<Example>> batches(TrainConfig config, List<Example> training, int epoch) {
        List<Example> ordered = training;
        if (config.get(Settings.SHUFFLE)) {
            int[] order = new Rng(config.seed()).split("order").split(epoch).permutation(training.size());
            ordered = new ArrayList<>();
            for (int index : order) {
                ordered.add(training.get(index));
            }
        }
        List<List<Example>> batches = new ArrayList<>();
        for (int from = 0; from < ordered.size(); from += config.batchSize()) {
            batches.add(ordered.subList(from, Math.min(from + config.batchSize(), ordered.size())));
        }
        return batches;
    }

    /** The clips of a batch as they are seen in an epoch. */
    List<FrameSequence> frames(int epoch, List<Example> batch) {
        Rng ofEpoch = rng.split("augmentation").split(epoch);
        return batch.stream()
                .map(example -> augmentation.apply(example.frames(), ofEpoch.split(example.id())))
                .toList();
    }

    /** Their dropout masks. */
    DropoutMasks masks(int epoch, List<Example> batch) {
        Rng ofEpoch = rng.split("dropout").split(epoch);
        return new DropoutMasks(
                batch.stream().map(example -> ofEpoch.split(example.id())).toList());
    }
}
