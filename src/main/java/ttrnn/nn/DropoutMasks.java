package ttrnn.nn;

import java.util.List;
import ttrnn.tensor.Rng;

/**
 * Dropout of one training step. Each sequence has a generator of its own, split by layer, so that a mask depends on the
 * seed, the epoch, the clip and the layer, but not on the batch the clip is in.
 *
 * @param sequences one generator a sequence of the batch
 */
public record DropoutMasks(List<Rng> sequences) {
    public DropoutMasks {
        sequences = List.copyOf(sequences);
    }

    /**
     * Masks [sequences, size] of a layer: 0 with probability {@code rate}, else 1 / (1 - rate).
     *
     * @param layer a name of the layer's own
     */
    public float[] draw(String layer, int size, float rate) {
        float[] masks = new float[sequences.size() * size];
        float kept = 1 / (1 - rate);
        for (int b = 0; b < sequences.size(); b++) {
            Rng rng = sequences.get(b).split(layer);
            for (int j = 0; j < size; j++) {
                masks[b * size + j] = rng.nextFloat() < rate ? 0 : kept;
            }
        }
        return masks;
    }
}
