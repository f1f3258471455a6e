package ttrnn.autograd;

import java.util.Arrays;
import java.util.stream.IntStream;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Shape;

/** Sums and what is made of them. */
public final class Reductions {
    private Reductions() {}

    /** Sum of all elements, a scalar. Gradient: dx += dy; keeps nothing. */
    public static Variable sum(Variable x) {
        float y = Kernels.get().sum(x.data().length, x.data(), 0);
        return x.tape().record("sum", Shape.of(), new float[] {y}, dy -> x.accumulate(filled(x, dy[0])), x);
    }

    /** Mean of all elements, a scalar. Gradient: dx += dy / size; keeps nothing. */
    public static Variable mean(Variable x) {
        int size = x.shape().size();
        if (size == 0) {
            throw new IllegalArgumentException("mean: no elements in " + x.shape());
        }
        float y = Kernels.get().sum(size, x.data(), 0) / size;
        return x.tape().record("mean", Shape.of(), new float[] {y}, dy -> x.accumulate(filled(x, dy[0] / size)), x);
    }

    /**
     * Sums over some axes: y[kept] = sum over summed of x[kept, summed], each in the order of x's elements. The summed axes
     * leave the shape, or stay with size 1. Gradient: dx[kept, summed] += dy[kept]; keeps nothing.
     *
     * @param keepDimensions whether summed axes stay
     * @param axes at least one; negative ones count from the end
     */
    public static Variable sum(Variable x, boolean keepDimensions, int... axes) {
        Summed summed = Summed.of("sum", x.shape(), keepDimensions, axes);
        float[] y = summed.sums(x);
        return x.tape().record("sum", summed.shape, y, dy -> x.accumulate(summed.view.gather(dy)), x);
    }

    /**
     * Means over some axes: the sums of {@link #sum(Variable, boolean, int...)} divided by the number n of their terms.
     * Gradient: dx[kept, summed] += dy[kept] / n; keeps nothing.
     *
     * @param keepDimensions whether the axes stay, with size 1
     * @param axes at least one; negative ones count from the end
     */
    public static Variable mean(Variable x, boolean keepDimensions, int... axes) {
        Summed summed = Summed.of("mean", x.shape(), keepDimensions, axes);
        if (summed.terms == 0) {
            throw new IllegalArgumentException(
                    "mean: no elements along axes " + Arrays.toString(axes) + " of " + x.shape());
        }
        float[] y = divided(summed.sums(x), summed.terms);
        return x.tape()
                .record("mean", summed.shape, y, dy -> x.accumulate(summed.view.gather(divided(dy, summed.terms))), x);
    }

    /**
     * Mean of each sequence's rows: y[b] = sum over rows t of sequence b of x[t] / rows of b, in order; zeros for an empty
     * one. Shapes x [rows, columns], y [sequences, columns]. Gradient: dx[t] += dy[b] / rows of b; keeps nothing.
     */
    public static Variable meanOfSequences(Variable x, RowSplits splits) {
        if (x.shape().rank() != 2 || x.shape().dimension(0) != splits.rows()) {
            throw new IllegalArgumentException(
                    "meanOfSequences: x must be [" + splits.rows() + ", columns], got " + x.shape());
        }
        int columns = x.shape().dimension(1);
        float[] y = new float[splits.count() * columns];
        for (int b = 0; b < splits.count(); b++) {
            for (int t = splits.start(b); t < splits.start(b + 1); t++) {
                for (int j = 0; j < columns; j++) {
                    y[b * columns + j] += x.data()[t * columns + j];
                }
            }
            for (int j = 0; j < columns && splits.length(b) > 0; j++) {
                y[b * columns + j] /= splits.length(b);
            }
        }
        return x.tape()
                .record(
                        "meanOfSequences",
                        Shape.of(splits.count(), columns),
                        y,
                        dy -> {
                            float[] dx = new float[splits.rows() * columns];
                            for (int b = 0; b < splits.count(); b++) {
                                for (int t = splits.start(b); t < splits.start(b + 1); t++) {
                                    for (int j = 0; j < columns; j++) {
                                        dx[t * columns + j] = dy[b * columns + j] / splits.length(b);
                                    }
                                }
                            }
                            x.accumulate(dx);
                        },
                        x);
    }

    /** Where each element of an input is added to the result, the result's shape, and how many elements a sum has. */
    private record Summed(View view, Shape shape, int terms) {
        static Summed of(String operation, Shape shape, boolean keepDimensions, int... axes) {
            if (axes.length == 0) {
                throw new IllegalArgumentException(operation + ": no axes named, shape " + shape);
            }
            int[] kept = shape.dimensions();
            int terms = 1;
            for (int axis : Axes.distinct(operation, axes, shape)) {
                terms *= kept[axis];
                kept[axis] = 1;
            }
            View view = View.repeated(new Shape(kept), shape);
            if (keepDimensions) {
                return new Summed(view, new Shape(kept), terms);
            }
            boolean[] gone = new boolean[shape.rank()];
            for (int axis : Axes.distinct(operation, axes, shape)) {
                gone[axis] = true;
            }
            int[] left = IntStream.range(0, shape.rank())
                    .filter(k -> !gone[k])
                    .map(k -> kept[k])
                    .toArray();
            return new Summed(view, new Shape(left), terms);
        }

        float[] sums(Variable x) {
            float[] y = new float[shape.size()];
            view.scatterAdd(x.data(), y);
            return y;
        }
    }

    private static float[] divided(float[] x, int divisor) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = x[i] / divisor;
        }
        return y;
    }

    /** Sum of the squares of all elements, a scalar. Gradient: dx += 2 dy x; keeps x. */
    public static Variable sumOfSquares(Variable x) {
        float y = Kernels.get().dot(x.data().length, x.data(), 0, x.data(), 0);
        return x.tape()
                .record(
                        "sumOfSquares",
                        Shape.of(),
                        new float[] {y},
                        dy -> {
                            float[] dx = new float[x.shape().size()];
                            for (int i = 0; i < dx.length; i++) {
                                dx[i] = 2 * dy[0] * x.data()[i];
                            }
                            x.accumulate(dx);
                        },
                        x);
    }

    private static float[] filled(Variable x, float value) {
        float[] filled = new float[x.shape().size()];
        Arrays.fill(filled, value);
        return filled;
    }
}
