package ttrnn.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jcodec.codecs.mjpeg.JpegDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Frames of an AVI with a JPEG a frame (MJPEG), through JCodec: baseline, 4:2:0, whole frames. The marker of each frame
 * is read here first, so that size and sampling are known before anything is allocated.
 */
final class MjpegFrameSource implements FrameSource {
    private static final int START_OF_SCAN = 0xda;
    private static final int BASELINE = 0xc0;
    private static final int LAST_FRAME_KIND = 0xcf;

    private final ClipInput in;
    private final AviReader chunks;
    private final DecodeLimits limits;
    private final ConversionHint hint;
    private final ClipFormat format;
    private final JpegDecoder decoder = new JpegDecoder();
    private final JpegTables tables = new JpegTables();
    private final int width;
    private final int height;
    private final byte[][] planes;
    private boolean pending;
    private boolean ended;
    private int frames;
    private int whole;
    private int errors;

    MjpegFrameSource(ClipInput in, AviReader chunks, DecodeLimits limits, ConversionHint hint) throws IOException {
        JcodecLog.takeErrors();
        this.in = in;
        this.chunks = chunks;
        this.limits = limits;
        this.hint = hint;
        int header = -1;
        while (header < 0) {
            if (!chunks.next()) {
                throw new ClipException(
                        "the clip holds no whole frame" + (chunks.truncated() ? "; it is cut short" : ""));
            }
            header = frameHeader();
            errors += header < 0 ? 1 : 0;
        }
        pending = true;
        height = number(header);
        width = number(header + 2);
        limits.checkSize(width, height);
        checkSampling(header);
        int luma = ((width + 15) & ~15) * ((height + 15) & ~15);
        planes = new byte[][] {new byte[luma], new byte[luma / 4], new byte[luma / 4]};
        format = new ClipFormat("AVI", "MJPEG", width, height, chunks.framesPerSecond());
    }

    @Override
    public ClipFormat format() {
        return format;
    }

    @Override
    public DecodeReport report() {
        return new DecodeReport(frames, whole, errors, 0, chunks.truncated());
    }

    @Override
    public @Nullable Picture next() throws ClipException {
        try {
            while (!ended && (pending || chunks.next())) {
                pending = false;
                if (decode()) {
                    limits.checkFrames(++frames);
                    whole = errors == 0 ? frames : whole;
                    int stride = (width + 15) & ~15;
                    return new Picture(width, height, planes[0], planes[1], planes[2], stride, stride / 2, true);
                }
                errors++;
            }
        } catch (ClipException e) {
            ended = true;
            throw e;
        } catch (IOException e) {
            ended = true;
            throw new ClipException("the clip cannot be read: " + e.getMessage(), e);
        }
        ended = true;
        if (frames == 0) {
            throw new ClipException("the clip holds no whole frame" + (chunks.truncated() ? "; it is cut short" : ""));
        }
        return null;
    }

    private boolean decode() throws ClipException {
        int header = frameHeader();
        if (header < 0) {
            return false;
        }
        if (number(header) != height || number(header + 2) != width) {
            throw new ClipException("AVI with MJPEG video whose size changes is not supported; " + hint.convert());
        }
        checkSampling(header);
        try {
            ByteBuffer jpeg = tables.rewrite(chunks.data(), chunks.length(), header);
            if (!jpeg.hasRemaining()) {
                return false;
            }
            decoder.decodeFrame(jpeg, planes);
            for (byte[] plane : planes) {
                for (int i = 0; i < plane.length; i++) {
                    plane[i] ^= (byte) 0x80;
                }
            }
            return JcodecLog.takeErrors() == 0;
        } catch (RuntimeException e) {
            JcodecLog.takeErrors();
            return false;
        }
    }

    /** Where height and width of the frame stand in the chunk, -1 if no frame's header is before the first scan. */
    private int frameHeader() throws ClipException {
        byte[] data = chunks.data();
        int at = 2;
        while (at + 10 < chunks.length() && (data[at] & 0xff) == 0xff) {
            int marker = data[at + 1] & 0xff;
            boolean kindOfFrame = marker >= BASELINE && marker <= LAST_FRAME_KIND;
            if (marker == BASELINE) {
                return at + 5;
            }
            if (kindOfFrame && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                throw new ClipException(
                        "AVI with MJPEG video that is not baseline JPEG is not supported; " + hint.convert());
            }
            if (marker == START_OF_SCAN) {
                return -1;
            }
            at += marker == 0xff ? 1 : 2 + number(at + 2);
        }
        return -1;
    }

    /** Three components, of which luma has 2x2 samples for one of the others. */
    private void checkSampling(int header) throws ClipException {
        byte[] data = chunks.data();
        boolean supported = header + 14 <= chunks.length()
                && data[header + 4] == 3
                && data[header + 6] == 0x22
                && data[header + 9] == 0x11
                && data[header + 12] == 0x11;
        if (!supported) {
            throw new ClipException("AVI with MJPEG video other than 4:2:0 is not supported; " + hint.convert());
        }
    }

    private int number(int at) {
        byte[] data = chunks.data();
        return at + 1 < chunks.length() ? ((data[at] & 0xff) << 8) | (data[at + 1] & 0xff) : 0;
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
