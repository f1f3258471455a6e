package ttrnn.autograd;

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
                            float[] dx = new float[x.shape().size()];
                            for (int i = 0; i < indices.length; i++) {
                                if (indices[i] >= 0) {
                                    Kernels.get().add(width, dy, i * width, dx, indices[i] * width);
                                }
                            }
                            x.accumulate(dx);
                        },
                        x);
    }
}
