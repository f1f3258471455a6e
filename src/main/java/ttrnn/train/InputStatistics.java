package ttrnn.train;

import java.util.List;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.FrameSequence;

/**
 * Mean of each byte of a frame over all frames of some clips, and the deviation of all bytes from these means. The sums are
 * of whole numbers, so that their order does not matter.
 *
 * @param mean by position in a frame, 0 … 255
 * @param deviation one for all positions
 */
record InputStatistics(double[] mean, double deviation) {
    /**
     * Looks at all frames.
     *
     * @param mirrored whether each clip also counts in a mirror
     * @param cell pixels beside each other that keep their order in a mirror
     * @param width of the frames in pixels
     */
    static InputStatistics of(List<FrameSequence> clips, boolean mirrored, int cell, int width) {
        int size = clips.get(0).frameSize();
        long[] sums = new long[size];
        long[] rest = new long[2]; // frames, squares
        Parallel.forEach(clips.size(), n -> add(clips.get(n), sums, rest));
        double[] mean = new double[size];
        double squares = 0;
        for (int j = 0; j < size; j++) {
            int place = j / (3 * cell);
            int columns = width / cell;
            int opposite = 3 * cell * (place + columns - 1 - 2 * (place % columns)) + j % (3 * cell);
            long sum = mirrored ? sums[j] + sums[opposite] : 2 * sums[j];
            mean[j] = rest[0] == 0 ? 0 : (double) sum / (2 * rest[0]);
            squares += mean[j] * mean[j];
        }
        double variance = rest[0] == 0 ? 0 : (double) rest[1] / rest[0] / size - squares / size;
        return new InputStatistics(mean, StrictMath.sqrt(Math.max(0, variance)));
    }

    private static void add(FrameSequence clip, long[] sums, long[] rest) {
        int size = sums.length;
        long[] own = new long[size];
        long squares = 0;
        byte[] frame = new byte[size];
        for (int t = 0; t < clip.length(); t++) {
            clip.read(t, 1, frame, 0);
            for (int j = 0; j < size; j++) {
                int value = frame[j] & 255;
                own[j] += value;
                squares += (long) value * value;
            }
        }
        synchronized (sums) {
            for (int j = 0; j < size; j++) {
                sums[j] += own[j];
            }
            rest[0] += clip.length();
            rest[1] += squares;
        }
    }
}
