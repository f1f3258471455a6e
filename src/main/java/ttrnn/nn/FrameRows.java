package ttrnn.nn;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.RowBlock;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;

/**
 * The frames of a batch of clips as rows of a matrix, row = (byte - 128) * scale, read and converted as they are needed.
 */
public final class FrameRows implements RowSource {
    private static final float MIDDLE = 128;
    /** Bytes behind the last row, so that whole vectors can be made of what is left of it. */
    private static final int SLACK = 16;

    private final FloatKernels kernels = Kernels.get();
    private final List<FrameSequence> clips;
    private final RowSplits splits;
    private final int columns;
    private final float scale;
    /** Buffers for bytes, one for each thread that reads at a time. */
    private final ConcurrentLinkedQueue<byte[]> buffers = new ConcurrentLinkedQueue<>();

    /** The frames of {@code clips}, which all have one size. */
    public FrameRows(List<FrameSequence> clips, float scale) {
        if (clips.isEmpty()) {
            throw new IllegalArgumentException("frames: a batch needs at least one clip");
        }
        this.clips = List.copyOf(clips);
        this.columns = clips.get(0).frameSize();
        this.scale = scale;
        for (FrameSequence clip : clips) {
            if (clip.frameSize() != columns) {
                throw new IllegalArgumentException(
                        "frames: clips of one batch have frames of " + columns + " and " + clip.frameSize() + " bytes");
            }
        }
        this.splits = RowSplits.ofLengths(
                clips.stream().mapToInt(FrameSequence::length).toArray());
    }

    @Override
    public RowSplits splits() {
        return splits;
    }

    @Override
    public int columns() {
        return columns;
    }

    /** The rows must be of one clip. */
    @Override
    public void load(int first, int count, float[] target) {
        byte[] bytes = buffers.poll();
        if (bytes == null || bytes.length < count * columns) {
            bytes = new byte[count * columns];
        }
        read(first, count, bytes);
        kernels.bytesToFloats(count * columns, bytes, 0, MIDDLE, scale, target, 0);
        buffers.add(bytes);
    }

    private void read(int first, int count, byte[] target) {
        int clip = 0;
        while (splits.start(clip + 1) <= first) {
            clip++;
        }
        clips.get(clip).read(first - splits.start(clip), count, target, 0);
    }

    @Override
    public RowBlock block(int first, int count, int parts, Buffers lender) {
        int number = count * parts;
        int row = columns / parts;
        byte[] bytes = lender.takeBytes(count * columns + SLACK);
        read(first, count, bytes);
        return new RowBlock() {
            @Override
            public void columns(int from, int width, float[] target, int lanes) {
                kernels.bytesToColumns(number, width, bytes, from, row, MIDDLE, scale, target, 0, lanes);
                for (int c = 0; c < width && number < lanes; c++) {
                    Arrays.fill(target, c * lanes + number, (c + 1) * lanes, 0);
                }
            }

            @Override
            public void rows(int from, int width, float[] target, int stride) {
                int whole = (width + SLACK - 1) / SLACK * SLACK;
                kernels.bytesToRows(number, whole, bytes, from, row, MIDDLE, scale, target, 0, stride);
            }

            @Override
            public void close() {
                lender.give(bytes);
            }
        };
    }
}
