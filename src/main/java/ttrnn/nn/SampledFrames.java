package ttrnn.nn;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Variable;
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
        this.splits = oneRowEach(rows.splits());
    }

    /** One row for each sequence. */
    static RowSplits oneRowEach(RowSplits sequences) {
        return RowSplits.ofLengths(
                IntStream.generate(() -> 1).limit(sequences.count()).toArray());
    }

    /** The same of rows that exist, x [rows, columns], with a gradient to them. */
    static Variable of(Variable x, RowSplits splits, int count, Pooling pooling) {
        int[] rows = new int[splits.count() * count];
        for (int b = 0; b < splits.count(); b++) {
            for (int i = 0; i < count; i++) {
                int length = splits.length(b);
                rows[b * count + i] = length == 0 ? -1 : splits.start(b) + step(i, count, length);
            }
        }
        int columns = x.shape().dimension(1);
        Variable taken = Shaping.gatherRows(x, rows);
        return pooling == Pooling.CONCATENATE
                ? Shaping.reshape(taken, splits.count(), count * columns)
                : Reductions.mean(Shaping.reshape(taken, splits.count(), count, columns), false, 1);
    }

    private static int step(int i, int count, int length) {
        return (int) ((2L * i + 1) * length / (2L * count));
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
                rows.load(rows.splits().start(b) + step(i, count, length), 1, frame);
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
