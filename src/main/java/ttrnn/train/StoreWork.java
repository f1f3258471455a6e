package ttrnn.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ttrnn.dataset.ClipStore;
import ttrnn.nn.Parameter;

/**
 * Work on the clips of a store, named by their ids, with weights that come from elsewhere: what one of several machines does
 * for a training. Not thread-safe.
 */
public final class StoreWork {
    private final ClipStore store;
    private final ModelFile model;
    private final LocalWork work;
    private final Map<String, Example> examples = new HashMap<>();

    /** Work for a training of {@code model}, whose arrays of weights this changes. */
    public StoreWork(ClipStore store, ModelFile model) {
        this.store = store;
        this.model = model;
        this.work = new LocalWork(
                model.config(), model.model(), Augmentation.of(model.config(), store.width(), store.height()));
    }

    /** All weights of a model, one parameter after the other in its order. */
    public static float[] weights(ModelFile model) {
        float[] flat = new float[Math.toIntExact(model.model().parameterCount())];
        int from = 0;
        for (Parameter parameter : model.model().parameters()) {
            float[] value = parameter.value().data();
            System.arraycopy(value, 0, flat, from, value.length);
            from += value.length;
        }
        return flat;
    }

    /** Sets all weights; they are in the order of {@link #weights(ModelFile)}. */
    public void setWeights(float[] flat) {
        if (flat.length != model.model().parameterCount()) {
            throw new IllegalArgumentException(
                    "weights: the model has " + model.model().parameterCount() + ", there are " + flat.length);
        }
        int from = 0;
        for (Parameter parameter : model.model().parameters()) {
            float[] value = parameter.value().data();
            System.arraycopy(flat, from, value, 0, value.length);
            from += value.length;
        }
    }

    /**
     * The part that clips have in a step.
     *
     * @param batch clips of the whole step
     */
    public ClipGradients gradients(int epoch, List<String> ids, int batch) {
        return work.part(epoch, examples(ids), batch);
    }

    /** Class probabilities of clips, dropout off. */
    public List<float[]> probabilities(List<String> ids) {
        return work.probabilities(examples(ids));
    }

    private List<Example> examples(List<String> ids) {
        return ids.stream().map(this::example).toList();
    }

    private Example example(String id) {
        return examples.computeIfAbsent(
                id,
                one -> TrainRun.examples(store, List.of(one), model.classes(), model.config())
                        .get(0));
    }
}
