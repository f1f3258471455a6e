package ttrnn.train;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import ttrnn.io.FileBytes;

/**
 * One run a folder: a lock of the operating system on a file, which ends with the process that holds it, however that
 * ends. The file stays; it holds the number of the last process.
 */
final class RunLock implements Closeable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws IllegalArgumentException if another process, or this one, has it
     */
    static RunLock take(Path file, Path run) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            if (!tryLock(channel)) {
                throw new IllegalArgumentException("run: a training" + process(channel) + " is at work in " + run
                        + "; wait for it, or name another folder");
            }
            byte[] number = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
            channel.truncate(0);
            FileBytes.write(channel, 0, number, 0, number.length);
            taken = true;
            return new RunLock(channel);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be locked: " + e.getMessage(), e);
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** " (process 4711)", if the file says it. */
    private static String process(FileChannel channel) throws IOException {
        byte[] bytes = new byte[(int) Math.min(channel.size(), 20)];
        FileBytes.read(channel, 0, bytes, 0, bytes.length);
        String number = new String(bytes, StandardCharsets.US_ASCII).strip();
        return number.matches("\\d+") ? " (process " + number + ")" : "";
    }

    /** Gives the lock back; a second time does nothing. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
