package ttrnn.train;

import ttrnn.tensor.FrameSequence;

/**
 * Light, colour and motion of each pixel in place of red, green and blue: (r + 2g + b) / 4, 128 + (r - b) / 2, and 4/3 of the
 * pixel's |x_t - x_{t-lag}| summed over the colours, at most 255. Motion is small beside light: so the three have deviations of
 * one order. All is in whole numbers.
 *
 * @param clip the clip itself
 * @param motion of the same clip, unsigned
 */
record MixedFrames(FrameSequence clip, MotionFrames motion) implements FrameSequence {
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
        for (int i = 0; i < count; i++) {
            clip.read(first + i, 1, frame, 0);
            motion.read(first + i, 1, change, 0);
            int to = offset + i * size;
            for (int j = 0; j < size; j += 3) {
                int red = frame[j] & 255;
                int green = frame[j + 1] & 255;
                int blue = frame[j + 2] & 255;
                int moved = (change[j] & 255) + (change[j + 1] & 255) + (change[j + 2] & 255);
                target[to + j] = (byte) ((red + 2 * green + blue) >> 2);
                target[to + j + 1] = (byte) (128 + ((red - blue) >> 1));
                target[to + j + 2] = (byte) Math.min(255, 4 * moved / 3);
            }
        }
    }
}
