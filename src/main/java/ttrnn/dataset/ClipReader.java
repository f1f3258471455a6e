package ttrnn.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import ttrnn.io.Npy;
import ttrnn.io.NpyHeader;
import ttrnn.tensor.FrameSequence;
import ttrnn.video.ClipException;
import ttrnn.video.FrameResizer;
import ttrnn.video.FrameSource;

/**
 * Reads single clips into memory as the clips of a store are read into the store: same size, same choice of frames. A clip
 * is a video file or a frame array {@code .npy} [frames, height, width, 3] of bytes, RGB, all of whose frames count.
 */
public final class ClipReader {
    private static final String ARRAY = ".npy";

    private final PrepareSettings settings;
    private final ClipOpener opener;

    /** A reader of clips for a model whose training clips were prepared with {@code settings}. */
    public ClipReader(PrepareSettings settings, ClipOpener opener) {
        this.settings = settings;
        this.opener = opener;
    }

    /**
     * Frames of a clip.
     *
     * @param maxLength frames at most; 0 for all
     * @param truncate which end of a longer clip is cut off
     * @throws IOException with one line if the clip cannot be decoded whole
     */
    public FrameSequence read(Path clip, int maxLength, Truncate truncate) throws IOException {
        boolean array = clip.toString().toLowerCase(Locale.ROOT).endsWith(ARRAY);
        byte[] frames = array ? readArray(clip) : readVideo(clip);
        int frameSize = settings.width() * settings.height() * 3;
        int length = frames.length / frameSize;
        int kept = maxLength == 0 ? length : Math.min(maxLength, length);
        int first = truncate == Truncate.START ? length - kept : 0;
        byte[] window = new byte[kept * frameSize];
        System.arraycopy(frames, first * frameSize, window, 0, window.length);
        return FrameSequence.of(window, kept, frameSize);
    }

    private byte[] readVideo(Path clip) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        try (FrameSource source = opener.open(clip)) {
            String damage =
                    new ClipDecoder(settings).decode(source, FrameChoice.of(settings, source), frames::writeBytes);
            if (damage != null) {
                throw new ClipException(damage);
            }
        }
        return frames.toByteArray();
    }

    private byte[] readArray(Path clip) throws IOException {
        NpyHeader header = Npy.readHeader(clip);
        int[] dimensions = header.dimensions();
        if (dimensions.length != 4 || dimensions[3] != 3 || dimensions[0] == 0) {
            throw new IOException("a frame array must be [frames, height, width, 3], it is " + header);
        }
        byte[] pixels = Npy.readBytes(clip);
        int height = dimensions[1];
        int width = dimensions[2];
        if (height == settings.height() && width == settings.width()) {
            return pixels;
        }
        FrameResizer resizer = new FrameResizer(settings.width(), settings.height());
        byte[] frames = new byte[Math.multiplyExact(dimensions[0], resizer.frameBytes())];
        for (int t = 0; t < dimensions[0]; t++) {
            resizer.resize(pixels, t * width * height * 3, width, height, frames, t * resizer.frameBytes());
        }
        return frames;
    }
}
