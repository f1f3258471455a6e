package ttrnn.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The coded pictures of MPEG-4 part 2 in a container's chunks, one at a time. A chunk of a packed stream holds two: each
 * starts with 00 00 01 B6. Pictures that say they are not coded, which packed streams put in place of the second, are
 * dropped.
 */
final class Mpeg4PictureReader {
    private static final int FIRST_LAYER = 0x20;
    private static final int LAST_LAYER = 0x2f;
    private static final int USER_DATA = 0xb2;
    private static final int GROUP = 0xb3;
    private static final int PICTURE = 0xb6;
    private static final int B_PICTURE = 2;

    /** Bytes of a picture that says it is not coded, start code included: it has nothing but a header. */
    private static final int LONGEST_PLACEHOLDER = 24;

    private static final Pattern DIVX = Pattern.compile("DivX\\d{1,9}(?:Build|b)(\\d{1,9})");
    private static final int FIRST_STANDARD_BUILD = 1814;

    private final CodedChunks chunks;
    private final String container;
    private final ConversionHint hint;
    private final DecodeLimits limits;
    private final Mpeg4Clock clock = new Mpeg4Clock();
    private final BitWindow bits = new BitWindow();
    private @Nullable Mpeg4Layer layer;
    private Header header = new Header(0, 0, 0);
    private boolean layerStarted;
    private boolean signed;
    private boolean byXvid;
    private boolean faultyQuarters;
    private int faults;
    private int next;

    /**
     * A picture's header up to the flag that it is coded.
     *
     * @param type 0 for I, 1 for P, 2 for B, 3 for a picture with global motion
     * @param distance time from the reference before a B picture to it
     * @param whole time between its references
     */
    record Header(int type, long distance, long whole) {}

    Mpeg4PictureReader(CodedChunks chunks, String container, DecodeLimits limits, ConversionHint hint) {
        this.chunks = chunks;
        this.container = container;
        this.limits = limits;
        this.hint = hint;
    }

    /** Moves to the next coded picture after the first layer header; false at the end of the clip. */
    boolean next() throws IOException {
        layerStarted = false;
        do {
            int end = chunks.length();
            while (next < end) {
                int start = next;
                next = startCode(chunks.data(), start + 4, end);
                if (start + 4 < end && segment(chunks.data(), start, next)) {
                    return true;
                }
            }
        } while (nextChunk());
        return false;
    }

    private boolean nextChunk() throws IOException {
        if (!chunks.next()) {
            next = 0;
            return false;
        }
        next = startCode(chunks.data(), 0, chunks.length());
        return true;
    }

    /** Index of the first start code at or after {@code from} with its last byte present, or {@code end}. */
    private static int startCode(byte[] data, int from, int end) {
        int i = from;
        while (i < end - 3) {
            // The third byte tells how far the next start code is at least.
            int third = data[i + 2];
            if (third == 1 && data[i] == 0 && data[i + 1] == 0) {
                return i;
            }
            i += third == 0 ? 1 : 3;
        }
        return end;
    }

    /** Takes in one segment; true if it is a coded picture. */
    private boolean segment(byte[] data, int start, int end) throws ClipException {
        int code = data[start + 3] & 0xff;
        if (code >= FIRST_LAYER && code <= LAST_LAYER) {
            startLayer(data, start, end);
        } else if (code == USER_DATA) {
            String text = new String(data, start + 4, Math.min(60, end - start - 4), StandardCharsets.ISO_8859_1);
            byXvid |= text.startsWith("XviD");
            signed |= byXvid || text.matches("(?s)(DivX|Lavc|FFmpe|ffmpeg).*");
            faultyQuarters |= faultyQuarters(text);
        } else if (code == GROUP) {
            BitCursor fields = new BitCursor(data, start + 4, end);
            int hours = fields.read(5);
            int minutes = fields.read(6);
            fields.skip(1);
            clock.startGroup((hours * 60 + minutes) * 60 + fields.read(6));
        }
        Mpeg4Layer current = layer;
        return code == PICTURE && current != null && startPicture(current, data, start, end);
    }

    /** Whether a signature is that of an encoder with rules of its own for quarter samples: DivX 5 at first, FFmpeg of 2003. */
    private static boolean faultyQuarters(String signature) {
        Matcher divx = DIVX.matcher(signature);
        return signature.startsWith("FF")
                || signature.startsWith("ffmpeg")
                || (divx.lookingAt() && Integer.parseInt(divx.group(1)) < FIRST_STANDARD_BUILD);
    }

    private void startLayer(byte[] data, int start, int end) throws ClipException {
        Mpeg4Layer parsed = Mpeg4Layer.parse(data, start, end);
        if (!parsed.unsupported().isEmpty()) {
            throw new ClipException(container + " with MPEG-4 part 2 video with " + parsed.unsupported()
                    + " is not supported; " + hint.convert());
        }
        limits.checkSize(parsed.width(), parsed.height());
        layer = parsed;
        layerStarted = true;
    }

    private boolean startPicture(Mpeg4Layer current, byte[] data, int start, int end) throws ClipException {
        if (current.quarter() && faultyQuarters) {
            throw new ClipException(container
                    + " with MPEG-4 part 2 video with quarter-pel motion of an old encoder is not supported; "
                    + hint.convert());
        }
        bits.take(data, start + 4, end);
        int type = bits.read(2);
        int seconds = 0;
        while (bits.flag()) {
            seconds++;
        }
        boolean marked = bits.flag();
        int ticks = bits.read(current.timeBits());
        marked &= bits.flag();
        boolean coded = bits.flag();
        if (!marked || bits.overrun() || (!coded && end - start > LONGEST_PLACEHOLDER)) {
            faults++;
        }
        if (!coded || bits.overrun()) {
            return false;
        }
        if (type == B_PICTURE) {
            long distance = clock.between(seconds, ticks, current.ticksPerSecond());
            long whole = clock.referenceDistance();
            // A time that is none between the references, as damage leaves it, is taken as the middle.
            header = distance > 0 && distance < whole ? new Header(type, distance, whole) : new Header(type, 1, 2);
        } else {
            clock.reference(seconds, ticks, current.ticksPerSecond());
            header = new Header(type, 0, 0);
        }
        return true;
    }

    /** The last layer header met; null before the first. */
    @Nullable
    Mpeg4Layer layer() {
        return layer;
    }

    /** Whether a layer header stood before this picture. */
    boolean layerStarted() {
        return layerStarted;
    }

    Header header() {
        return header;
    }

    /** The picture's bits from the flag that it is coded on; always the same window. */
    BitWindow bits() {
        return bits;
    }

    /** When the picture is shown, in ticks of its container. */
    long ticks() {
        return chunks.ticks();
    }

    /** How the stream's encoder transformed blocks back: Xvid signs its streams, or the container names it. */
    BlockTransform transform() {
        boolean named = !signed && chunks.codec().toLowerCase(Locale.ROOT).equals("xvid");
        return byXvid || named ? XvidDct::transform : InverseDct::transform;
    }

    /** Whether no picture is missing before the newest reference in the order shown, by its time and the frame rate. */
    boolean referenceIsNext() {
        Mpeg4Layer current = layer;
        double gap = clock.gapBeforeReference() * chunks.framesPerSecond();
        return current == null || gap < 1.5 * current.ticksPerSecond();
    }

    /** Damaged headers, and pictures that say they are not coded and yet are long, since this was last asked. */
    int takeFaults() {
        int taken = faults;
        faults = 0;
        return taken;
    }

    /** Whether the file ended inside a chunk. */
    boolean truncated() {
        return chunks.truncated();
    }
}
