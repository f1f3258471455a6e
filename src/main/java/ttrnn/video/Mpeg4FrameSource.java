package ttrnn.video;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Frames of MPEG-4 part 2 in AVI, MP4 and Matroska. A B picture goes out at once; a reference sends out the one before it.
 * Three sets of planes are in use: two references, and the picture being decoded.
 *
 * <p>Of a clip that is cut, a reference whose B pictures are missing is dropped, so that what comes out has no gap. A
 * picture whose references are missing is dropped and counted as a slice error, as is one that is damaged in its middle,
 * which goes out as far as it was decoded.
 */
final class Mpeg4FrameSource implements FrameSource {
    private static final int B_PICTURE = 2;

    private final ClipInput in;
    private final CodedChunks chunks;
    private final DecodeLimits limits;
    private final Mpeg4PictureReader pictures;
    private final ClipFormat format;
    private final Rotation rotation;
    private Mpeg4Layer layer;
    private Mpeg4Decoder decoder;
    /** The newest reference, the one before it, and the planes to decode into. */
    private byte[][][] planes;

    private int references;
    private boolean holding;
    private long heldTicks;
    private long ticks;
    private boolean pending;
    private boolean ended;
    private int frames;
    private int whole;
    /** Whether a damaged reference picture sends out the last picture before any damage. */
    private boolean lastWhole;

    private int errors;
    private int missing;

    /** Reads up to the first picture; closes {@code in} in the end, but not if this fails. */
    Mpeg4FrameSource(
            ClipInput in, CodedChunks chunks, String container, int clockwise, DecodeLimits limits, ConversionHint hint)
            throws IOException {
        this.in = in;
        this.chunks = chunks;
        this.limits = limits;
        this.rotation = new Rotation(clockwise);
        this.pictures = new Mpeg4PictureReader(chunks, container, limits, hint);
        pending = pictures.next();
        Mpeg4Layer first = pictures.layer();
        if (first == null) {
            throw new ClipException(
                    chunks.truncated()
                            ? "the clip ends before its first frame; it is cut short, copy it again"
                            : "the clip holds no MPEG-4 part 2 video, though its header says so");
        }
        layer = first;
        decoder = new Mpeg4Decoder(first, pictures.bits(), pictures.transform());
        planes = new byte[][][] {decoder.planes(), decoder.planes(), decoder.planes()};
        format = new ClipFormat(
                container,
                "MPEG-4 part 2",
                rotation.upright() ? first.height() : first.width(),
                rotation.upright() ? first.width() : first.height(),
                chunks.framesPerSecond());
    }

    @Override
    public ClipFormat format() {
        return format;
    }

    @Override
    public DecodeReport report() {
        return new DecodeReport(frames, whole, errors, missing, pictures.truncated());
    }

    @Override
    public long ticks() {
        return ticks;
    }

    @Override
    public double ticksPerSecond() {
        return chunks.ticksPerSecond();
    }

    @Override
    public @Nullable Picture next() throws ClipException {
        try {
            Picture picture = ended ? null : decodeNext();
            while (picture != null && !chunks.shown(ticks)) {
                picture = ended ? null : decodeNext();
            }
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
            errors += pictures.takeFaults();
            if (pictures.layerStarted() && !sameLayer()) {
                if (holding) {
                    holding = false;
                    return show(planes[0], heldTicks);
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
        errors += pictures.takeFaults();
        boolean complete = frames == 0 || pictures.referenceIsNext() || !pictures.truncated();
        return holding && complete ? show(planes[0], heldTicks) : null;
    }

    private @Nullable Picture decode() {
        boolean before = errors == 0;
        int type = pictures.header().type();
        if (type > B_PICTURE || references < type) {
            errors++;
            return null;
        }
        byte[][] decoded = planes[2];
        boolean between = type == B_PICTURE;
        if (!decoder.decode(pictures.header(), decoded, planes[between ? 1 : 0], planes[0])) {
            errors++;
            missing += decoder.missing();
        }
        if (between) {
            return show(decoded, pictures.ticks());
        }
        planes[2] = planes[1];
        planes[1] = planes[0];
        planes[0] = decoded;
        references = Math.min(2, references + 1);
        boolean first = !holding;
        long shown = heldTicks;
        holding = true;
        heldTicks = pictures.ticks();
        lastWhole = before && !first;
        return first ? null : show(planes[1], shown);
    }

    private boolean sameLayer() {
        Mpeg4Layer latest = pictures.layer();
        return latest != null && latest.sameAs(layer);
    }

    private void restart() {
        Mpeg4Layer latest = pictures.layer();
        if (latest != null) {
            layer = latest;
            decoder = new Mpeg4Decoder(latest, pictures.bits(), pictures.transform());
            planes = new byte[][][] {decoder.planes(), decoder.planes(), decoder.planes()};
            references = 0;
        }
    }

    private Picture show(byte[][] from, long time) {
        ticks = time;
        int stride = (layer.width() + 15) & ~15;
        return rotation.turn(
                new Picture(layer.width(), layer.height(), from[0], from[1], from[2], stride, stride / 2, false));
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
