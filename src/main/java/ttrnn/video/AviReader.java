package ttrnn.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The chunks of the first video stream of an AVI file, in file order. Lists are walked as they come: the index is not
 * needed, and a wrong or missing one, or a list's wrong length, does no harm. Sound is passed over unread.
 */
final class AviReader implements CodedChunks {
    private static final int STREAM_HEADER_BYTES = 28;
    private static final int FORMAT_BYTES = 20;
    private static final int MAX_STREAMS = 100;

    private final ClipInput in;
    private final int maxChunkBytes;
    private final byte[] header = new byte[STREAM_HEADER_BYTES];
    private int streams;
    private int videoStream = -1;
    private String codec = "";
    private double framesPerSecond;
    private byte[] data = new byte[1 << 15];
    private int length;
    private boolean truncated;

    /** Reads the headers up to the first list of chunks. */
    AviReader(ClipInput in, int maxChunkBytes) throws IOException {
        this.in = in;
        this.maxChunkBytes = maxChunkBytes;
        boolean headers = true;
        while (headers) {
            headers = readHeader() && !atMovie();
        }
        if (videoStream < 0) {
            throw new ClipException(
                    truncated
                            ? "the clip ends before its first frame; it is cut short, copy it again"
                            : "the clip holds no video stream");
        }
    }

    /** The four-character code of the codec. */
    @Override
    public String codec() {
        return codec;
    }

    /** Nominal rate; 0 if the header does not say. */
    @Override
    public double framesPerSecond() {
        return framesPerSecond;
    }

    /** Bytes of the chunk, from 0 to {@link #length}; valid until {@link #next}. */
    @Override
    public byte[] data() {
        return data;
    }

    @Override
    public int length() {
        return length;
    }

    /** Whether the file ended in the middle of a chunk, or what should be a chunk is none. */
    @Override
    public boolean truncated() {
        return truncated;
    }

    /** Moves to the next chunk of the video stream that is all there; false at the end. */
    @Override
    public boolean next() throws IOException {
        while (readHeader()) {
            int size = size();
            if (enterList(size)) {
                continue;
            }
            if (!isVideoChunk()) {
                skip(size);
                continue;
            }
            if (size < 0 || size > maxChunkBytes) {
                throw new ClipException("a coded picture of " + (size & 0xffffffffL) + " bytes, more than "
                        + maxChunkBytes + "; the clip is damaged, or the limit is too low");
            }
            if (size > data.length) {
                data = Arrays.copyOf(data, Math.max(size, Math.min(maxChunkBytes, 2 * data.length)));
            }
            length = in.readFully(data, 0, size);
            if (length < size) {
                truncated = true;
                return false;
            }
            in.skip(size & 1);
            if (size > 0) {
                return true;
            }
        }
        return false;
    }

    /** Reads one chunk's name and size; false at the end, or where no chunk is. */
    private boolean readHeader() throws IOException {
        int count = in.readFully(header, 0, 8);
        if (count < 8) {
            truncated |= count > 0 && !allZero(count);
            return false;
        }
        for (int i = 0; i < 4; i++) {
            if (header[i] < ' ') {
                truncated |= !allZero(8);
                return false;
            }
        }
        return true;
    }

    private boolean allZero(int count) {
        for (int i = 0; i < count; i++) {
            if (header[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Handles one header chunk; true once the list of picture and sound chunks begins. */
    private boolean atMovie() throws IOException {
        int size = size();
        if (enterList(size)) {
            return name(0).equals("movi");
        }
        String name = name(0);
        if (name.equals("strh") && size >= STREAM_HEADER_BYTES) {
            long end = in.position() + padded(size);
            read(STREAM_HEADER_BYTES);
            if (videoStream < 0 && name(0).equals("vids")) {
                videoStream = streams;
                codec = name(4);
                framesPerSecond = rate(number(20), number(24));
            }
            if (++streams > MAX_STREAMS) {
                throw new ClipException("the clip declares more than " + MAX_STREAMS + " streams; it is damaged");
            }
            in.skip(end - in.position());
        } else if (name.equals("strf") && videoStream == streams - 1 && size >= FORMAT_BYTES) {
            long end = in.position() + padded(size);
            read(FORMAT_BYTES);
            codec = name(16);
            in.skip(end - in.position());
        } else {
            skip(size);
        }
        return false;
    }

    /** If the chunk is a list, reads its kind into the header and stands at its first member. */
    private boolean enterList(int size) throws IOException {
        String name = name(0);
        if (!name.equals("RIFF") && !name.equals("LIST")) {
            return false;
        }
        read(4);
        String kind = name(0);
        if (name.equals("LIST") && !kind.equals("movi") && !kind.equals("rec ") && !kind.matches("hdrl|strl")) {
            skip(size - 4);
        }
        return true;
    }

    private boolean isVideoChunk() {
        return header[0] == '0' + videoStream / 10
                && header[1] == '0' + videoStream % 10
                && header[2] == 'd'
                && (header[3] == 'c' || header[3] == 'b');
    }

    private void read(int count) throws IOException {
        int done = in.readFully(header, 0, count);
        if (done < count) {
            Arrays.fill(header, done, count, (byte) 0);
            truncated = true;
        }
    }

    private void skip(int size) throws IOException {
        truncated |= !in.skip(padded(size));
    }

    private static long padded(int size) {
        long unsigned = size & 0xffffffffL;
        return unsigned + (unsigned & 1);
    }

    private int size() {
        return number(4);
    }

    private int number(int offset) {
        return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
    }

    private String name(int offset) {
        return new String(header, offset, 4, StandardCharsets.ISO_8859_1);
    }

    private static double rate(int scale, int rate) {
        return scale > 0 && rate > 0 ? (double) rate / scale : 0;
    }
}
