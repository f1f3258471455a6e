package ttrnn.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Walks the boxes of an MP4 or QuickTime file (ISO 14496-12), whose lengths may be lies. */
final class Mp4Boxes {
    /** Takes the boxes that a walk meets. */
    interface Visitor {
        /** A box of {@code kind} whose content lies from {@code body} to {@code end}; true to walk what is in it. */
        boolean box(String kind, long body, long end) throws IOException;
    }

    private static final int MAX_BOXES = 10_000;
    private static final int MAX_DEPTH = 8;
    private static final int HEADER_BYTES = 8;
    /** Larger than the table of any clip within the limit of frames. */
    private static final int MAX_TABLE_BYTES = 1 << 22;

    private final ClipInput in;
    private final byte[] header = new byte[2 * HEADER_BYTES];
    private int boxes;
    private boolean truncated;

    Mp4Boxes(ClipInput in) {
        this.in = in;
    }

    /** Whether a box said to be longer than the file. */
    boolean truncated() {
        return truncated;
    }

    /** Walks the whole file. */
    void walk(Visitor visitor) throws IOException {
        walk(0, in.size(), 0, visitor);
    }

    private void walk(long from, long to, int depth, Visitor visitor) throws IOException {
        long at = from;
        while (at + HEADER_BYTES <= to && ++boxes < MAX_BOXES) {
            in.seek(at);
            if (in.readFully(header, 0, header.length) < HEADER_BYTES) {
                return;
            }
            ByteBuffer fields = ByteBuffer.wrap(header);
            long size = fields.getInt() & 0xffffffffL;
            String kind = text(header, 4);
            fields.position(HEADER_BYTES);
            int headerBytes = size == 1 ? 2 * HEADER_BYTES : HEADER_BYTES;
            long length = size == 1 ? fields.getLong() : size == 0 ? to - at : size;
            if (length < headerBytes || length > to - at) {
                truncated = true;
                length = Math.max(headerBytes, to - at);
            }
            long end = Math.min(to, at + length);
            if (visitor.box(kind, Math.min(end, at + headerBytes), end) && depth < MAX_DEPTH) {
                walk(at + headerBytes, end, depth + 1, visitor);
            }
            at = end;
        }
    }

    /** The content of a box that holds a table or a few fields. */
    ByteBuffer content(long body, long end) throws IOException {
        long length = end - body;
        if (length > MAX_TABLE_BYTES) {
            throw new ClipException("its index has a table of " + length + " bytes; the clip is damaged, or too long");
        }
        byte[] bytes = new byte[(int) length];
        in.seek(body);
        in.readFully(bytes, 0, bytes.length);
        return ByteBuffer.wrap(bytes);
    }

    static String text(byte[] bytes, int offset) {
        return new String(bytes, offset, 4, StandardCharsets.ISO_8859_1);
    }
}
