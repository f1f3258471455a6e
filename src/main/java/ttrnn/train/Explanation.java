package ttrnn.train;

import java.util.List;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.nn.Classifier;
import ttrnn.nn.FrameRows;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;

/**
 * Which values of a clip a model's answer hangs on, by integrated gradients (Sundararajan, Taly and Yan 2017).
 *
 * <p>relevance_i = x_i times the mean of dm/dx_i over K points from a clip of middle grey to the clip itself, where m is the
 * class's score less the mean of all scores. The relevances of all values add up to m of the clip less m of the grey one, but
 * for the error of the K points: nothing is left out and nothing is added.
 *
 * @param label the class that is explained
 * @param probabilities of all classes
 * @param length frames of the clip
 * @param relevance of each value, [length, frameSize]; what speaks for the class is positive
 * @param margin m of the clip
 * @param greyMargin m of a clip of middle grey
 */
public record Explanation(
        int label, float[] probabilities, int length, float[] relevance, double margin, double greyMargin) {
    /** Points that do for a relative error of some percent. */
    public static final int POINTS = 16;

    private static final int CHANNELS = 3;

    /** Explains the most probable class of a clip. */
    public static Explanation of(Classifier model, FrameSequence clip, double inputScale, int points) {
        float[] p = Evaluation.probabilities(model, List.of(clip), inputScale).get(0);
        return of(model, clip, inputScale, points, Evaluation.best(p));
    }

    /** Explains one class of a clip. */
    public static Explanation of(Classifier model, FrameSequence clip, double inputScale, int points, int label) {
        if (points < 1) {
            throw new IllegalArgumentException("explanation: at least one point is needed, got " + points);
        }
        FloatKernels kernels = Kernels.get();
        int size = clip.frameSize();
        float[] x = new float[Math.multiplyExact(clip.length(), size)];
        new FrameRows(List.of(clip), (float) inputScale).load(0, clip.length(), x);
        float[] sum = new float[x.length];
        for (int k = 0; k < points; k++) {
            float share = (k + 0.5f) / points;
            float[] between = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                between[i] = share * x[i];
            }
            Tape tape = Tape.recording();
            Variable input = tape.leaf(Tensor.of(between, clip.length(), size));
            Variable margin = margin(model, input, label);
            kernels.add(sum.length, tape.backward(margin).of(input).data(), 0, sum, 0);
        }
        for (int i = 0; i < x.length; i++) {
            sum[i] *= x[i] / points;
        }
        return new Explanation(
                label,
                Evaluation.probabilities(model, List.of(clip), inputScale).get(0),
                clip.length(),
                sum,
                marginOf(model, x, clip.length(), label),
                marginOf(model, new float[x.length], clip.length(), label));
    }

    private static double marginOf(Classifier model, float[] x, int length, int label) {
        Tape tape = Tape.withoutGradients();
        return margin(model, tape.constant(Tensor.of(x, length, x.length / length)), label)
                .value()
                .item();
    }

    private static Variable margin(Classifier model, Variable x, int label) {
        Variable scores = model.scores(x, RowSplits.ofLengths(x.shape().dimension(0)));
        int classes = model.classes();
        float[] weights = new float[classes];
        for (int j = 0; j < classes; j++) {
            weights[j] = (j == label ? 1f : 0f) - 1f / classes;
        }
        return Reductions.sum(Elementwise.multiply(scores, x.tape().constant(Tensor.of(weights, 1, classes))));
    }

    /** Relevance of each pixel of a frame, its three channels added. */
    public float[] pixels(int frame) {
        int size = relevance.length / length;
        float[] pixels = new float[size / CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            int at = frame * size + CHANNELS * i;
            pixels[i] = relevance[at] + relevance[at + 1] + relevance[at + 2];
        }
        return pixels;
    }

    /** Relevance of each pixel over the whole clip, its frames and channels added. */
    public float[] pixels() {
        float[] sum = pixels(0);
        for (int t = 1; t < length; t++) {
            Kernels.get().add(sum.length, pixels(t), 0, sum, 0);
        }
        return sum;
    }

    /**
     * What each frame adds to m: the sum of its values' relevances. Noise that the model has no use for speaks now for the
     * class and now against it, so a sum of amounts would find it everywhere.
     */
    public double[] frames() {
        double[] frames = new double[length];
        int size = relevance.length / length;
        for (int i = 0; i < relevance.length; i++) {
            frames[i / size] += relevance[i];
        }
        return frames;
    }
}
