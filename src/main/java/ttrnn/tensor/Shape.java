package ttrnn.tensor;

import java.util.Arrays;

/**
 * The sizes of a row-major array's axes, slowest first. A scalar has rank 0 and size 1; an axis of size 0 is allowed.
 *
 * @param dimensions sizes of the axes, none negative; their product fits an {@code int}
 */
public record Shape(int... dimensions) {
    public Shape {
        dimensions = dimensions.clone();
        long size = 1;
        boolean empty = false;
        for (int d : dimensions) {
            if (d < 0) {
                throw new IllegalArgumentException("shape: an axis of negative size in " + Arrays.toString(dimensions));
            }
            empty |= d == 0;
            size = size > Integer.MAX_VALUE ? size : size * d;
        }
        if (size > Integer.MAX_VALUE && !empty) {
            throw new IllegalArgumentException(
                    "shape: " + Arrays.toString(dimensions) + " has more than 2^31 - 1 elements");
        }
    }

    /** A shape of these dimensions, the slowest first; none for a scalar. */
    public static Shape of(int... dimensions) {
        return new Shape(dimensions);
    }

    @Override
    public int[] dimensions() {
        return dimensions.clone();
    }

    /** Number of axes. */
    public int rank() {
        return dimensions.length;
    }

    /** Number of elements. */
    public int size() {
        int size = 1;
        for (int d : dimensions) {
            size *= d;
        }
        return size;
    }

    /** Size of an axis; a negative axis counts from the end, -1 being the last. */
    public int dimension(int axis) {
        int at = axis < 0 ? axis + dimensions.length : axis;
        if (at < 0 || at >= dimensions.length) {
            throw new IllegalArgumentException("shape: no axis " + axis + " in " + this);
        }
        return dimensions[at];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    /** For example {@code [16, 256]}. */
    @Override
    public String toString() {
        return Arrays.toString(dimensions);
    }
}
