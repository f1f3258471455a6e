package ttrnn.dataset;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Prepares a clip of a store that other machines fill as well. The same clip may be tried by two at once, and an attempt may
 * end at any moment: each writes in a folder of its own, and the whole file is then moved to its place; whoever is last
 * replaces it by the same bytes.
 */
public final class ClipAttempt {
    private static final String CANCELLED = "prepare: this attempt is not wanted any more";

    private ClipAttempt() {}

    /**
     * Stores the frames of a clip, or says why not.
     *
     * @param attempt a name that no other attempt has
     * @throws IOException if the store cannot be written, or is not being prepared any more
     */
    public static PreparedClip prepare(
            ClipEntry clip, Path store, PrepareSettings settings, ClipOpener opener, String attempt)
            throws IOException {
        StoreFolder folder = new StoreFolder(store);
        // Not made with its parents: an attempt that nobody waits for any more must not leave a folder behind.
        Path own = Files.createDirectory(folder.attempts().resolve(attempt));
        StoreFolder scratch = new StoreFolder(own);
        try {
            PreparedClip done = new ClipPreparer(scratch, settings, opener).prepare(clip);
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException(CANCELLED);
            }
            if (done.record() != null) {
                Path target = folder.frames(clip.id());
                Files.createDirectories(target.resolveSibling(""));
                Files.move(
                        scratch.frames(clip.id()),
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return done;
        } catch (ClosedByInterruptException | FileSystemException e) {
            // A channel closes itself when its thread is interrupted, in the middle of a clip.
            if (Thread.currentThread().isInterrupted()) {
                throw (IOException) new InterruptedIOException(CANCELLED).initCause(e);
            }
            throw e;
        } finally {
            StoreFolder.removeAll(own);
        }
    }
}
