package ttrnn.report;

import ttrnn.tensor.FrameSequence;

/** Some frames of a clip side by side in one picture. */
final class Strip {
    /** Frames of a strip. */
    static final int FRAMES = 8;
    /** Widest frame in a strip; wider ones are made smaller. */
    private static final int WIDEST = 96;

    private static final int GAP = 1;

    private Strip() {}

    /** Indices of the frames that a strip of a clip shows, spread evenly from the first to the last. */
    static int[] chosen(int length) {
        int count = Math.min(FRAMES, length);
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = count == 1 ? 0 : (int) ((long) i * (length - 1) / (count - 1));
        }
        return chosen;
    }

    /** How many times smaller frames of this width are drawn. */
    static int factor(int width) {
        return (width + WIDEST - 1) / WIDEST;
    }

    /** The strip of a clip as an address for a page. */
    static String of(FrameSequence clip, int width, int height) {
        int[] chosen = chosen(clip.length());
        byte[][] frames = new byte[chosen.length][width * height * 3];
        for (int i = 0; i < chosen.length; i++) {
            clip.read(chosen[i], 1, frames[i], 0);
        }
        return of(frames, width, height);
    }

    /** Frames [height, width, 3] side by side. */
    static String of(byte[][] frames, int width, int height) {
        int factor = factor(width);
        int w = Math.max(1, width / factor);
        int h = Math.max(1, height / factor);
        int row = frames.length * (w + GAP) - GAP;
        byte[] picture = new byte[3 * row * h];
        for (int i = 0; i < frames.length; i++) {
            for (int y = 0; y < h; y++) {
                for (int x = 0; x < w; x++) {
                    for (int c = 0; c < 3; c++) {
                        picture[3 * (y * row + i * (w + GAP) + x) + c] =
                                (byte) mean(frames[i], width, x * factor, y * factor, Math.min(factor, height), c);
                    }
                }
            }
        }
        return Png.dataUri(row, h, picture);
    }

    /** Mean of a square of pixels. */
    private static int mean(byte[] frame, int width, int x, int y, int size, int channel) {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                sum += frame[3 * ((y + i) * width + x + j) + channel] & 0xff;
            }
        }
        return sum / (size * size);
    }
}
