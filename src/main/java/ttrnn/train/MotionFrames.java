package ttrnn.train;

import ttrnn.tensor.FrameSequence;

/**
 * What changes from frame to frame, as bytes: frame t is compared with frame t - lag, byte by byte. The first {@code lag}
 * frames show what the one after them shows, so that the length stays; a clip of one frame shows no change.
 *
 * @param clip the clip itself
 * @param lag frames between the two that are compared, at least 1
 * @param signed whether the result is 128 + x_t - x_{t-lag}, cut off at 0 and 255; else |x_t - x_{t-lag}|
 */
record MotionFrames(FrameSequence clip, int lag, boolean signed) implements FrameSequence {
    private static final int MIDDLE = 128;

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
        byte[] now = new byte[size];
        byte[] before = new byte[size];
        for (int i = 0; i < count; i++) {
            int later = Math.min(Math.max(first + i, lag), length() - 1);
            clip.read(later, 1, now, 0);
            clip.read(Math.max(0, later - lag), 1, before, 0);
            compare(now, before, target, offset + i * size);
        }
    }

    private void compare(byte[] now, byte[] before, byte[] target, int offset) {
        for (int j = 0; j < now.length; j++) {
            int difference = (now[j] & 255) - (before[j] & 255);
            target[offset + j] =
                    (byte) (signed ? Math.min(255, Math.max(0, MIDDLE + difference)) : Math.abs(difference));
        }
    }
}
