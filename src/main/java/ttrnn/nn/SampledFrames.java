package ttrnn.nn;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;

/**
 * A few rows of each sequence as one row. Of a sequence of T rows those in the middle of {@code count} equal parts are taken,
 * floor((i + 1/2) T / count), so that a shorter sequence repeats some; they stand one after the other, or their mean does.
 * An empty sequence gives zeros.
 */
public final class SampledFrames implements RowSource {
    /** What becomes of the rows taken. */
    public enum Pooling {
        /** One after the other, the earliest first. */
        CONCATENATE,
        /** Their mean. */
        AVERAGE;

        /** For example {@code average}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final RowSource rows;
    private final int count;
    private final Pooling pooling;
    private final RowSplits splits;

    /** Takes {@code count} rows, at least 1, of each sequence. */
    public SampledFrames(RowSource rows, int count, Pooling pooling) {
        if (count < 1) {
            throw new IllegalArgumentException("sampled frames: at least one frame must be taken, got " + count);
        }
        this.rows = rows;
        this.count = count;
        this.pooling = pooling;
        this.splits = RowSplits.ofLengths(
                IntStream.generate(() -> 1).limit(rows.splits().count()).toArray());
    }

    /** One row a sequence. */
    @Override
    public RowSplits splits() {
        return splits;
    }

    @Override
    public int columns() {
        return pooling == Pooling.AVERAGE ? rows.columns() : count * rows.columns();
    }

    @Override
    public void load(int first, int number, float[] target) {
        FloatKernels kernels = Kernels.get();
        int width = rows.columns();
        float[] frame = new float[width];
        for (int b = first; b < first + number; b++) {
            int at = (b - first) * columns();
            int length = rows.splits().length(b);
            Arrays.fill(target, at, at + columns(), 0);
            for (int i = 0; i < count && length > 0; i++) {
                int step = (int) ((2L * i + 1) * length / (2L * count));
                rows.load(rows.splits().start(b) + step, 1, frame);
                if (pooling == Pooling.CONCATENATE) {
                    System.arraycopy(frame, 0, target, at + i * width, width);
                } else {
                    kernels.add(width, frame, 0, target, at);
                }
            }
            if (pooling == Pooling.AVERAGE) {
                for (int j = at; j < at + width; j++) {
                    target[j] /= count;
                }
            }
        }
    }
}
