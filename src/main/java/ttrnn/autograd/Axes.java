package ttrnn.autograd;

import java.util.Arrays;
import ttrnn.tensor.Shape;

/** Axes as users name them, negative ones counted from the end. */
final class Axes {
    private Axes() {}

    /** The axis counted from the front. */
    static int at(String operation, int axis, Shape shape) {
        int at = axis < 0 ? axis + shape.rank() : axis;
        if (at < 0 || at >= shape.rank()) {
            throw new IllegalArgumentException(operation + ": no axis " + axis + " in " + shape);
        }
        return at;
    }

    /** The axes counted from the front, none twice. */
    static int[] distinct(String operation, int[] axes, Shape shape) {
        int[] at = new int[axes.length];
        boolean[] seen = new boolean[shape.rank()];
        for (int i = 0; i < axes.length; i++) {
            at[i] = at(operation, axes[i], shape);
            if (seen[at[i]]) {
                throw new IllegalArgumentException(
                        operation + ": an axis stands twice in " + Arrays.toString(axes) + ", shape " + shape);
            }
            seen[at[i]] = true;
        }
        return at;
    }
}
