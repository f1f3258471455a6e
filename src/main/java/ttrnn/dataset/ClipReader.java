package ttrnn.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import ttrnn.tensor.FrameSequence;
import ttrnn.video.ClipException;
import ttrnn.video.FrameSource;

/**
 * Reads single clips into memory as the clips of a store are read into the store: same size, same choice of frames. A clip
 * is a video file or a frame array {@code .npy} [frames, height, width, 3] of bytes, RGB, all of whose frames count.
 */
public final class ClipReader {
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
        byte[] frames = readFrames(clip);
        int frameSize = settings.width() * settings.height() * 3;
        int length = frames.length / frameSize;
        int kept = maxLength == 0 ? length : Math.min(maxLength, length);
        int first = truncate == Truncate.START ? length - kept : 0;
        byte[] window = new byte[kept * frameSize];
        System.arraycopy(frames, first * frameSize, window, 0, window.length);
        return FrameSequence.of(window, kept, frameSize);
    }

    /** Takes a frame [height, width, 3], whose bytes are valid during the call. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the next frame, [height, width, 3]. */
        void frame(byte[] rgb) throws IOException;
    }

    private byte[] readFrames(Path clip) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        read(clip, frames::writeBytes);
        return frames.toByteArray();
    }

    /**
     * Gives out the frames of a clip one at a time, so that a long one need not fit into memory.
     *
     * @return frames given out a second of the clip; 0 if it does not say
     * @throws IOException with one line if the clip cannot be decoded whole
     */
    public double read(Path clip, Sink sink) throws IOException {
        PrepareSettings chosen = ArrayFrames.isArray(clip)
                ? new PrepareSettings(settings.width(), settings.height(), 1, 0, 0, settings.onBadClip())
                : settings;
        ClipDecoder decoder = new ClipDecoder(chosen);
        String name = ClipFiles.name(clip);
        ClipDecoder.Range range = decoder.range(opener, new ClipEntry(name, List.of(), null, null, name, clip));
        try (FrameSource source = ArrayFrames.open(clip, opener)) {
            Chooser choice = FrameChoice.of(chosen, source, range.length());
            String damage = decoder.decode(source, choice, range, sink::frame);
            if (damage != null) {
                throw new ClipException(damage);
            }
            return choice.rate();
        }
    }
}
