package ttrnn.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
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
 * @param truth the classes of each clip, one at least
 * @param several whether a clip may have several classes; its probabilities then do not add up to 1
 */
public record Evaluation(List<float[]> probabilities, List<List<Integer>> truth, boolean several) {
    /** Clips that are judged at a time, at most. */
    static final int BATCH = 16;
    /** Frames that are judged at a time, at most, unless one clip has more. */
    private static final int FRAMES = 4096;
    /** Probability below which a loss is not told apart, so that one clip cannot make it infinite. */
    private static final double SMALLEST = 1e-30;

    public Evaluation {
        probabilities = List.copyOf(probabilities);
        truth = truth.stream().map(List::copyOf).toList();
    }

    /** Class probabilities of one batch of clips. */
    public static List<float[]> probabilities(Classifier model, List<FrameSequence> clips, double inputScale) {
        Tape tape = Tape.withoutGradients();
        Variable scores = model.scores(tape, new FrameRows(clips, (float) inputScale), null);
        int classes = model.classes();
        float[] all = model.severalLabels()
                ? Losses.logistic(scores.data())
                : Losses.softmaxRows(scores.data(), clips.size(), classes);
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
        return of(probabilitiesOf(model, examples, inputScale), model, examples);
    }

    /** Judges the clips by what others compute of the model. */
    public static Evaluation of(ClipWork work, Classifier model, List<Example> examples) {
        return of(work.probabilities(examples), model, examples);
    }

    private static Evaluation of(List<float[]> probabilities, Classifier model, List<Example> examples) {
        return new Evaluation(
                probabilities, examples.stream().map(Example::labels).toList(), model.severalLabels());
    }

    /** Class probabilities of all clips, a batch at a time. */
    static List<float[]> probabilitiesOf(Classifier model, List<Example> examples, double inputScale) {
        List<float[]> probabilities = new ArrayList<>();
        int to;
        for (int from = 0; from < examples.size(); from = to) {
            to = batchEnd(examples, from);
            List<Example> batch = examples.subList(from, to);
            probabilities.addAll(
                    probabilities(model, batch.stream().map(Example::frames).toList(), inputScale));
        }
        return probabilities;
    }

    private static int batchEnd(List<Example> examples, int from) {
        long frames = 0;
        int to = from;
        while (to < examples.size() && to < from + BATCH) {
            frames += examples.get(to).frames().length();
            if (frames > FRAMES && to > from) {
                return to;
            }
            to++;
        }
        return to;
    }

    /** Frames that are judged at a time, at most, if no clip is longer than {@code longest}. */
    static long mostFrames(int longest) {
        return Math.max(longest, Math.min(FRAMES, (long) BATCH * longest));
    }

    /** How many clips were judged. */
    public int clips() {
        return truth.size();
    }

    /** The class of each clip, or the first of them. */
    public List<Integer> labels() {
        return truth.stream().map(own -> own.get(0)).toList();
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

    /** Share of the clips whose most probable class is theirs, or one of theirs. */
    public double accuracy() {
        int right = 0;
        for (int i = 0; i < clips(); i++) {
            right += truth.get(i).contains(predicted(i)) ? 1 : 0;
        }
        return (double) right / clips();
    }

    /**
     * Mean over the classes that occur of the average precision: the mean, over the clips of a class, of the share of clips of
     * that class among those that are at least as probable. Of clips of equal probability the earlier one comes first.
     */
    public double meanAveragePrecision() {
        int classes = clips() == 0 ? 0 : probabilities.get(0).length;
        double sum = 0;
        int occurring = 0;
        for (int j = 0; j < classes; j++) {
            int label = j;
            List<Integer> ranked = IntStream.range(0, clips())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -probabilities.get(i)[label]))
                    .toList();
            int found = 0;
            double precisions = 0;
            for (int rank = 0; rank < ranked.size(); rank++) {
                if (truth.get(ranked.get(rank)).contains(label)) {
                    found++;
                    precisions += (double) found / (rank + 1);
                }
            }
            if (found > 0) {
                sum += precisions / found;
                occurring++;
            }
        }
        return occurring == 0 ? 0 : sum / occurring;
    }

    /** Mean cross-entropy in nats; with several labels the binary one, a mean over the classes too. */
    public double loss() {
        if (several) {
            return binaryLoss();
        }
        double sum = 0;
        for (int i = 0; i < clips(); i++) {
            sum -= StrictMath.log(Math.max(probabilities.get(i)[truth.get(i).get(0)], SMALLEST));
        }
        return sum / clips();
    }

    private double binaryLoss() {
        double sum = 0;
        for (int i = 0; i < clips(); i++) {
            float[] own = probabilities.get(i);
            for (int j = 0; j < own.length; j++) {
                double p = truth.get(i).contains(j) ? own[j] : 1 - (double) own[j];
                sum -= StrictMath.log(Math.max(p, SMALLEST)) / own.length;
            }
        }
        return sum / clips();
    }

    /** Number of clips by true class (row) and predicted class (column). */
    public int[][] confusion(int classes) {
        int[][] counts = new int[classes][classes];
        for (int i = 0; i < clips(); i++) {
            counts[truth.get(i).get(0)][predicted(i)]++;
        }
        return counts;
    }
}
