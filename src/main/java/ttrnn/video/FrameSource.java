package ttrnn.video;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/** The frames of one clip, in the order they are shown. Not thread-safe; open one source a clip. */
public interface FrameSource extends Closeable {
    /** What the container and the stream's headers say. */
    ClipFormat format();

    /**
     * Decodes the next frame.
     *
     * @return the frame, whose planes are valid until the next call; null after the last one
     * @throws ClipException if the clip cannot be decoded further; frames returned before it are good
     */
    @Nullable
    Picture next() throws ClipException;

    /** What the decoder had to put up with so far. */
    DecodeReport report();

    /** When the last frame is shown, in ticks; without a meaning where {@link #ticksPerSecond} is 0. */
    default long ticks() {
        return 0;
    }

    /** Ticks a second of the frames' times; 0 if the container has none: then the frames follow at the nominal rate. */
    default double ticksPerSecond() {
        return 0;
    }

    @Override
    void close();
}
