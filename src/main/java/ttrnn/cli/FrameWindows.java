package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ttrnn.dataset.ClipReader;
import ttrnn.tensor.FrameSequence;
import ttrnn.train.Evaluation;
import ttrnn.train.ModelFile;

/**
 * A model's answers for windows that slide over a clip of any length, and the time line that they make: each frame has the
 * mean of the probabilities of the windows that see it. One window is in memory at a time.
 *
 * @param windows in order of their frames
 * @param frames of the clip
 * @param framesPerSecond of the clip as the model sees it; 0 if it does not say
 */
record FrameWindows(List<Window> windows, int frames, double framesPerSecond) {
    /**
     * An answer for the frames {@code from} … {@code to - 1}.
     *
     * @param probabilities by class
     */
    record Window(int from, int to, float[] probabilities) {}

    /** Judges windows of {@code size} frames, each {@code stride} frames after the one before; the last one ends with the clip. */
    static FrameWindows of(ModelFile model, ClipReader reader, Path clip, int size, int stride) throws IOException {
        Slide slide = new Slide(model, size, stride);
        double rate = reader.read(clip, slide::add);
        slide.end();
        return new FrameWindows(slide.windows, slide.seen, rate);
    }

    private static final class Slide {
        private final ModelFile model;
        private final int size;
        private final int stride;
        private final List<Window> windows = new ArrayList<>();
        /** The last {@code size} frames, the oldest at {@code seen % size} once it is full. */
        private final byte[][] ring;

        private int seen;

        Slide(ModelFile model, int size, int stride) {
            this.model = model;
            this.size = size;
            this.stride = stride;
            this.ring = new byte[size][];
        }

        void add(byte[] frame) {
            ring[seen % size] = Arrays.copyOf(frame, frame.length);
            seen++;
            if (seen >= size && (seen - size) % stride == 0) {
                judge(seen - size);
            }
        }

        void end() {
            int last = Math.max(0, seen - size);
            if (seen > 0
                    && (windows.isEmpty() || windows.get(windows.size() - 1).from() != last)) {
                judge(last);
            }
        }

        private void judge(int from) {
            int length = Math.min(size, seen);
            int frameSize = ring[0].length;
            byte[] bytes = new byte[length * frameSize];
            for (int t = 0; t < length; t++) {
                System.arraycopy(ring[(from + t) % size], 0, bytes, t * frameSize, frameSize);
            }
            FrameSequence frames = model.view().of(FrameSequence.of(bytes, length, frameSize));
            float[] p = Evaluation.probabilities(
                            model.model(), List.of(frames), model.config().inputScale())
                    .get(0);
            windows.add(new Window(from, from + length, p));
        }
    }

    /** The mean over the whole clip, each frame counting once. */
    float[] mean() {
        double[] sum = new double[windows.get(0).probabilities().length];
        for (Window part : parts()) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += (double) part.probabilities()[j] * (part.to() - part.from());
            }
        }
        float[] mean = new float[sum.length];
        for (int j = 0; j < sum.length; j++) {
            mean[j] = (float) (sum[j] / frames);
        }
        return mean;
    }

    /** The clip cut where a window begins or ends, each part with the mean of the windows that see it. */
    private List<Window> parts() {
        int[] cuts = windows.stream()
                .flatMap(window -> List.of(window.from(), window.to()).stream())
                .distinct()
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
        List<Window> parts = new ArrayList<>();
        for (int i = 0; i + 1 < cuts.length; i++) {
            int from = cuts[i];
            List<float[]> seeing = windows.stream()
                    .filter(window -> window.from() <= from && from < window.to())
                    .map(Window::probabilities)
                    .toList();
            if (!seeing.isEmpty()) { // a stride longer than the window leaves gaps
                float[] mean = new float[seeing.get(0).length];
                for (float[] p : seeing) {
                    for (int j = 0; j < mean.length; j++) {
                        mean[j] += p[j] / seeing.size();
                    }
                }
                parts.add(new Window(from, cuts[i + 1], mean));
            }
        }
        return parts;
    }

    /** The time line: parts of one answer, which is -1 where no class is as probable as {@code threshold}. */
    List<Window> timeLine(double threshold) {
        List<Window> line = new ArrayList<>();
        for (Window part : parts()) {
            Window last = line.isEmpty() ? null : line.get(line.size() - 1);
            if (last != null
                    && last.to() == part.from()
                    && answer(last.probabilities(), threshold) == answer(part.probabilities(), threshold)) {
                float[] mean = new float[part.probabilities().length];
                float old = (float) (last.to() - last.from()) / (part.to() - last.from());
                for (int j = 0; j < mean.length; j++) {
                    mean[j] = old * last.probabilities()[j] + (1 - old) * part.probabilities()[j];
                }
                line.set(line.size() - 1, new Window(last.from(), part.to(), mean));
            } else {
                line.add(part);
            }
        }
        return line;
    }

    /** The most probable class, or -1 if it is less probable than {@code threshold}. */
    static int answer(float[] p, double threshold) {
        int best = Evaluation.best(p);
        return p[best] < threshold ? -1 : best;
    }
}
