package ttrnn.train;

import ttrnn.tensor.FrameSequence;

/**
 * Every so many-th frame of a clip.
 *
 * @param clip all frames
 * @param stride from one frame to the next
 * @param first the first one, below {@code stride}
 */
record StridedFrames(FrameSequence clip, int stride, int first) implements FrameSequence {
    /** How many frames are left of {@code length}. */
    static int length(int length, int stride) {
        return (length + stride - 1) / stride;
    }

    @Override
    public int length() {
        return length(Math.max(1, clip.length() - first), stride);
    }

    @Override
    public int frameSize() {
        return clip.frameSize();
    }

    @Override
    public void read(int from, int count, byte[] target, int offset) {
        for (int i = 0; i < count; i++) {
            int frame = Math.min(first + (from + i) * stride, clip.length() - 1);
            clip.read(frame, 1, target, offset + i * frameSize());
        }
    }

    /** The same from another first frame on. */
    StridedFrames from(int other) {
        return new StridedFrames(clip, stride, other);
    }
}
