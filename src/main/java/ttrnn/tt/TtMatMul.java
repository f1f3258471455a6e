package ttrnn.tt;

import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.Buffers;
import ttrnn.tensor.RowBlock;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Shape;

/**
 * Product of rows with a tensor-train matrix: y = x W, the matrix W never built.
 *
 * <p>y[t, (j_0 … j_{d-1})] = sum over i of x[t, (i_0 … i_{d-1})] G_0[i_0, j_0] … G_{d-1}[i_{d-1}, j_{d-1}]. Shapes x
 * [rows, inputSize], cores [r_k, m_k, n_k, r_{k+1}], y [rows, outputSize].
 *
 * <p>Gradient: to the cores, and to x if it wants one. Rows are cut into pieces of one sequence each; a piece sums its
 * rows in order, a sequence its pieces, the batch its sequences, so that neither threads nor batching change a bit. Kept:
 * the intermediates from the split of the {@link TtPlan} on, not the input, which is loaded again; of long inputs the
 * intermediates of the first rows only, the others being made again backwards, to the same bits.
 *
 * <p>Yang et al. 2017, section 3.1, equation 4; the order of the sums is ours.
 */
public final class TtMatMul {
    /** Rows of a piece, the lanes of its products: enough for wide products, few enough to split a long sequence. */
    private static final int PIECE = 64;
    /** Pieces whose gradients are held at a time, at least. */
    private static final int LEAST_WAVE = 16;

    private static final long WAVE_ELEMENTS = 1 << 22;
    /** Elements of intermediates that a product keeps at most, 403 MB; those of the rows behind are made again. */
    private static final long MOST_KEPT = 3 << 25;

    private TtMatMul() {}

    /** The product with rows that are loaded as they are needed; the gradient goes to the cores alone. */
    public static Variable product(Tape tape, RowSource rows, TtPlan plan, List<Variable> cores) {
        return product(tape, rows, null, plan, cores, MOST_KEPT);
    }

    /** The product with a matrix [rows, inputSize] that is one sequence. */
    public static Variable product(Variable x, TtPlan plan, List<Variable> cores) {
        int rows = x.shape().rank() == 2 ? x.shape().dimension(0) : 0;
        return product(x, RowSplits.ofLengths(rows), plan, cores);
    }

