package ttrnn.train;

import org.jspecify.annotations.Nullable;
import ttrnn.tensor.FrameSequence;

/**
 * Frames moved, around the edges, so that what moves is in the middle: with one camera that stands still, it then no longer
 * matters where in the picture something is done.
 *
 * <p>The centre of motion is found on blocks of 4x4 pixels: those whose mean |x_t - x_{t-lag}| exceeds 8 count by it. Across,
 * it is that of the nine frames around a frame; in height that of the whole clip, so that a jump stays a jump. All sums are of
 * whole numbers.
 */
final class CentredFrames implements FrameSequence {
    private static final int BLOCK = 4;
    private static final int LEAST = 8;
    private static final int REACH = 4;

    private final FrameSequence shown;
    private final MotionFrames motion;
    private final int cell;
    private final int width;
    private final int height;
    /** Pixels to the right by frame, and downwards at the end; found when first needed. */
    private volatile int @Nullable [] moves;

    /**
     * @param shown what is moved
     * @param motion of the same clip, unsigned
     * @param cell pixels beside each other that stay together
     */
    CentredFrames(FrameSequence shown, MotionFrames motion, int cell, int width, int height) {
        this.cell = cell;
        this.shown = shown;
        this.motion = motion;
        this.width = width;
        this.height = height;
    }

    @Override
    public int length() {
        return shown.length();
    }

    @Override
    public int frameSize() {
        return shown.frameSize();
    }

    @Override
    public void read(int first, int count, byte[] target, int offset) {
        int[] known = moves;
        if (known == null) {
            known = find();
            moves = known;
        }
        int size = frameSize();
        byte[] frame = new byte[size];
        for (int i = 0; i < count; i++) {
            shown.read(first + i, 1, frame, 0);
            roll(frame, known[first + i] / cell * cell, known[length()], target, offset + i * size);
        }
    }

    /** Moves a frame to the right and down; both moves are at least 0 and less than the frame's size. */
    private void roll(byte[] frame, int right, int down, byte[] target, int offset) {
        int row = 3 * width;
        int split = row - 3 * right;
        for (int y = 0; y < height; y++) {
            int from = y * row;
            int to = offset + (y + down) % height * row;
            System.arraycopy(frame, from, target, to + row - split, split);
            System.arraycopy(frame, from + split, target, to, row - split);
        }
    }

    private int[] find() {
        int length = length();
        long[] weight = new long[length];
        long[] across = new long[length];
        long all = 0;
        long down = 0;
        byte[] frame = new byte[frameSize()];
        for (int t = 0; t < length; t++) {
            motion.read(t, 1, frame, 0);
            for (int y = 0; y < height; y += BLOCK) {
                int bottom = Math.min(height, y + BLOCK);
                for (int x = 0; x < width; x += BLOCK) {
                    int end = Math.min(width, x + BLOCK);
                    int sum = sum(frame, x, end, y, bottom);
                    if (sum > LEAST * 3 * (end - x) * (bottom - y)) {
                        weight[t] += sum;
                        across[t] += (long) sum * (x + end);
                        all += sum;
                        down += (long) sum * (y + bottom);
                    }
                }
            }
        }
        int[] found = new int[length + 1];
        for (int t = 0; t < length; t++) {
            long near = 0;
            long sum = 0;
            for (int u = Math.max(0, t - REACH); u <= Math.min(length - 1, t + REACH); u++) {
                near += weight[u];
                sum += across[u];
            }
            found[t] = near == 0 && t > 0 ? found[t - 1] : move(sum, near, width);
        }
        found[length] = move(down, all, height);
        return found;
    }

    private int sum(byte[] frame, int left, int right, int top, int bottom) {
        int sum = 0;
        for (int y = top; y < bottom; y++) {
            for (int j = 3 * (y * width + left); j < 3 * (y * width + right); j++) {
                sum += frame[j] & 255;
            }
        }
        return sum;
    }

    /** From the centre, sum / (2 weight), to the middle; none without motion. */
    private static int move(long sum, long weight, int size) {
        return weight == 0 ? 0 : Math.floorMod((int) Math.rint((size - (double) sum / weight) / 2), size);
    }
}
