package ttrnn.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a progressive H.264 track, through JCodec, in the order of their times. JCodec copies its references, so
 * planes are free again once shown. Damaged bits may lead it into an endless loop that no interruption ends: this class
 * runs only in a process that can be killed ({@link DecoderProcess}).
 */
final class H264FrameSource implements FrameSource {
    private final ClipInput in;
    private final VideoTrack track;
    private final DecodeLimits limits;
    private final ConversionHint hint;
    private final H264Parameters parameters;
    private final SeqParameterSet sequence;
    private final ClipFormat format;
    private final H264PictureDecoder decoder = new H264PictureDecoder();
    private final ShowOrder order;
    private final Rotation rotation;
    private final int codedWidth;
    private final int codedHeight;
    private byte[] coded = new byte[1 << 15];
    private int fed;
    private int frames;
    private int whole;
    private int errors;
    private int missing;
    private boolean truncated;
    private long ticks;
    private ShowOrder.@Nullable Held shown;

    H264FrameSource(ClipInput in, VideoTrack track, String container, DecodeLimits limits, ConversionHint hint)
            throws IOException {
        // Takes the log over before JCodec writes to it.
        JcodecLog.takeErrors();
        this.in = in;
        this.track = track;
        this.limits = limits;
        this.hint = hint;
        this.parameters = new H264Parameters(track.configuration(), container, limits, hint);
        SeqParameterSet described = parameters.sequence();
        if (described == null) {
            throw new ClipException(
                    container + " with H.264 video, but without its sequence parameters; " + hint.convert());
        }
        if (track.pictures().count() == 0) {
            throw new ClipException("the clip holds no frames");
        }
        this.sequence = described;
        this.codedWidth = 16 * (described.picWidthInMbsMinus1 + 1);
        this.codedHeight = 16 * (described.picHeightInMapUnitsMinus1 + 1);
        limits.checkSize(width(), height());
        this.order = new ShowOrder(track.pictures());
        this.truncated = track.truncated();
        this.rotation = new Rotation(track.clockwise());
        this.format = new ClipFormat(
                container,
                "H.264",
                rotation.upright() ? height() : width(),
                rotation.upright() ? width() : height(),
                track.framesPerSecond());
    }

    private int width() {
        return codedWidth - 2 * (sequence.frameCropLeftOffset + sequence.frameCropRightOffset);
    }

    private int height() {
        return codedHeight - 2 * (sequence.frameCropTopOffset + sequence.frameCropBottomOffset);
    }

    @Override
    public ClipFormat format() {
        return format;
    }

    @Override
    public DecodeReport report() {
        return new DecodeReport(frames, whole, errors, missing, truncated);
    }

    @Override
    public long ticks() {
        return ticks;
    }

    @Override
    public double ticksPerSecond() {
        return track.ticksPerSecond();
    }

    @Override
    public @Nullable Picture next() throws ClipException {
        if (shown != null) {
            order.release(shown.planes());
            shown = null;
        }
        try {
            for (ShowOrder.Held next = poll(); next != null; next = poll()) {
                if (next.time() < track.from() || next.time() >= track.to()) {
                    order.release(next.planes());
                    continue;
                }
                shown = next;
                ticks = next.time();
                limits.checkFrames(++frames);
                whole = whole == frames - 1 && next.whole() && !order.gap() ? frames : whole;
                return rotation.turn(picture(next.planes()));
            }
        } catch (ClipException e) {
            throw e;
        } catch (IOException e) {
            throw new ClipException("the clip cannot be read: " + e.getMessage(), e);
        }
        if (frames == 0) {
            throw new ClipException("the clip holds no whole frame" + (truncated ? "; it is cut short" : ""));
        }
        return null;
    }

    private ShowOrder.@Nullable Held poll() throws IOException {
        ShowOrder.Held next = order.poll();
        while (next == null && fed < track.pictures().count()) {
            order.put(decode(fed++));
            next = order.poll();
        }
        return next;
    }

    private ShowOrder.@Nullable Held decode(int picture) throws IOException {
        VideoTrack.Pictures pictures = track.pictures();
        int size = pictures.size(picture);
        if (size > coded.length) {
            coded = new byte[Math.max(size, 2 * coded.length)];
        }
        in.moveTo(pictures.place(picture));
        if (in.readFully(coded, 0, size) < size) {
            truncated = true;
            return null;
        }
        List<ByteBuffer> units = units(size);
        try {
            byte[][] decoded = decoder.decode(units);
            errors += decoder.sliceErrors() + Math.min(1, JcodecLog.takeErrors());
            missing += decoder.missingMacroblocks();
            if (decoder.temporal()) {
                throw new ClipException(format.container()
                        + " with H.264 video with temporal direct prediction is not supported; " + hint.convert());
            }
            if (decoded.length > 0) {
                return new ShowOrder.Held(unsigned(decoded), pictures.time(picture), errors == 0 && missing == 0);
            }
        } catch (RuntimeException e) {
            // Damaged headers end in an index out of bounds, or in a feature that nobody declared.
            JcodecLog.takeErrors();
        }
        errors++;
        return null;
    }

    /** The units of a coded picture, each behind its length; the first picture's are preceded by the parameters. */
    private List<ByteBuffer> units(int size) throws ClipException {
        List<ByteBuffer> units = new ArrayList<>();
        if (fed == 1) {
            units.addAll(parameters.units());
        }
        int at = 0;
        int bytes = parameters.lengthBytes();
        while (at + bytes < size) {
            long length = 0;
            for (int i = 0; i < bytes; i++) {
                length = (length << 8) | (coded[at++] & 0xff);
            }
            if (length > size - at) {
                errors++;
                break;
            }
            if (length > 0) {
                ByteBuffer unit = ByteBuffer.wrap(coded, at, (int) length).slice();
                parameters.check(unit);
                units.add(unit);
            }
            at += (int) length;
        }
        return units;
    }

    /** A copy with samples 0 … 255: JCodec's are -128 … 127, and later pictures may refer to them. */
    private byte[][] unsigned(byte[][] decoded) {
        byte[][] planes = order.planes();
        if (planes.length == 0) {
            planes = new byte[][] {new byte[decoded[0].length], new byte[decoded[1].length], new byte[decoded[2].length]
            };
        }
        for (int plane = 0; plane < 3; plane++) {
            byte[] from = decoded[plane];
            byte[] to = planes[plane];
            for (int i = 0; i < from.length; i++) {
                to[i] = (byte) (from[i] ^ 0x80);
            }
        }
        return planes;
    }

    private Picture picture(byte[][] planes) {
        boolean fullRange = sequence.vuiParams != null
                && sequence.vuiParams.videoSignalTypePresentFlag
                && sequence.vuiParams.videoFullRangeFlag;
        Picture coded = new Picture(
                codedWidth, codedHeight, planes[0], planes[1], planes[2], codedWidth, codedWidth / 2, fullRange);
        int left = 2 * sequence.frameCropLeftOffset;
        int top = 2 * sequence.frameCropTopOffset;
        return coded.cropped(left, top, width(), height());
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // Read only: nothing is lost.
        }
    }
}
