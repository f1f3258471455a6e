package ttrnn.train;

import ttrnn.tensor.FrameSequence;

/**
 * Light, colour, motion and texture in place of red, green and blue. Two pixels beside each other make a cell of six bytes: light
 * (r + 2g + b) / 4 and colour 128 + r - b, means over both, the motion of the left one; then texture across, 8 |dl/dx|, and down, 8
 * |dl/dy|, and the motion of the right one. Slopes are half the difference of the cells, or rows, on either side; at an edge, none.
 * Motion is 4/3 of the pixel's |x_t - x_{t-lag}| summed over the colours. What is more than 255, or less than 0, is cut off. All is in
 * whole numbers.
 *
 * <p>Texture has no sign: an input matrix can then tell grass from water by what is fine in it, wherever its stripes lie, which no
 * sum over the light of pixels does.
 *
 * @param clip the clip itself
 * @param motion of the same clip, unsigned
 * @param width of the frames in pixels, even
 */
record TexturedFrames(FrameSequence clip, MotionFrames motion, int width) implements FrameSequence {
    /** Pixels that make a cell, and must stay together. */
    static final int CELL = 2;

    private static final int BYTES = 3 * CELL;
    private static final int MOST = 255;

    TexturedFrames {
        if (width % CELL != 0) {
            throw new IllegalArgumentException(
                    "input: texture needs frames of an even width, got " + width + "; prepare with another size");
        }
    }

    @Override
    public int length() {
        return clip.length();
    }

    @Override
    public int frameSize() {
        return clip.frameSize();
    }

    @Override
    public void read(int first, int count, byte[] target, int offset) {
        int size = frameSize();
        byte[] frame = new byte[size];
        byte[] change = new byte[size];
        int[] light = new int[size / BYTES];
        for (int i = 0; i < count; i++) {
            clip.read(first + i, 1, frame, 0);
            motion.read(first + i, 1, change, 0);
            int to = offset + i * size;
            for (int cell = 0; cell < light.length; cell++) {
                light[cell] = colours(frame, change, BYTES * cell, target, to + BYTES * cell);
            }
            texture(light, target, to);
        }
    }

    /** Writes all but the texture of a cell and returns the light of both its pixels together. */
    private static int colours(byte[] frame, byte[] change, int from, byte[] target, int to) {
        int red = (frame[from] & 255) + (frame[from + 3] & 255);
        int green = (frame[from + 1] & 255) + (frame[from + 4] & 255);
        int blue = (frame[from + 2] & 255) + (frame[from + 5] & 255);
        target[to] = (byte) ((red + 2 * green + blue) >> 3);
        target[to + 1] = (byte) Math.max(0, Math.min(MOST, 128 + ((red - blue) >> 1)));
        target[to + 2] = moved(change, from);
        target[to + 5] = moved(change, from + 3);
        return (red + 2 * green + blue) >> 2;
    }

    private static byte moved(byte[] change, int from) {
        int sum = (change[from] & 255) + (change[from + 1] & 255) + (change[from + 2] & 255);
        return (byte) Math.min(MOST, 4 * sum / 3);
    }

    private void texture(int[] light, byte[] target, int offset) {
        int columns = width / CELL;
        int last = light.length - columns;
        for (int row = 0; row < light.length; row += columns) {
            for (int column = 0; column < columns; column++) {
                int cell = row + column;
                int across = column == 0 || column == columns - 1 ? 0 : light[cell + 1] - light[cell - 1];
                int down = row == 0 || row == last ? 0 : light[cell + columns] - light[cell - columns];
                // Of both pixels together, cells or rows twice apart.
                target[offset + BYTES * cell + 3] = (byte) Math.min(MOST, 2 * Math.abs(across));
                target[offset + BYTES * cell + 4] = (byte) Math.min(MOST, 2 * Math.abs(down));
            }
        }
    }
}
