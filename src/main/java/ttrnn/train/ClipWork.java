package ttrnn.train;

import java.util.List;

/**
 * What a training asks of clips, done in this process or by others. The answers are functions of the model's weights, the
 * configuration and the clips, so that who computes them changes no bit of the training.
 */
public interface ClipWork {
    /**
     * The gradients of a step at the weights that the model has now, without those of the penalty on the head: sums over the
     * clips, added clip by clip in the order of the batch.
     */
    StepGradients gradients(int epoch, List<Example> batch);

    /** The class probabilities of each clip at the weights that the model has now, dropout off. */
    List<float[]> probabilities(List<Example> examples);

    /** Work done in this process. */
    static ClipWork here(ModelFile model) {
        Augmentation augmentation = Augmentation.of(
                model.config(),
                model.preprocessing().width(),
                model.preprocessing().height());
        return new LocalWork(model.config(), model.model(), augmentation);
    }

    /** Whoever works for a training. */
    @FunctionalInterface
    interface Factory {
        /** The work of a training of {@code model}, whose weights change between two calls. */
        ClipWork of(ModelFile model);
    }
}
