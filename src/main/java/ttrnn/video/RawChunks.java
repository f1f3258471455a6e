package ttrnn.video;

import java.io.IOException;

/** The segments of an MPEG-4 video stream without a container: each header and each picture is a chunk. */
final class RawChunks implements CodedChunks {
    private final StartCodeReader segments;
    private byte[] data = {};
    private int length;

    RawChunks(ClipInput in, int maxPictureBytes) {
        this.segments = new StartCodeReader(new RawStream(in), maxPictureBytes);
    }

    @Override
    public boolean next() throws IOException {
        if (!segments.next()) {
            length = 0;
            return false;
        }
        length = segments.length();
        if (length > data.length) {
            data = new byte[2 * length];
        }
        System.arraycopy(segments.data(), segments.start(), data, 0, length);
        return true;
    }

    @Override
    public byte[] data() {
        return data;
    }

    @Override
    public int length() {
        return length;
    }

    /** None: the stream itself must say who made it. */
    @Override
    public String codec() {
        return "";
    }

    @Override
    public double framesPerSecond() {
        return 0;
    }

    /** Never: only the last picture can tell. */
    @Override
    public boolean truncated() {
        return false;
    }
}
