package ttrnn.tensor;

/**
 * The frames of one clip as unsigned bytes, wherever they lie: in an array, or in a store on disk that is read as the
 * frames are needed. Reading must be safe from several threads at once.
 */
public interface FrameSequence {
    /** Number of frames. */
    int length();

    /** Number of bytes in a frame, height * width * 3 for pictures. */
    int frameSize();

    /** Copies frames {@code first} … {@code first + count - 1}, each {@link #frameSize()} bytes, to {@code target}. */
    void read(int first, int count, byte[] target, int offset);

    /** May be called, by any thread, some time before the frames are read, to have them come faster; need not do anything. */
    default void readAhead() {}

    /** The first {@code length} frames of {@code data}, which is shared, not copied. */
    static FrameSequence of(byte[] data, int length, int frameSize) {
        if ((long) length * frameSize > data.length) {
            throw new IllegalArgumentException("frames: " + length + " frames of " + frameSize + " bytes need "
                    + (long) length * frameSize + " bytes, got " + data.length);
        }
        return new FrameSequence() {
            @Override
            public int length() {
                return length;
            }

            @Override
            public int frameSize() {
                return frameSize;
            }

            @Override
            public void read(int first, int count, byte[] target, int offset) {
                if (first < 0 || count < 0 || first > length - count) {
                    throw new IndexOutOfBoundsException(
                            "frames: frames " + first + " … " + (first + count - 1) + " are not among the " + length);
                }
                System.arraycopy(data, first * frameSize, target, offset, count * frameSize);
            }
        };
    }
}
