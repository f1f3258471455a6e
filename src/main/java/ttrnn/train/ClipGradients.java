package ttrnn.train;

import java.io.Serializable;
import java.util.List;
import ttrnn.kernel.Kernels;

/**
 * The part of some clips in a step, in a form that can be sent.
 *
 * @param scores [clips, classes]
 * @param gradients of all weights, one parameter after the other in the model's order
 * @param saturated gates that are saturated
 * @param gates of all; 0 for a model without gates
 */
public record ClipGradients(float[] scores, float[] gradients, long saturated, long gates) implements Serializable {
    /** The sum of parts, added in their order, as one machine adds the clips of a batch; their scores one after the other. */
    public static ClipGradients sum(List<ClipGradients> parts) {
        int count = 0;
        long saturated = 0;
        long gates = 0;
        float[] sum = new float[parts.get(0).gradients.length];
        for (ClipGradients part : parts) {
            add(part.gradients, sum);
            count += part.scores.length;
            saturated += part.saturated;
            gates += part.gates;
        }
        float[] scores = new float[count];
        int from = 0;
        for (ClipGradients part : parts) {
            System.arraycopy(part.scores, 0, scores, from, part.scores.length);
            from += part.scores.length;
        }
        return new ClipGradients(scores, sum, saturated, gates);
    }

    /** Adds gradients to a sum of as many. */
    public static void add(float[] part, float[] sum) {
        if (part.length != sum.length) {
            throw new IllegalArgumentException(
                    "gradients: " + part.length + " cannot be added to a sum of " + sum.length);
        }
        Kernels.get().add(sum.length, part, 0, sum, 0);
    }
}
