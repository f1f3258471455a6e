package ttrnn.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jcodec.codecs.mpeg4.MPEG4Decoder;
import org.jspecify.annotations.Nullable;

/**
 * Frames of MPEG-4 part 2 in AVI, through JCodec. JCodec keeps the planes of the last two references, so three sets
 * are in use, and a fourth holds the frame given out: JCodec's samples are -128 … 127. A B picture goes out at once; a
 * reference sends out the one before it.
 *
 * <p>Of a clip that is cut, a reference whose B pictures are missing is dropped, so that what comes out has no gap.
 * A picture JCodec cannot decode is dropped and counted as a slice error: it says no more precisely what is wrong.
 */
final class Mpeg4FrameSource implements FrameSource {
    private static final int B_PICTURE = 2;

    private final ClipInput in;
    private final DecodeLimits limits;
    private final Mpeg4PictureReader pictures;
    private final ClipFormat format;
    private MPEG4Decoder decoder = new MPEG4Decoder();
    private Mpeg4Layer layer;
    /** The newest reference, the one before it, and the planes to decode into. */
    private byte[][][] planes;

    private byte[][] shown;
    private int references;
    private boolean holding;
    private boolean pending;
    private boolean ended;
    private int frames;
    private int whole;
    /** Whether a damaged reference picture sends out the last picture before any damage. */
    private boolean lastWhole;

    private int errors;

    /** Reads up to the first picture; closes {@code in} in the end, but not if this fails. */
    Mpeg4FrameSource(ClipInput in, AviReader chunks, DecodeLimits limits, ConversionHint hint) throws IOException {
        // Takes the log over before JCodec writes to it.
        JcodecLog.takeErrors();
        this.in = in;
        this.limits = limits;
        this.pictures = new Mpeg4PictureReader(chunks, limits, hint);
        pending = pictures.next();
        Mpeg4Layer first = pictures.layer();
        if (first == null) {
            throw new ClipException(
                    chunks.truncated()
                            ? "the clip ends before its first frame; it is cut short, copy it again"
                            : "the clip holds no MPEG-4 part 2 video, though its header says so");
        }
        layer = first;
        planes = new byte[3][][];
        shown = allocate();
        format = new ClipFormat("AVI", "MPEG-4 part 2", first.width(), first.height(), chunks.framesPerSecond());
    }

    private byte[][] allocate() {
        int luma = codedWidth() * ((layer.height() + 15) & ~15);
        for (int i = 0; i < planes.length; i++) {
            planes[i] = new byte[][] {new byte[luma], new byte[luma / 4], new byte[luma / 4]};
        }
        return new byte[][] {new byte[luma], new byte[luma / 4], new byte[luma / 4]};
    }

    private int codedWidth() {
        return (layer.width() + 15) & ~15;
    }

    @Override
    public ClipFormat format() {
        return format;
    }

    @Override
    public DecodeReport report() {
        return new DecodeReport(frames, whole, errors, 0, pictures.truncated());
    }

    @Override
    public @Nullable Picture next() throws ClipException {
        try {
            Picture picture = ended ? null : decodeNext();
            if (picture != null) {
                limits.checkFrames(++frames);
                whole = errors == 0 || lastWhole ? frames : whole;
                lastWhole = false;
            } else if (frames == 0) {
                throw new ClipException(
                        "the clip holds no whole frame" + (pictures.truncated() ? "; it is cut short" : ""));
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
            if (pictures.layerStarted() && !sameSize()) {
                if (holding) {
                    holding = false;
                    return show(planes[0]);
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
        boolean whole = frames == 0 || pictures.referenceIsNext() || !pictures.truncated();
        return holding && whole ? show(planes[0]) : null;
    }

    private @Nullable Picture decode() {
        boolean before = errors == 0;
        int type = pictures.codingType();
        if (type > B_PICTURE || references < type || !decodeInto(planes[2])) {
            errors++;
            return null;
        }
        byte[][] decoded = planes[2];
        if (type == B_PICTURE) {
            return show(decoded);
        }
        planes[2] = planes[1];
        planes[1] = planes[0];
        planes[0] = decoded;
        references = Math.min(2, references + 1);
        boolean first = !holding;
        holding = true;
        lastWhole = before && !first;
        return first ? null : show(planes[1]);
    }

    private boolean decodeInto(byte[][] target) {
        try {
            ByteBuffer coded = pictures.picture();
            boolean decoded = decoder.decodeFrame(coded, target) != null;
            errors += Math.min(1, JcodecLog.takeErrors() + (decoded && pictures.leftBits(coded.position()) ? 1 : 0));
            return decoded;
        } catch (RuntimeException e) {
            // Damaged bits end in an index out of bounds somewhere in JCodec.
            JcodecLog.takeErrors();
            return false;
        }
    }

    private boolean sameSize() {
        Mpeg4Layer latest = pictures.layer();
        return latest != null && latest.width() == layer.width() && latest.height() == layer.height();
    }

    private void restart() {
        Mpeg4Layer latest = pictures.layer();
        if (latest != null) {
            layer = latest;
            decoder = new MPEG4Decoder();
            shown = allocate();
            references = 0;
        }
    }

    /** Copies planes to samples 0 … 255. */
    private Picture show(byte[][] from) {
        for (int plane = 0; plane < 3; plane++) {
            byte[] source = from[plane];
            byte[] target = shown[plane];
            for (int i = 0; i < source.length; i++) {
                target[i] = (byte) (source[i] ^ 0x80);
            }
        }
        int stride = codedWidth();
        return new Picture(layer.width(), layer.height(), shown[0], shown[1], shown[2], stride, stride / 2, false);
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
