package ttrnn.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Whoever decodes the clips of a preparation, in whatever order: for instance several machines, with {@link ClipAttempt}. */
@FunctionalInterface
public interface ClipDecoding {
    /** Takes what became of a clip, when its frames are in place. */
    @FunctionalInterface
    interface Sink {
        void take(PreparedClip clip) throws IOException;
    }

    /**
     * Decodes the clips into a store and reports each once.
     *
     * @throws IOException if the store cannot be written, or what {@code sink} threw; what is wrong with a clip is reported
     */
    void decode(List<ClipEntry> clips, Path store, PrepareSettings settings, Sink sink) throws IOException;
}
