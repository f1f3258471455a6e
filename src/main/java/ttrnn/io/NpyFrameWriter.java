package ttrnn.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Writes the frames of a clip one after another as a uint8 array {@code [frames, height, width, 3]}, whose first size is
 * known only at the end: the header has a fixed size and is written last. Until {@link #finish()} nothing is at the
 * file's place. Holds no frames.
 */
public final class NpyFrameWriter implements Closeable {
    private static final int HASHED_AT_ONCE = 1 << 12;

    private final AtomicFile file;
    private final int height;
    private final int width;
    private final MessageDigest digest;
    private int frames;

    /** Begins {@code target}, whose folder must exist, for frames of {@code height} x {@code width} pixels. */
    public NpyFrameWriter(Path target, int height, int width) throws IOException {
        if (height < 1 || width < 1 || (long) height * width * 3 > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("npy: no frames of " + width + "x" + height + " pixels");
        }
        this.height = height;
        this.width = width;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        this.file = AtomicFile.create(target);
    }

    /** Bytes of one frame. */
    public int frameSize() {
        return height * width * 3;
    }

    /** Frames written so far. */
    public int frames() {
        return frames;
    }

    /** Appends the frame in the first {@link #frameSize()} bytes of {@code frame}: R, G, B of each pixel, row by row. */
    public void write(byte[] frame) throws IOException {
        file.write(NpyHeader.SIZE + (long) frames * frameSize(), frame, 0, frameSize());
        // In pieces: the JVM replaces this method's loop by the processor's instructions only after some thousand
        // calls.
        for (int from = 0; from < frameSize(); from += HASHED_AT_ONCE) {
            digest.update(frame, from, Math.min(HASHED_AT_ONCE, frameSize() - from));
        }
        frames = Math.incrementExact(frames);
    }

    /** Completes the file and puts it in its place; gives the SHA-256 of all frame bytes, in hexadecimal. */
    public String finish() throws IOException {
        byte[] header = NpyHeader.encode(NpyType.UINT8, frames, height, width, 3);
        file.write(0, header, 0, header.length);
        file.commit();
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Drops what was written, if it was not finished. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
