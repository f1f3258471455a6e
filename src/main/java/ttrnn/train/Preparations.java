package ttrnn.train;

import java.util.List;
import java.util.Map;
import java.util.Set;
import ttrnn.nn.Classifier;
import ttrnn.nn.InputPreparation;
import ttrnn.nn.PreparedClassifier;
import ttrnn.tensor.Tensor;

/** Puts before a model what its configuration wants done to the frames. */
final class Preparations {
    private Preparations() {}

    /** Whether a tensor of a model file is what a preparation has learnt. */
    static boolean isConstant(String name) {
        return name.startsWith("input.");
    }

    /**
     * The model with what is known of its frames.
     *
     * @param constants by name
     * @throws IllegalArgumentException naming what is missing, too many or of the wrong size
     */
    static Classifier of(TrainConfig config, int width, int height, Map<String, Tensor> constants, Classifier model) {
        check(config, constants);
        return prepared(
                new InputPreparation(
                        width,
                        height,
                        config.get(Settings.PATCH),
                        config.get(Settings.INPUT).cell(),
                        config.inputScale(),
                        constants.get(InputPreparation.MEAN),
                        constants.get(InputPreparation.DEVIATION)),
                config,
                model);
    }

    /** Checks that a model knows of its frames what a configuration needs, and no more. */
    static void check(TrainConfig config, Map<String, Tensor> constants) {
        List<String> needed = switch (config.get(Settings.NORMALIZE)) {
            case NONE -> List.of();
            case MEAN -> List.of(InputPreparation.MEAN);
            case STANDARD -> List.of(InputPreparation.DEVIATION, InputPreparation.MEAN);
        };
        if (!constants.keySet().equals(Set.copyOf(needed))) {
            throw new IllegalArgumentException("model: with normalize " + config.get(Settings.NORMALIZE)
                    + " it has the tensors " + needed + " of its frames, this one has " + constants.keySet());
        }
    }

    /** The model with what the training clips teach of frames. */
    static Classifier learn(TrainConfig config, int width, int height, List<Example> training, Classifier model) {
        int patch = config.get(Settings.PATCH);
        int cell = config.get(Settings.INPUT).cell();
        InputPreparation order = new InputPreparation(width, height, patch, cell, 1, null, null);
        Tensor mean = null;
        Tensor deviation = null;
        if (config.get(Settings.NORMALIZE) != Normalization.NONE) {
            InputStatistics statistics = InputStatistics.of(
                    training.stream().map(Example::frames).toList(), config.get(Settings.FLIP), cell, width);
            float[] raster = new float[statistics.mean().length];
            for (int j = 0; j < raster.length; j++) {
                raster[j] = (float) statistics.mean()[j];
            }
            mean = Tensor.zeros(raster.length);
            order.order(raster, mean.data(), 0);
            if (config.get(Settings.NORMALIZE) == Normalization.STANDARD) {
                deviation = Tensor.of(new float[] {(float) Math.max(1e-3, statistics.deviation())}, 1);
            }
        }
        return prepared(
                new InputPreparation(width, height, patch, cell, config.inputScale(), mean, deviation), config, model);
    }

    private static Classifier prepared(InputPreparation preparation, TrainConfig config, Classifier model) {
        boolean mirror = config.get(Settings.MIRROR);
        boolean several = config.severalLabels();
        return preparation.isNone() && !mirror && !several
                ? model
                : new PreparedClassifier(preparation, mirror, several, model);
    }
}