    /** The product with a matrix [rows, inputSize] whose rows are the steps of sequences. */
    public static Variable product(Variable x, RowSplits splits, TtPlan plan, List<Variable> cores) {
        Shape expected = Shape.of(splits.rows(), plan.shape().inputSize());
        if (!x.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    "tt product: input must be " + expected + " for " + plan.shape() + ", got " + x.shape());
        }
        return product(x.tape(), RowSource.of(x.value(), splits), x, plan, cores, MOST_KEPT);
    }

    /** The product that keeps so many elements of its intermediates at most. */
    static Variable product(
            Tape tape, RowSource rows, @Nullable Variable x, TtPlan plan, List<Variable> cores, long mostKept) {
        TtShape shape = plan.shape();
        if (rows.columns() != shape.inputSize()) {
            throw new IllegalArgumentException("tt product: rows have " + rows.columns()
                    + " values, the input modes of " + shape + " make " + shape.inputSize());
        }
        new TtMatrix(shape, cores.stream().map(Variable::value).toList());

        boolean keep = tape.isRecording();
        Buffers buffers = tape.buffers();
        TtFactors factors =
                new TtFactors(plan, cores.stream().map(Variable::data).toList());
        RowSplits.Piece[] pieces = rows.splits().pieces(PIECE);
        float[][][][] kept = new float[pieces.length][][][];
        float[] y = buffers.untilReset(
                Shape.of(rows.splits().rows(), shape.outputSize()).size());
        int most = (int) Math.min(Integer.MAX_VALUE, mostKept / plan.keptElements());
        Parallel.forEach(pieces.length, n -> {
            boolean first = pieces[n].to() <= most;
            kept[n] = forward(factors, rows, pieces[n], y, keep && first, buffers);
        });
        return tape.record(
                "ttProduct",
                Shape.of(rows.splits().rows(), shape.outputSize()),
                y,
                dy -> {
                    float[] dx = x != null && x.needsGradient()
                            ? buffers.untilReset(x.shape().size())
                            : null;
                    TtGradientSum sum = new TtGradientSum(factors, rows.splits().count(), buffers);
                    int wave = wave(plan);
                    for (int begin = 0; begin < pieces.length; begin += wave) {
                        int first = begin;
                        TtGradient[] parts = new TtGradient[Math.min(wave, pieces.length - begin)];
                        Parallel.forEach(parts.length, i -> {
                            TtGradient part = new TtGradient(plan, buffers);
                            RowSplits.Piece piece = pieces[first + i];
                            float[][][] z = piece.to() <= most
                                    ? kept[first + i]
                                    : forward(factors, rows, piece, y, true, buffers);
                            backward(factors, rows, piece, z, dy, dx, part, buffers);
                            parts[i] = part;
                        });
                        sum.add(pieces, first, parts);
                    }
                    sum.accumulate(cores);
                    if (x != null && dx != null) {
                        x.accumulate(dx);
                    }
                },
                inputs(cores, x));
    }

    /** Multiplies the rows of a piece and returns their intermediates, for so many rows at a time as the plan says. */
    private static float[][][] forward(
            TtFactors factors, RowSource rows, RowSplits.Piece piece, float[] y, boolean keep, Buffers buffers) {
        TtPlan plan = factors.plan;
        int step = plan.rowsAtATime();
        float[][][] kept = new float[(piece.to() - piece.from() + step - 1) / step][][];
        for (int n = 0; n < kept.length; n++) {
            int from = piece.from() + n * step;
            int count = Math.min(step, piece.to() - from);
            try (RowBlock block = rows.block(from, count, plan.parts(), buffers)) {
                TtPass pass = new TtPass(factors, block, count, buffers);
                pass.forward(y, from * plan.shape().outputSize());
                kept[n] = pass.end(keep, buffers);
            }
        }
        return kept;
    }

    /** Adds the gradient of a piece to {@code sum}, and writes that of its rows to {@code dx} if there is one. */
    private static void backward(
            TtFactors factors,
            RowSource rows,
            RowSplits.Piece piece,
            float[][][] kept,
            float[] dy,
            float @Nullable [] dx,
            TtGradient sum,
            Buffers buffers) {
        TtPlan plan = factors.plan;
        int step = plan.rowsAtATime();
        for (int n = 0; n < kept.length; n++) {
            int from = piece.from() + n * step;
            int count = Math.min(step, piece.to() - from);
            try (RowBlock block = rows.block(from, count, plan.parts(), buffers)) {
                TtGradientPass pass = new TtGradientPass(factors, block, count, kept[n], sum, buffers);
                if (dx != null) {
                    pass.withInput(dx, from * plan.shape().inputSize());
                }
                pass.run(dy, from * plan.shape().outputSize());
                pass.end(buffers);
            }
        }
    }

    /** Pieces whose gradients are held at a time; a function of the plan alone, and without effect on the sums. */
    private static int wave(TtPlan plan) {
        return (int) Math.max(LEAST_WAVE, WAVE_ELEMENTS / plan.factorSize());
    }

    /** Elements of gradients that a backward pass over {@code rows} rows of {@code sequences} holds at most. */
    public static long gradientElements(TtPlan plan, long rows, int sequences) {
        return Math.min(wave(plan), rows / PIECE + sequences) * plan.factorSize();
    }

    /** Elements of intermediates that a product of {@code rows} rows keeps at most. */
    public static long keptElements(TtPlan plan, long rows) {
        return Math.min(rows * plan.keptElements(), MOST_KEPT);
    }

    private static Variable[] inputs(List<Variable> cores, @Nullable Variable x) {
        Variable[] inputs = cores.toArray(new Variable[cores.size() + (x == null ? 0 : 1)]);
        if (x != null) {
            inputs[cores.size()] = x;
        }
        return inputs;
    }
}
