package ttrnn.video;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The first video track of an MP4 or QuickTime file: moov/trak with tkhd, edts/elst, mdia with mdhd, hdlr,
 * minf/stbl with stsd, stts, ctts, stsc, stsz, stco or co64.
 */
final class Mp4Reader {
    private static final String CONTAINERS = "moov|trak|edts|mdia|minf|stbl";

    private final Mp4Boxes boxes;
    private final DecodeLimits limits;
    private final ConversionHint hint;
    private Mp4Track track = new Mp4Track();
    private @Nullable Mp4Track found;
    private long movieTicksPerSecond;
    private boolean fragmented;
    private boolean hasMovie;

    private Mp4Reader(ClipInput in, DecodeLimits limits, ConversionHint hint) {
        this.boxes = new Mp4Boxes(in);
        this.limits = limits;
        this.hint = hint;
    }

    /** Reads the index; {@code container} is how a message names the file. */
    static VideoTrack read(ClipInput in, String container, DecodeLimits limits, ConversionHint hint)
            throws IOException {
        return new Mp4Reader(in, limits, hint).read(container);
    }

    private VideoTrack read(String container) throws IOException {
        try {
            boxes.walk(this::box);
            takeTrack();
            Mp4Track video = found;
            if (video == null) {
                throw new ClipException(
                        hasMovie
                                ? "the clip holds no video track"
                                : "the clip has no index (moov), it was not finished or is cut short; copy it again");
            }
            if (fragmented) {
                throw new ClipException("fragmented " + container + " with " + UnsupportedCodec.ofCode(video.codec())
                        + " video is not supported; " + hint.convert());
            }
            return video.build(movieTicksPerSecond, container, limits, hint, boxes.truncated());
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            // A box that is shorter than its fields.
            throw new ClipException("its index ends too early; the clip is damaged, copy it again", e);
        }
    }

    private boolean box(String kind, long body, long end) throws IOException {
        if (kind.equals("moov")) {
            hasMovie = true;
        } else if (kind.equals("trak")) {
            takeTrack();
        } else if (kind.equals("moof") || kind.equals("mvex")) {
            fragmented = true;
        }
        if (kind.matches(CONTAINERS)) {
            return true;
        }
        if (found == null && kind.matches("tkhd|elst|mdhd|hdlr|stsd|stts|ctts|stsc|stsz|stco|co64")) {
            track.take(kind, boxes.content(body, end));
        } else if (kind.equals("mvhd")) {
            ByteBuffer content = boxes.content(body, end);
            movieTicksPerSecond = content.getInt(content.get(0) == 1 ? 20 : 12) & 0xffffffffL;
        }
        return false;
    }

    /** A track is complete when the next one begins. */
    private void takeTrack() {
        if (found == null && track.isVideo()) {
            found = track;
        }
        track = new Mp4Track();
    }

    /** The name for a codec's four bytes at {@code offset}. */
    static String code(ByteBuffer content, int offset) {
        byte[] bytes = new byte[4];
        content.get(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
