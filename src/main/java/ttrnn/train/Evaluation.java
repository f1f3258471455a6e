package ttrnn.train;

import java.util.ArrayList;
import java.util.List;
import ttrnn.autograd.Losses;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.nn.Classifier;
import ttrnn.nn.FrameRows;
import ttrnn.tensor.FrameSequence;

/**
 * What a model says of some clips, dropout off.
 *
 * @param probabilities of each clip, by class
 * @param labels of the clips
 */
public record Evaluation(List<float[]> probabilities, List<Integer> labels) {
    /** Clips that are judged at a time. */
    static final int BATCH = 16;
    /** Probability below which a loss is not told apart, so that one clip cannot make it infinite. */
    private static final double SMALLEST = 1e-30;

    public Evaluation {
        probabilities = List.copyOf(probabilities);
        labels = List.copyOf(labels);
    }

    /** Class probabilities of one batch of clips. */
    public static List<float[]> probabilities(Classifier model, List<FrameSequence> clips, double inputScale) {
        Tape tape = Tape.withoutGradients();
        Variable scores = model.scores(tape, new FrameRows(clips, (float) inputScale), null);
        int classes = model.classes();
        float[] all = Losses.softmaxRows(scores.data(), clips.size(), classes);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < clips.size(); i++) {
            float[] row = new float[classes];
            System.arraycopy(all, i * classes, row, 0, classes);
            rows.add(row);
        }
        return rows;
    }

    /** Judges the clips, a batch at a time. */
    public static Evaluation of(Classifier model, List<Example> examples, double inputScale) {
        List<float[]> probabilities = new ArrayList<>();
        for (int from = 0; from < examples.size(); from += BATCH) {
            List<Example> batch = examples.subList(from, Math.min(from + BATCH, examples.size()));
            probabilities.addAll(
                    probabilities(model, batch.stream().map(Example::frames).toList(), inputScale));
        }
        return new Evaluation(
                probabilities, examples.stream().map(Example::label).toList());
    }

    public int clips() {
        return labels.size();
    }

    /** The most probable class of a clip, the first one of equals. */
    public int predicted(int clip) {
        return best(probabilities.get(clip));
    }

    /** Index of the largest value, the first one of equals. */
    public static int best(float[] values) {
        int best = 0;
        for (int j = 1; j < values.length; j++) {
            if (values[j] > values[best]) {
                best = j;
            }
        }
        return best;
    }

    /** Share of the clips whose most probable class is theirs. */
    public double accuracy() {
        int right = 0;
        for (int i = 0; i < clips(); i++) {
            right += predicted(i) == labels.get(i) ? 1 : 0;
        }
        return (double) right / clips();
    }

    /** Mean cross-entropy in nats. */
    public double loss() {
        double sum = 0;
        for (int i = 0; i < clips(); i++) {
            sum -= StrictMath.log(Math.max(probabilities.get(i)[labels.get(i)], SMALLEST));
        }
        return sum / clips();
    }

    /** Number of clips by true class (row) and predicted class (column). */
    public int[][] confusion(int classes) {
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < clips(); i++) {
            counts[labels.get(i)][predicted(i)]++;
        }
        return counts;
    }
}
