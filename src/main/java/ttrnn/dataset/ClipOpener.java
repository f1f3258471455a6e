package ttrnn.dataset;

import java.io.IOException;
import java.nio.file.Path;
import ttrnn.video.FrameSource;

/** Opens a clip for decoding; called from several threads at once. */
@FunctionalInterface
public interface ClipOpener {
    /**
     * Opens {@code clip}; the caller closes the source.
     *
     * @throws IOException if the file is no clip that can be decoded; the message is one line that says why
     */
    FrameSource open(Path clip) throws IOException;
}
