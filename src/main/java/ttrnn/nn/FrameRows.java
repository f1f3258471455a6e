package ttrnn.nn;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;

/**
 * The frames of a batch of clips as rows of a matrix, row = (byte - 128) * scale, read and converted as they are needed.
 */
public final class FrameRows implements RowSource {
    private static final float MIDDLE = 128;

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
        int clip = 0;
        while (splits.start(clip + 1) <= first) {
            clip++;
        }
        byte[] bytes = buffers.poll();
        if (bytes == null || bytes.length < count * columns) {
            bytes = new byte[count * columns];
        }
        clips.get(clip).read(first - splits.start(clip), count, bytes, 0);
        kernels.bytesToFloats(count * columns, bytes, 0, MIDDLE, scale, target, 0);
        buffers.add(bytes);
    }
}
