package ttrnn.train;

import java.util.List;
import ttrnn.tensor.FrameSequence;

/**
 * A clip to learn from or to judge by: all that a training sees of a data set.
 *
 * @param id unique; decides about the clip's dropout masks
 * @param frames its frames, read as they are needed
 * @param labels indices of its classes, one at least
 */
public record Example(String id, FrameSequence frames, List<Integer> labels) {
    public Example {
        labels = List.copyOf(labels);
    }

    /** A clip of one class. */
    public Example(String id, FrameSequence frames, int label) {
        this(id, frames, List.of(label));
    }

    /** The class, or the first one. */
    public int label() {
        return labels.get(0);
    }
}
