package ttrnn.autograd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Panels;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Shape;

/**
 * Product of the steps of sequences with a large matrix: y = x w, whose rows may be loaded as they are needed.
 *
 * <p>Shapes x [rows, in], w [in, out], y [rows, out]. Gradient: dx = dy w^T where x wants one; dw is the sum of each
 * sequence's x^T dy, added sequence by sequence in order, so that a batch gives the bits of its sequences' gradients added
 * one by one. Keeps x if it is given, else loads its rows again, a whole sequence at a time.
 */
public final class RowProduct {
    /** Rows that are multiplied at a time. */
    private static final int PIECE = 64;
    /** Columns of a forward task. */
    private static final int COLUMNS = 64;
    /** Inputs that are multiplied at a time, so that their weights stay in the second-level cache. */
    private static final int DEPTH = 960;
    /** Rows of dw that one task makes. */
    private static final int INPUTS = 96;

    private RowProduct() {}

    /** The product with rows that are loaded as they are needed; the gradient goes to {@code w} alone. */
    public static Variable product(Tape tape, RowSource rows, Variable w) {
        return product(tape, rows, null, w);
    }

    /** The product with a matrix whose rows are the steps of sequences. */
    public static Variable product(Variable x, RowSplits splits, Variable w) {
        if (x.shape().rank() != 2 || x.shape().dimension(0) != splits.rows()) {
            throw new IllegalArgumentException(
                    "row product: input must be [" + splits.rows() + ", in], got " + x.shape());
        }
        return product(x.tape(), RowSource.of(x.value(), splits), x, w);
    }

    private static Variable product(Tape tape, RowSource rows, @Nullable Variable x, Variable w) {
        if (w.shape().rank() != 2 || w.shape().dimension(0) != rows.columns()) {
            throw new IllegalArgumentException(
                    "row product: weights must be [" + rows.columns() + ", out], got " + w.shape());
        }
        int in = rows.columns();
        int out = w.shape().dimension(1);
        RowSplits splits = rows.splits();
        Shape shape = Shape.of(splits.rows(), out);
        Buffers buffers = tape.buffers();
        float[] y = buffers.untilReset(shape.size());
        float[] buffer = buffers.take(Math.min(PIECE, splits.rows()) * in);
        for (RowSplits.Piece piece : splits.pieces(PIECE)) {
            int count = piece.to() - piece.from();
            load(rows, piece.from(), count, buffer, buffers);
            forward(count, in, out, buffer, w.data(), y, piece.from() * out);
        }
        buffers.give(buffer);
        return tape.record(
                "rowProduct",
                shape,
                y,
                dy -> {
                    if (x != null && x.needsGradient()) {
                        x.accumulate(inputGradient(dy, splits.rows(), in, out, w.data()));
                    }
                    if (w.needsGradient()) {
                        w.accumulate(weightGradient(rows, in, out, dy, buffers));
                    }
                },
                x == null ? new Variable[] {w} : new Variable[] {x, w});
    }

    /** Rows of one sequence, loaded in parallel. */
    private static void load(RowSource rows, int first, int count, float[] target, Buffers buffers) {
        int columns = rows.columns();
        if ((long) count * columns < 1 << 16) {
            rows.load(first, count, target);
            return;
        }
        Parallel.forEach(count, i -> {
            float[] row = buffers.take(columns);
            rows.load(first + i, 1, row);
            System.arraycopy(row, 0, target, i * columns, columns);
            buffers.give(row);
        });
    }

    private static void forward(int rows, int in, int out, float[] x, float[] w, float[] y, int yOffset) {
        FloatKernels kernels = Kernels.get();
        Parallel.forEach((out + COLUMNS - 1) / COLUMNS, task -> {
            int from = task * COLUMNS;
            int columns = Math.min(COLUMNS, out - from);
            for (int k = 0; k < in; k += DEPTH) {
                int depth = Math.min(DEPTH, in - k);
                kernels.gemm(rows, columns, depth, x, k, in, 1, w, k * out + from, out, y, yOffset + from, out, k > 0);
            }
        });
    }

    private static float[] inputGradient(float[] dy, int rows, int in, int out, float[] w) {
        FloatKernels kernels = Kernels.get();
        Panels transposed = Panels.transposed(w, in, out, 0, out, float[]::new);
        float[] dx = new float[rows * in];
        Parallel.forEach((rows + PIECE - 1) / PIECE, task -> {
            int from = task * PIECE;
            int count = Math.min(PIECE, rows - from);
            transposed.multiply(kernels, count, dy, from * out, out, dx, from * in, in, false);
        });
        return dx;
    }

    private static float[] weightGradient(RowSource rows, int in, int out, float[] dy, Buffers buffers) {
        FloatKernels kernels = Kernels.get();
        RowSplits splits = rows.splits();
        float[] dw = buffers.untilReset(Math.multiplyExact(in, out));
        Arrays.fill(dw, 0);
        for (int b = 0; b < splits.count(); b++) {
            int first = splits.start(b);
            int length = splits.length(b);
            float[] x = buffers.take(length * in);
            load(rows, first, length, x, buffers);
            Parallel.forEach((in + INPUTS - 1) / INPUTS, task -> {
                int from = task * INPUTS;
                int inputs = Math.min(INPUTS, in - from);
                float[] part = buffers.take(inputs * out);
                // [inputs, length] [length, out] -> [inputs, out]
                kernels.gemm(inputs, out, length, x, from, 1, in, dy, first * out, out, part, 0, out, false);
                kernels.add(part.length, part, 0, dw, from * out);
                buffers.give(part);
            });
            buffers.give(x);
        }
        return dw;
    }
}
