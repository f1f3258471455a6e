package ttrnn.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.io.AtomicFile;
import ttrnn.io.FileBytes;
import ttrnn.io.Json;

/**
 * What lets an interrupted preparation go on: a line of {@code .prepare/clips.jsonl} for each clip whose frames are in
 * place, and a lock, so that two preparations never fill one store at once. A line that was cut short, or whose frames
 * did not reach the disk, only means that the clip is decoded again. A shard
 * has its own in {@code .prepare/I-of-N}.
 */
final class PrepareJournal implements Closeable {
    private final Path folder;
    private final Path file;
    private final FileChannel lockChannel;
    private FileChannel channel;

    private PrepareJournal(Path folder, Path file, FileChannel lockChannel, FileChannel channel) {
        this.folder = folder;
        this.file = file;
        this.lockChannel = lockChannel;
        this.channel = channel;
    }

    /** Opens or makes the journal in {@code folder}. */
    static PrepareJournal open(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel lockChannel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(folder, lockChannel);
            Path file = folder.resolve("clips.jsonl");
            return new PrepareJournal(folder, file, lockChannel, append(file));
        } catch (IOException | RuntimeException e) {
            lockChannel.close();
            throw e;
        }
    }

    private static void lock(Path folder, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw DatasetException.usage(
                    "another prepare is filling " + folder.getParent() + ": wait for it, or use another --out");
        }
    }

    private static FileChannel append(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** The clips that the journal has whole lines for. */
    List<ClipRecord> read() throws IOException {
        List<ClipRecord> clips = new ArrayList<>();
        // Not readString, which fails on a line that was torn within a character.
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (String line : text.split("\n", -1)) {
            ClipRecord clip = parse(line);
            if (clip != null) {
                clips.add(clip);
            }
        }
        return clips;
    }

    private static @Nullable ClipRecord parse(String line) {
        try {
            return ClipRecord.of(Json.parse(line));
        } catch (IOException e) {
            return null; // a torn line: its clip counts as missing
        }
    }

    /** Makes {@code clips} the journal's whole content. */
    void reset(Collection<ClipRecord> clips) throws IOException {
        channel.close();
        AtomicFile.write(file, StoreFolder.lines(clips));
        channel = append(file);
    }

    /** Notes a clip whose frames are in place. */
    synchronized void add(ClipRecord clip) throws IOException {
        byte[] line = (Json.line(clip.toJson()) + "\n").getBytes(StandardCharsets.UTF_8);
        FileBytes.write(channel, channel.size(), line, 0, line.length);
    }

    /** Removes the journal: the store is complete, or was never begun. */
    void remove() throws IOException {
        close();
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder.resolve("lock"));
        delete(folder);
        Path parent = folder.getParent();
        if (parent != null && ClipFiles.name(parent).equals(".prepare")) {
            delete(parent);
        }
    }

    /** Other shards may have theirs in it, or be about to. */
    private static void delete(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Whoever is in it removes it.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        lockChannel.close();
    }
}
