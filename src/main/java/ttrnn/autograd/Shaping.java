package ttrnn.autograd;

import java.util.Arrays;
import java.util.stream.IntStream;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Shape;

/** Operations that move elements and compute nothing. */
public final class Shaping {
    private Shaping() {}

    /** The same elements in another shape of the same size. Gradient: dx += dy; keeps nothing. */
    public static Variable reshape(Variable x, int... dimensions) {
        Shape shape = Shape.of(dimensions);
        if (shape.size() != x.shape().size()) {
            throw new IllegalArgumentException("reshape: " + x.shape() + " has "
                    + x.shape().size() + " elements, " + shape + " has " + shape.size());
        }
        return x.tape().record("reshape", shape, x.data(), x::accumulate, x);
    }

    /** Transpose of a matrix, or of each matrix of the last two axes: y[…, j, i] = x[…, i, j]. Gradient as in permute. */
    public static Variable transpose(Variable x) {
        int rank = x.shape().rank();
        if (rank < 2) {
            throw new IllegalArgumentException("transpose: at least two axes are needed, got " + x.shape());
        }
        int[] order = IntStream.range(0, rank).toArray();
        order[rank - 2] = rank - 1;
        order[rank - 1] = rank - 2;
        return permute(x, order);
    }

    /**
     * Axes in another order: axis k of y is axis order[k] of x. Any shape. Gradient: dx += dy with its axes put back; keeps
     * nothing.
     *
     * @param order every axis once; negative ones count from the end
     */
    public static Variable permute(Variable x, int... order) {
        int rank = x.shape().rank();
        if (order.length != rank) {
            throw new IllegalArgumentException(
                    "permute: all axes of " + x.shape() + " must be named once, got " + Arrays.toString(order));
        }
        int[] axes = Axes.distinct("permute", order, x.shape());
        int[] dimensions = x.shape().dimensions();
        int[] strides = View.rowMajor(dimensions);
        View view = new View(
                IntStream.of(axes).map(k -> dimensions[k]).toArray(),
                IntStream.of(axes).map(k -> strides[k]).toArray(),
                0);
        return viewed("permute", x, view);
    }

    /**
     * A part along one axis: the elements from {@code from} to {@code to - 1}. Any shape with that axis. Gradient: dx += dy
     * in that part; keeps nothing.
     *
     * @param axis negative ones count from the end
     */
    public static Variable slice(Variable x, int axis, int from, int to) {
        int at = Axes.at("slice", axis, x.shape());
        int[] dimensions = x.shape().dimensions();
        if (from < 0 || from > to || to > dimensions[at]) {
            throw new IllegalArgumentException(
                    "slice: " + from + " to " + to + " does not lie within axis " + axis + " of " + x.shape());
        }
        int[] strides = View.rowMajor(dimensions);
        dimensions[at] = to - from;
        return viewed("slice", x, new View(dimensions, strides, from * strides[at]));
    }

    /**
     * Joins arrays along an axis they have. Shapes equal but for that axis; the result's is the sum of theirs. Gradient:
     * each gets its part of dy; keeps nothing.
     *
     * @param axis negative ones count from the end
     */
    public static Variable concatenate(int axis, Variable... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("concatenate: nothing to join");
        }
        int at = Axes.at("concatenate", axis, parts[0].shape());
        int[] dimensions = parts[0].shape().dimensions();
        int length = 0;
        for (Variable part : parts) {
            int[] expected = part.shape().dimensions();
            if (expected.length == dimensions.length) {
                dimensions[at] = expected[at];
            }
            if (!Arrays.equals(expected, dimensions)) {
                throw new IllegalArgumentException("concatenate: shapes differ in more than axis " + axis + ", "
                        + parts[0].shape() + " and " + part.shape());
            }
            length += expected[at];
        }
        dimensions[at] = length;
        Shape shape = new Shape(dimensions);
        int[] strides = View.rowMajor(dimensions);
        View[] views = new View[parts.length];
        float[] y = new float[shape.size()];
        int from = 0;
        for (int k = 0; k < parts.length; k++) {
            views[k] = new View(parts[k].shape().dimensions(), strides, from * strides[at]);
            views[k].scatter(parts[k].data(), y);
            from += parts[k].shape().dimension(at);
        }
        Variable[] inputs = parts.clone();
        return inputs[0]
                .tape()
                .record(
                        "concatenate",
                        shape,
                        y,
                        dy -> {
                            for (int k = 0; k < inputs.length; k++) {
                                inputs[k].accumulate(views[k].gather(dy));
                            }
                        },
                        inputs);
    }

    /**
     * Stacks arrays of one shape along a new axis: y[…, k, …] = parts[k][…]. Gradient: each gets its part of dy; keeps
     * nothing.
     *
     * @param axis of the result; negative ones count from its end, -1 making the new axis the last
     */
    public static Variable stack(int axis, Variable... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("stack: nothing to stack");
        }
        int[] before = parts[0].shape().dimensions();
        int[] dimensions = new int[before.length + 1];
        int at = axis < 0 ? axis + dimensions.length : axis;
        if (at < 0 || at >= dimensions.length) {
            throw new IllegalArgumentException("stack: no axis " + axis + " for a result of rank " + dimensions.length);
        }
        dimensions[at] = 1;
        System.arraycopy(before, 0, dimensions, 0, at);
        System.arraycopy(before, at, dimensions, at + 1, before.length - at);
        Variable[] layers = new Variable[parts.length];
        for (int k = 0; k < parts.length; k++) {
            if (!parts[k].shape().equals(parts[0].shape())) {
                throw new IllegalArgumentException(
                        "stack: shapes differ, " + parts[0].shape() + " and " + parts[k].shape());
            }
            layers[k] = reshape(parts[k], dimensions);
        }
        return concatenate(at, layers);
    }

    /**
     * Selects rows: y[i] = x[rows[i]], zeros for an index of -1. Shape [n, …], result [rows.length, …]. An index may stand
     * more than once. Gradient: dx[rows[i]] += dy[i], in the order of i; keeps the indices.
     */
    public static Variable gatherRows(Variable x, int... rows) {
        if (x.shape().rank() == 0) {
            throw new IllegalArgumentException("gatherRows: a scalar has no rows");
        }
        int[] indices = rows.clone();
        int[] dimensions = x.shape().dimensions();
        int count = dimensions[0];
        dimensions[0] = indices.length;
        Shape shape = new Shape(dimensions);
        int width = count == 0 ? 0 : x.shape().size() / count;
        float[] y = new float[shape.size()];
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < -1 || indices[i] >= count) {
                throw new IllegalArgumentException(
                        "gatherRows: no row " + indices[i] + " in " + x.shape() + " (index " + i + ")");
            }
            if (indices[i] >= 0) {
                System.arraycopy(x.data(), indices[i] * width, y, i * width, width);
            }
        }
        return x.tape()
                .record(
                        "gatherRows",
                        shape,
                        y,
                        dy -> {
                            float[] dx = x.tape().buffers().untilReset(x.shape().size());
                            Arrays.fill(dx, 0);
                            for (int i = 0; i < indices.length; i++) {
                                if (indices[i] >= 0) {
                                    Kernels.get().add(width, dy, i * width, dx, indices[i] * width);
                                }
                            }
                            x.accumulate(dx);
                        },
                        x);
    }

    private static Variable viewed(String operation, Variable x, View view) {
        return x.tape()
                .record(
                        operation,
                        view.shape(),
                        view.gather(x.data()),
                        dy -> {
                            float[] dx = new float[x.shape().size()];
                            view.scatter(dy, dx);
                            x.accumulate(dx);
                        },
                        x);
    }
}
