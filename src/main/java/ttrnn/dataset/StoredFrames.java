package ttrnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import ttrnn.io.FileBytes;
import ttrnn.io.NpyHeader;
import ttrnn.io.NpyType;
import ttrnn.tensor.FrameSequence;

/**
 * Frames of a clip in a store. Each read opens the file, checks its header and closes it: some ten microseconds against
 * the megabytes of a clip, and there is no channel to leak, to share, or for an interrupted thread to close under others.
 */
final class StoredFrames implements FrameSequence {
    private final ClipRecord clip;
    private final Path file;
    private final int start;
    private final int length;

    StoredFrames(ClipRecord clip, Path file, int start, int length) {
        this.clip = clip;
        this.file = file;
        this.start = start;
        this.length = length;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public int frameSize() {
        return clip.frameSize();
    }

    /** What goes wrong here is told when the frames are read. */
    @Override
    public void readAhead() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = NpyHeader.read(channel).dataOffset() + (long) start * frameSize();
            FileBytes.readAhead(channel, from, (long) length * frameSize());
        } catch (IOException e) {
            // The step will meet it, and say so.
        }
    }

    @Override
    public void read(int first, int count, byte[] target, int offset) {
        Objects.checkFromIndexSize(first, count, length);
        int bytes = Math.multiplyExact(count, frameSize());
        Objects.checkFromIndexSize(offset, bytes, target.length);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            NpyHeader header = NpyHeader.read(channel);
            int[] wanted = {clip.frames(), clip.height(), clip.width(), 3};
            if (header.type() != NpyType.UINT8 || !Arrays.equals(header.dimensions(), wanted)) {
                throw new IOException("holds " + header + ", not |u1" + Arrays.toString(wanted));
            }
            FileBytes.read(channel, header.dataOffset() + (long) (start + first) * frameSize(), target, offset, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(
                    "clip " + clip.id() + ": cannot read frames from " + file + ": " + e.getMessage(), e));
        }
    }
}
