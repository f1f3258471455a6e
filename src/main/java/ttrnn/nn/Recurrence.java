package ttrnn.nn;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Variable;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Shape;

/** What the recurrent operations share. */
final class Recurrence {
    private Recurrence() {}

    /** Indices of the sequences, longest first, equal lengths in their order. */
    static int[] longestFirst(RowSplits splits) {
        return IntStream.range(0, splits.count())
                .boxed()
                .sorted((a, b) -> Integer.compare(splits.length(b), splits.length(a)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    static int groups(RowSplits splits, int group) {
        return (splits.count() + group - 1) / group;
    }

    /** Column sums of a [rows, columns] matrix: over each sequence in order, then over the sequences in order. */
    static float[] columnSums(RowSplits splits, float[] x, int columns) {
        FloatKernels kernels = Kernels.get();
        float[] sum = new float[columns];
        for (int b = 0; b < splits.count(); b++) {
            float[] part = new float[columns];
            for (int row = splits.start(b); row < splits.start(b + 1); row++) {
                kernels.add(columns, x, row * columns, part, 0);
            }
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
