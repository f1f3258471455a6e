package ttrnn.video;

import java.io.IOException;

/** The bytes of one video stream, freed of their container, read forwards. */
interface ElementaryStream {
    /** Up to {@code length} bytes into {@code target}; how many, or -1 at the end. */
    int read(byte[] target, int offset, int length) throws IOException;

    /** Whether the file was seen to end in the middle of a packet. */
    boolean truncated();
}
