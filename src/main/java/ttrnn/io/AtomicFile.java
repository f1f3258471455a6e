package ttrnn.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears whole or not at all: it is written beside its place as {@code .NAME.tmp}, forced to disk, then
 * renamed. Closing it without {@link #commit()} leaves what was there before.
 */
public final class AtomicFile implements Closeable {
    private static final String POSIX = "/";

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private boolean committed;

    private AtomicFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** Begins to write {@code target}, whose folder must exist; a temporary left there by an earlier run is taken over. */
    public static AtomicFile create(Path target) throws IOException {
        Path temporary = temporaryOf(target);
        try {
            FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            return new AtomicFile(target, temporary, channel);
        } catch (FileSystemException e) {
            // Other kinds say more by their class, such as a folder that is missing.
            throw e.getClass() == FileSystemException.class ? failed(target, e.getReason(), e) : e;
        }
    }

    /** Writes {@code text} as UTF-8. */
    public static void write(Path target, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (AtomicFile file = create(target)) {
            file.write(0, bytes, 0, bytes.length);
            file.commit();
        }
    }

    /** Where {@code target} is written before it is whole. */
    public static Path temporaryOf(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".tmp");
    }

    /** Whether {@code file} has the name of a temporary; in folders of ours such a file is what a killed run left. */
    public static boolean isTemporary(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(".tmp");
    }

    /** Writes {@code count} bytes of {@code source} from {@code position} of the file on. */
    public void write(long position, byte[] source, int offset, int count) throws IOException {
        try {
            FileBytes.write(channel, position, source, offset, count);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Forces the bytes to disk, puts the file in its place, over one that is there, and forces the folder to disk. */
    public void commit() throws IOException {
        try {
            channel.force(true);
            channel.close();
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            committed = true;
            forceFolder(target.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The JDK does not say which file could not be written. */
    private IOException failed(IOException cause) {
        return failed(target, cause.getMessage(), cause);
    }

    private static IOException failed(Path target, @Nullable String reason, IOException cause) {
        IOException failure = new FileSystemException(target.toString(), null, "cannot be written: " + reason);
        failure.initCause(cause);
        return failure;
    }

    /** Without this a file system may forget the new name in a power cut, though not the bytes. */
    private static void forceFolder(@Nullable Path folder) throws IOException {
        if (folder == null || !POSIX.equals(folder.getFileSystem().getSeparator())) {
            return; // Windows opens no folder
        }
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!committed) {
            Files.deleteIfExists(temporary);
        }
    }
}
