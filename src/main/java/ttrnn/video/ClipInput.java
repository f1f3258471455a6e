package ttrnn.video;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A clip's file read forwards through one buffer of 64 KiB; what is skipped is not read. */
final class ClipInput implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private final long size;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int next;
    private int end;
    private long bufferEndPosition;

    private ClipInput(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    static ClipInput open(Path file) throws IOException {
        return of(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** Reads an open file from its beginning, and closes it. */
    static ClipInput of(FileChannel channel) throws IOException {
        try {
            channel.position(0);
            return new ClipInput(channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** File size in bytes. */
    long size() {
        return size;
    }

    /** Bytes before the next one read. */
    long position() {
        return bufferEndPosition - (end - next);
    }

    /** The next byte, 0 … 255, or -1 at the end of the file. */
    int read() throws IOException {
        if (next == end && !fill()) {
            return -1;
        }
        return buffer[next++] & 0xff;
    }

    /** Up to {@code length} bytes into {@code target}; how many, or -1 at the end of the file. */
    int read(byte[] target, int offset, int length) throws IOException {
        if (next == end && !fill()) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(buffer, next, target, offset, count);
        next += count;
        return count;
    }

    /** Fills {@code target} from {@code offset}; how many bytes there were, fewer than {@code length} at the end. */
    int readFully(byte[] target, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int count = read(target, offset + done, length - done);
            if (count < 0) {
                break;
            }
            done += count;
        }
        return done;
    }

    /** Passes over bytes; false if the file ends before them all, and then the position is the file's end. */
    boolean skip(long count) throws IOException {
        if (count <= end - next) {
            next += (int) count;
            return true;
        }
        long target = position() + count;
        seek(Math.min(target, size));
        return target <= size;
    }

    /** Moves to an absolute position of the file. */
    void seek(long position) throws IOException {
        channel.position(position);
        bufferEndPosition = position;
        next = 0;
        end = 0;
    }

    /** Moves to an absolute position of the file; what is buffered is kept if it lies ahead in it. */
    void moveTo(long position) throws IOException {
        long ahead = position - position();
        if (ahead < 0 || ahead > end - next) {
            seek(Math.min(position, size));
        } else {
            next += (int) ahead;
        }
    }

    private boolean fill() throws IOException {
        int count = channel.read(ByteBuffer.wrap(buffer));
        if (count <= 0) {
            return false;
        }
        next = 0;
        end = count;
        bufferEndPosition += count;
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
