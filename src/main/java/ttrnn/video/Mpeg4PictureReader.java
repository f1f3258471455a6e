package ttrnn.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The coded pictures of MPEG-4 part 2 in AVI chunks, one at a time. A chunk of a packed stream holds two: each starts
 * with 00 00 01 B6. Pictures that say they are not coded, which packed streams put in place of the second, are dropped.
 * Headers are rewritten on the way to JCodec, see {@link Mpeg4Clock} and {@link Mpeg4Layer#rewrite}; user data is left
 * out, as JCodec reads it into 256 bytes come what may.
 */
final class Mpeg4PictureReader {
    private static final int FIRST_LAYER = 0x20;
    private static final int LAST_LAYER = 0x2f;
    private static final int GROUP = 0xb3;
    private static final int PICTURE = 0xb6;
    private static final int B_PICTURE = 2;
    private static final int RESYNC_ZEROS = 2;
    private static final int READ_AHEAD = 4;

    /** Bytes: one of stuffing, and a few zeros that some encoders end a picture with. */
    private static final int MOST_LEFT = 12;

    private final AviReader chunks;
    private final ConversionHint hint;
    private final DecodeLimits limits;
    private final Mpeg4Clock clock = new Mpeg4Clock();
    private final BitSplice picture = new BitSplice();
    private @Nullable Mpeg4Layer layer;
    private boolean layerStarted;
    private int next;
    private int codingType;
    private int paddedLength;

    Mpeg4PictureReader(AviReader chunks, DecodeLimits limits, ConversionHint hint) {
        this.chunks = chunks;
        this.limits = limits;
        this.hint = hint;
    }

    /** Moves to the next coded picture after the first layer header; false at the end of the clip. */
    boolean next() throws IOException {
        picture.clear();
        layerStarted = false;
        do {
            int end = chunks.length();
            while (next < end) {
                int start = next;
                next = startCode(chunks.data(), start + 4, end);
                if (start + 4 < end && segment(chunks.data(), start, next)) {
                    paddedLength = picture.pad();
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
        for (int i = from; i < end - 3; i++) {
            if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
                return i;
            }
        }
        return end;
    }

    /** Takes in one segment; true if it is a coded picture. */
    private boolean segment(byte[] data, int start, int end) throws ClipException {
        int code = data[start + 3] & 0xff;
        if (code >= FIRST_LAYER && code <= LAST_LAYER) {
            startLayer(data, start, end);
        } else if (code == GROUP) {
            BitCursor bits = new BitCursor(data, start + 4, end);
            int hours = bits.read(5);
            int minutes = bits.read(6);
            bits.skip(1);
            clock.startGroup((hours * 60 + minutes) * 60 + bits.read(6));
        }
        Mpeg4Layer current = layer;
        return code == PICTURE && current != null && startPicture(current, data, start, end);
    }

    private void startLayer(byte[] data, int start, int end) throws ClipException {
        Mpeg4Layer parsed = Mpeg4Layer.parse(data, start, end);
        if (!parsed.unsupported().isEmpty()) {
            throw new ClipException(
                    "MPEG-4 part 2 with " + parsed.unsupported() + " is not supported; " + hint.convert());
        }
        limits.checkSize(parsed.width(), parsed.height());
        layer = parsed;
        layerStarted = true;
        picture.clear();
        parsed.rewrite(data, start, end, Mpeg4Clock.TICKS, picture);
        // Back to a byte's border: the next start code stands at one.
        picture.align();
    }

    private boolean startPicture(Mpeg4Layer current, byte[] data, int start, int end) throws ClipException {
        BitCursor bits = new BitCursor(data, start + 4, end);
        codingType = bits.read(2);
        int seconds = 0;
        while (bits.flag()) {
            seconds++;
        }
        bits.skip(1);
        int ticks = bits.read(current.timeBits());
        bits.skip(1);
        boolean coded = bits.flag();
        if (!coded || bits.overrun()) {
            return false;
        }
        if (current.resyncMarkers() && hasResyncMarker(data, bits.position() / 8 + 1, end)) {
            throw new ClipException("MPEG-4 part 2 with resync markers is not supported; " + hint.convert());
        }
        picture.copy(data, start * 8, (start + 4) * 8);
        picture.write(codingType, 2);
        if (codingType == B_PICTURE) {
            clock.writeBetween(clock.between(seconds, ticks, current.ticksPerSecond()), picture);
        } else {
            clock.reference(seconds, ticks, current.ticksPerSecond());
            clock.writeReference(picture);
        }
        picture.write(0b11, 2);
        picture.copy(data, bits.position(), end * 8);
        return true;
    }

    /** Two zero bytes occur in a picture only as a marker's beginning, or as padding at its end. */
    private static boolean hasResyncMarker(byte[] data, int from, int end) {
        int zeros = 0;
        for (int i = from; i < end; i++) {
            if (data[i] != 0 && zeros >= RESYNC_ZEROS) {
                return true;
            }
            zeros = data[i] == 0 ? zeros + 1 : 0;
        }
        return false;
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

    /** 0 for I, 1 for P, 2 for B, 3 for a picture with global motion. */
    int codingType() {
        return codingType;
    }

    /** The picture for JCodec, the layer header before it if it just came; valid until {@link #next}. */
    ByteBuffer picture() {
        return ByteBuffer.wrap(picture.data(), 0, paddedLength);
    }

    /**
     * Whether JCodec, having read up to {@code position} of {@link #picture}, left more of it than an encoder puts behind the
     * last macroblock: then some code on the way was read as another one. It reads four bytes ahead.
     */
    boolean leftBits(int position) {
        return paddedLength - BitSplice.PADDING - (position - READ_AHEAD) > MOST_LEFT;
    }

    /** Whether no picture is missing before the newest reference in the order shown, by its time and the frame rate. */
    boolean referenceIsNext() {
        Mpeg4Layer current = layer;
        double gap = clock.gapBeforeReference() * chunks.framesPerSecond();
        return current == null || gap < 1.5 * current.ticksPerSecond();
    }

    /** Whether the file ended inside a chunk. */
    boolean truncated() {
        return chunks.truncated();
    }
}
