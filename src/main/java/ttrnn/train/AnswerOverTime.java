package ttrnn.train;

import java.util.ArrayList;
import java.util.List;
import ttrnn.nn.Classifier;
import ttrnn.tensor.FrameSequence;

/**
 * What a model says of a clip after more and more of its frames.
 *
 * @param lengths numbers of frames, ascending, the last one all of the clip
 * @param probabilities of the classes after so many frames
 */
public record AnswerOverTime(List<Integer> lengths, List<float[]> probabilities) {
    /** Prefixes that are judged together. */
    private static final int BATCH = 4;

    public AnswerOverTime {
        lengths = List.copyOf(lengths);
        probabilities = List.copyOf(probabilities);
    }

    /** Judges the beginnings of a clip, at most {@code points} of them. */
    public static AnswerOverTime of(Classifier model, FrameSequence clip, double inputScale, int points) {
        int count = Math.min(points, clip.length());
        List<Integer> lengths = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            lengths.add((int) ((long) i * clip.length() / count));
        }
        List<float[]> probabilities = new ArrayList<>();
        for (int from = 0; from < count; from += BATCH) {
            List<FrameSequence> batch = new ArrayList<>();
            for (int length : lengths.subList(from, Math.min(from + BATCH, count))) {
                batch.add(new Beginning(clip, length));
            }
            probabilities.addAll(Evaluation.probabilities(model, batch, inputScale));
        }
        return new AnswerOverTime(lengths, probabilities);
    }

    private record Beginning(FrameSequence clip, int length) implements FrameSequence {
        @Override
        public int frameSize() {
            return clip.frameSize();
        }

        @Override
        public void read(int first, int count, byte[] target, int offset) {
            clip.read(first, count, target, offset);
        }
    }
}
