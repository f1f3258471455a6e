package ttrnn.video;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Frames of an MPEG-1 or MPEG-2 video stream. A B picture goes out at once; an I or P picture sends out the one held
 * back and takes its place. Three sets of planes do: the two references, and the one decoded into.
 *
 * <p>The last picture of a stream that ends without another start code is given out only if it is whole; otherwise it
 * is dropped and the clip reported as truncated. So is a reference picture whose B pictures were cut off: what comes
 * out of a clip that is cut has no gap.
 */
final class MpegFrameSource implements FrameSource {
    private static final int I_PICTURE = 1;
    private static final int B_PICTURE = 3;
    private static final int INDEX_MASK = 1023;
    private static final byte[][] NONE = {};

    private final ClipInput in;
    private final ElementaryStream stream;
    private final MpegPictureReader pictures;
    private final DecodeLimits limits;
    private final ConversionHint hint;
    private final ClipFormat format;
    private MpegSequence sequence;
    private MpegVideoDecoder decoder;
    private byte[][] free;
    /** The newest reference, and the one before it. */
    private byte[][] held;

    private byte[][] older;
    private boolean holding;
    /** Whether a damaged reference picture sends out the last picture before any damage. */
    private boolean lastWhole;
    /** Whether the held picture follows the last one given out, with none between. */
    private boolean heldIsNext = true;

    private int heldIndex;
    private int references;
    private boolean pending;
    private boolean ended;
    private int frames;
    private int whole;
    private int sliceErrors;
    private int missingMacroblocks;
    private boolean truncated;

    /** Reads up to the first picture; closes {@code in} in the end, but not if this fails. */
    MpegFrameSource(ClipInput in, ElementaryStream stream, String container, DecodeLimits limits, ConversionHint hint)
            throws IOException {
        this.in = in;
        this.hint = hint;
        this.stream = stream;
        this.limits = limits;
        this.pictures = new MpegPictureReader(stream, limits.maxPictureBytes());
        this.pending = pictures.next();
        MpegSequence first = pictures.sequence();
        if (first == null) {
            throw new ClipException(
                    stream.truncated()
                            ? "the clip ends before its first frame; it is cut short, copy it again"
                            : "the clip holds no MPEG-1 or MPEG-2 video");
        }
        this.sequence = first;
        this.format = new ClipFormat(container, first.codec(), first.width(), first.height(), first.framesPerSecond());
        this.decoder = decoderFor(first);
        this.free = decoder.planes();
        this.held = decoder.planes();
        this.older = decoder.planes();
        if (pending) {
            checkSupported();
        }
    }

    @Override
    public ClipFormat format() {
        return format;
    }

    @Override
    public DecodeReport report() {
        return new DecodeReport(frames, whole, sliceErrors, missingMacroblocks, truncated || stream.truncated());
    }

    @Override
    public @Nullable Picture next() throws ClipException {
        try {
            Picture picture = ended ? null : decodeNext();
            if (picture != null) {
                limits.checkFrames(++frames);
                whole = undamaged() || lastWhole ? frames : whole;
                lastWhole = false;
            } else if (frames == 0) {
                throw new ClipException(
                        "the clip holds no whole frame" + (report().truncated() ? "; it is cut short" : ""));
            }
            return picture;
        } catch (ClipException e) {
            ended = true;
            throw e;
        } catch (IOException e) {
            ended = true;
            throw new ClipException("the clip cannot be read: " + e.getMessage(), e);
        }
    }

    private @Nullable Picture decodeNext() throws IOException {
        while (pending || pictures.next()) {
            pending = true;
            if (pictures.sequenceStarted() && !sameSize()) {
                if (holding) {
                    // The held one goes out before its planes are given up; the new sequence starts with the next call.
                    holding = false;
                    return picture(held);
                }
                restart();
            }
            pending = false;
            Picture out = decode();
            if (out != null) {
                return out;
            }
        }
        ended = true;
        boolean last = holding && (heldIsNext || !report().truncated());
        return last ? picture(held) : null;
    }

