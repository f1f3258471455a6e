package ttrnn.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the codec of the first video track of an MP4 or QuickTime file: moov/trak/mdia/minf/stbl/stsd. */
final class Mp4Codec {
    private static final int MAX_BOXES = 10_000;
    private static final int MAX_DEPTH = 6;
    private static final int HEADER_BYTES = 8;

    private final ClipInput in;
    private int boxes;

    Mp4Codec(ClipInput in) {
        this.in = in;
    }

    /** The four-character code; empty if there is none to be found. */
    Optional<String> find() throws IOException {
        return find(0, in.size(), 0, false);
    }

    private Optional<String> find(long from, long to, int depth, boolean inVideo) throws IOException {
        long at = from;
        boolean video = inVideo;
        byte[] header = new byte[2 * HEADER_BYTES];
        while (at + HEADER_BYTES <= to && ++boxes < MAX_BOXES) {
            in.seek(at);
            if (in.readFully(header, 0, header.length) < HEADER_BYTES) {
                break;
            }
            ByteBuffer fields = ByteBuffer.wrap(header);
            long size = fields.getInt() & 0xffffffffL;
            String kind = text(header, 4);
            fields.position(HEADER_BYTES);
            long length = size == 1 ? fields.getLong() : size == 0 ? to - at : size;
            long body = at + (size == 1 ? 2 * HEADER_BYTES : HEADER_BYTES);
            if (length < HEADER_BYTES || length > to - at) {
                length = to - at;
            }
            if (kind.equals("hdlr")) {
                video = text(body + 8).equals("vide");
            } else if (kind.equals("stsd") && video) {
                return Optional.of(text(body + 12));
            } else if (depth < MAX_DEPTH && kind.matches("moov|trak|mdia|minf|stbl")) {
                Optional<String> found = find(body, at + length, depth + 1, video);
                if (found.isPresent()) {
                    return found;
                }
            }
            at += length;
        }
        return Optional.empty();
    }

    private String text(long position) throws IOException {
        in.seek(position);
        byte[] code = new byte[4];
        in.readFully(code, 0, 4);
        return text(code, 0);
    }

    private static String text(byte[] bytes, int offset) {
        return new String(bytes, offset, 4, StandardCharsets.ISO_8859_1);
    }
}
