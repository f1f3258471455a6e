package ttrnn.video;

import java.io.IOException;

/** A video stream without a container: the file's bytes as they are. */
record RawStream(ClipInput in) implements ElementaryStream {
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return in.read(target, offset, length);
    }

    /** Never: only the last picture can tell. */
    @Override
    public boolean truncated() {
        return false;
    }
}
