package ttrnn.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Whole reads and writes at a position of a file. They go in slices of a megabyte: the JDK copies a heap array through
 * a direct buffer as large as the request and keeps that buffer for the thread, so one request of a whole clip would
 * hold the clip twice, outside the heap.
 */
public final class FileBytes {
    private static final int SLICE = 1 << 20;

    private static final ThreadLocal<ByteBuffer> AHEAD =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(1 << 18));

    private FileBytes() {}

    /**
     * Reads {@code count} bytes from {@code position} on into {@code target}; safe from several threads at once.
     *
     * @throws EOFException if the file ends before
     */
    public static void read(FileChannel channel, long position, byte[] target, int offset, int count)
            throws IOException {
        int done = 0;
        while (done < count) {
            ByteBuffer slice = ByteBuffer.wrap(target, offset + done, Math.min(SLICE, count - done));
            int got = channel.read(slice, position + done);
            if (got < 0) {
                throw new EOFException("the file ends at byte " + channel.size() + ", before byte " + (position + count)
                        + ": it was cut short");
            }
            done += got;
        }
    }

    /** Has the system read bytes from {@code position} on, so that they lie in its cache of files; stops at the file's end. */
    public static void readAhead(FileChannel channel, long position, long count) throws IOException {
        ByteBuffer slice = AHEAD.get();
        for (long done = 0; done < count; ) {
            slice.clear().limit((int) Math.min(slice.capacity(), count - done));
            int got = channel.read(slice, position + done);
            if (got < 0) {
                return;
            }
            done += got;
        }
    }

    /** Writes {@code count} bytes of {@code source} from {@code position} of the file on. */
    public static void write(FileChannel channel, long position, byte[] source, int offset, int count)
            throws IOException {
        int done = 0;
        while (done < count) {
            ByteBuffer slice = ByteBuffer.wrap(source, offset + done, Math.min(SLICE, count - done));
            done += channel.write(slice, position + done);
        }
    }
}
