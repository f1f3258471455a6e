package ttrnn.spark;

import java.io.Serializable;

/**
 * What is told of clips of a step, beside their gradients.
 *
 * @param places of the clips in the batch
 * @param scores [clips, classes]
 * @param saturated gates that are saturated
 * @param gates of all
 * @param kernels that computed it
 * @param task of the step that computed it
 * @param nanos that it took
 */
record Told(int[] places, float[] scores, long saturated, long gates, String kernels, int task, long nanos)
        implements Serializable {}
