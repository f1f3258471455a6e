package ttrnn.train;

import ttrnn.tensor.FrameSequence;

/**
 * A clip to learn from or to judge by: all that a training sees of a data set.
 *
 * @param id unique; decides about the clip's dropout masks
 * @param frames its frames, read as they are needed
 * @param label index of its class
 */
public record Example(String id, FrameSequence frames, int label) {}
