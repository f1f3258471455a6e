package ttrnn.video;

import java.io.IOException;

/** The coded pictures of a container, a chunk at a time, in file order. */
interface CodedChunks {
    /** Moves to the next chunk that is all there; false at the end. */
    boolean next() throws IOException;

    /** Bytes of the chunk, from 0 to {@link #length}; valid until {@link #next}. */
    byte[] data();

    int length();

    /** The codec's name in the container. */
    String codec();

    /** Nominal rate; 0 if it is not known. */
    double framesPerSecond();

    /** Whether the file was seen to end too early. */
    boolean truncated();

    /** When the chunk's picture is shown, in ticks; without a meaning where {@link #ticksPerSecond} is 0. */
    default long ticks() {
        return 0;
    }

    /** Ticks a second; 0 if the container has no times. */
    default double ticksPerSecond() {
        return 0;
    }

    /** Whether a picture of this time is given out. */
    default boolean shown(long ticks) {
        return true;
    }
}
