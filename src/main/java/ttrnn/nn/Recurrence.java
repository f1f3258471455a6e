package ttrnn.nn;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Variable;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Shape;

/** What the recurrent operations share. */
final class Recurrence {
    /** Rows of a weight gradient that one task makes. */
    private static final int ROWS = 32;

    private Recurrence() {}

    /** Indices of the sequences, longest first, equal lengths in their order. */
    static int[] longestFirst(RowSplits splits) {
        return IntStream.range(0, splits.count())
                .boxed()
                .sorted((a, b) -> Integer.compare(splits.length(b), splits.length(a)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Sequences of a group that have a step t: the first ones, since they stand longest first. */
    static int active(RowSplits splits, int[] order, int first, int size, int t) {
        int active = size;
        while (active > 0 && splits.length(order[first + active - 1]) <= t) {
            active--;
        }
        return active;
    }

    /**
     * The state h before step t of a sequence, times its mask if there is one.
     *
     * @param states of all steps, in rows as wide as those of {@code initial}, h first
     */
    static void maskedState(
            InitialState initial,
            float[] states,
            float @Nullable [] mask,
            RowSplits splits,
            int sequence,
            int t,
            int hidden,
            float[] target,
            int offset) {
        float[] before = t == 0 ? initial.values() : states;
        int from = (t == 0 ? sequence : splits.start(sequence) + t - 1) * initial.width();
        for (int j = 0; j < hidden; j++) {
            float factor = mask == null ? 1 : mask[sequence * hidden + j];
            target[offset + j] = before[from + j] * factor;
        }
    }

    /**
     * Adds a^T b to {@code sum}: for each sequence the product over its rows by itself, then the sequences in order.
     *
     * @param a [rows, n]
     * @param b [rows, row], of which columns {@code from} … {@code from + columns - 1} count
     * @param sum [n, row], of which the same columns count
     */
    static void addProducts(
            Buffers buffers,
            RowSplits splits,
            float[] a,
            int n,
            float[] b,
            int row,
            int from,
            int columns,
            float[] sum) {
        FloatKernels kernels = Kernels.get();
        Parallel.forEach((n + ROWS - 1) / ROWS, task -> {
            int start = task * ROWS;
            int rows = Math.min(ROWS, n - start);
            float[] part = buffers.take(rows * columns);
            for (int s = 0; s < splits.count(); s++) {
                int first = splits.start(s);
                kernels.gemm(
                        rows,
                        columns,
                        splits.length(s),
                        a,
                        first * n + start,
                        1,
                        n,
                        b,
                        first * row + from,
                        row,
                        part,
                        0,
                        columns,
                        false);
                for (int i = 0; i < rows; i++) {
                    kernels.add(columns, part, i * columns, sum, (start + i) * row + from);
                }
            }
            buffers.give(part);
        });
    }

    static int groups(RowSplits splits, int group) {
        return (splits.count() + group - 1) / group;
    }

    /** Column sums of a [rows, columns] matrix: over each sequence in order, then over the sequences in order. */
    static float[] columnSums(RowSplits splits, float[] x, int columns) {
        FloatKernels kernels = Kernels.get();
        float[][] parts = new float[splits.count()][columns];
        Parallel.forEach(parts.length, b -> {
            for (int row = splits.start(b); row < splits.start(b + 1); row++) {
                kernels.add(columns, x, row * columns, parts[b], 0);
            }
        });
        float[] sum = new float[columns];
        for (float[] part : parts) {
            kernels.add(columns, part, 0, sum, 0);
        }
        return sum;
    }

    static void check(
            String operation,
            int gates,
            Variable x,
            Variable recurrent,
            Variable bias,
            RowSplits splits,
            float @Nullable [] mask) {
        int hidden = recurrent.shape().rank() == 2 ? recurrent.shape().dimension(0) : -1;
        int width = gates * hidden;
        if (!recurrent.shape().equals(Shape.of(Math.max(hidden, 0), Math.max(width, 0)))) {
            throw new IllegalArgumentException(
                    operation + ": recurrent weights must be [hidden, " + gates + " hidden], got " + recurrent.shape());
        }
        if (!bias.shape().equals(Shape.of(width))) {
            throw new IllegalArgumentException(operation + ": bias must be [" + width + "], got " + bias.shape());
        }
        if (!x.shape().equals(Shape.of(splits.rows(), width))) {
            throw new IllegalArgumentException(
                    operation + ": projected input must be [" + splits.rows() + ", " + width + "], got " + x.shape());
        }
        if (mask != null && mask.length != splits.count() * hidden) {
            throw new IllegalArgumentException(operation + ": dropout masks must be [" + splits.count() + ", " + hidden
                    + "], got " + mask.length + " values");
        }
    }
}