    /** Decodes the picture that was read; what goes out for it, or null if nothing does. */
    private @Nullable Picture decode() throws ClipException {
        checkSupported();
        if (pictures.sequenceStarted()) {
            sliceErrors += decoder.startSequence(pictures.sequenceHeader()) ? 0 : 1;
        }
        int type = pictures.codingType();
        if (type < I_PICTURE || type > B_PICTURE || references < type - 1) {
            sliceErrors++;
            return null;
        }
        byte[][] before = references == 0 ? NONE : type == B_PICTURE ? older : held;
        decoder.decode(pictures, free, before, held);
        if (pictures.endedByStream() && (decoder.sliceErrors() > 0 || decoder.missingMacroblocks() > 0)) {
            truncated = true;
            return null;
        }
        boolean good = undamaged();
        sliceErrors += decoder.sliceErrors();
        missingMacroblocks += decoder.missingMacroblocks();
        int index = pictures.displayIndex();
        if (type == B_PICTURE) {
            heldIsNext = heldIndex == ((index + 1) & INDEX_MASK);
            return picture(free);
        }
        heldIsNext = !holding || index == (pictures.groupStarted() ? 0 : (heldIndex + 1) & INDEX_MASK);
        heldIndex = index;
        references = Math.min(2, references + 1);
        byte[][] decoded = free;
        free = older;
        older = held;
        held = decoded;
        boolean first = !holding;
        holding = true;
        lastWhole = good && !first;
        return first ? null : picture(older);
    }

    private boolean undamaged() {
        return sliceErrors == 0 && missingMacroblocks == 0;
    }

    private void checkSupported() throws ClipException {
        MpegSequence current = pictures.sequence();
        if (current != null && (current.chromaFormat() < 1 || current.chromaFormat() > 2)) {
            throw new ClipException(format.container()
                    + " with MPEG-2 video with chroma other than 4:2:0 and 4:2:2 is not supported; " + hint.convert());
        }
        if (current != null && current.mpeg2() && pictures.codedAsFields()) {
            throw new ClipException(
                    format.container() + " with interlaced MPEG-2 video is not supported; " + hint.deinterlace());
        }
        if (pictures.concealmentVectors()) {
            throw new ClipException(format.container()
                    + " with MPEG-2 video with concealment motion vectors is not supported; " + hint.convert());
        }
    }

    private boolean sameSize() {
        MpegSequence latest = pictures.sequence();
        return latest != null
                && latest.width() == sequence.width()
                && latest.height() == sequence.height()
                && latest.codedHeight() == sequence.codedHeight()
                && latest.mpeg2() == sequence.mpeg2()
                && latest.chromaFormat() == sequence.chromaFormat();
    }

    private void restart() throws ClipException {
        MpegSequence latest = pictures.sequence();
        if (latest != null) {
            decoder = decoderFor(latest);
            sequence = latest;
            free = decoder.planes();
            held = decoder.planes();
            older = decoder.planes();
            references = 0;
        }
    }

    private MpegVideoDecoder decoderFor(MpegSequence described) throws ClipException {
        limits.checkSize(described.width(), described.height());
        return new MpegVideoDecoder(described);
    }

    private Picture picture(byte[][] planes) {
        int stride = sequence.codedWidth();
        // Of 4:2:2, two rows share the upper one's chroma, as FFmpeg's way to RGB has it, and so OpenCV's.
        int chromaStride = sequence.tallChroma() ? stride : stride / 2;
        return new Picture(
                sequence.width(), sequence.height(), planes[0], planes[1], planes[2], stride, chromaStride, false);
    }

    @Override
    public void close() {
        ended = true;
        try {
            in.close();
        } catch (IOException e) {
            // Read only: nothing is lost.
        }
    }
}
