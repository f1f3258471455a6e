package ttrnn.tensor;

import java.util.Arrays;

/**
 * A row-major {@code float} array with a shape. The array is shared, not copied: a tensor is a view for those who own
 * the data.
 */
public final class Tensor {
    private final Shape shape;
    private final float[] data;

    private Tensor(Shape shape, float[] data) {
        this.shape = shape;
        this.data = data;
    }

    /** Wraps {@code data}, whose length must be the shape's size. */
    public static Tensor of(float[] data, int... dimensions) {
        return of(data, new Shape(dimensions));
    }

    /** Wraps {@code data}, whose length must be the shape's size. */
    public static Tensor of(float[] data, Shape shape) {
        if (data.length != shape.size()) {
            throw new IllegalArgumentException(
                    "tensor: shape " + shape + " needs " + shape.size() + " values, got " + data.length);
        }
        return new Tensor(shape, data);
    }

    /** A tensor of zeros. */
    public static Tensor zeros(int... dimensions) {
        return zeros(new Shape(dimensions));
    }

    /** A tensor of zeros. */
    public static Tensor zeros(Shape shape) {
        return new Tensor(shape, new float[shape.size()]);
    }

    /** A tensor of one value and no dimension. */
    public static Tensor scalar(float value) {
        return new Tensor(new Shape(), new float[] {value});
    }

    /** Its dimensions. */
    public Shape shape() {
        return shape;
    }

    /** The elements themselves, row-major; writing to them changes the tensor. */
    public float[] data() {
        return data;
    }

    /** How many values it has. */
    public int size() {
        return data.length;
    }

    /** The same elements under another shape of the same size. */
    public Tensor reshape(int... dimensions) {
        return of(data, new Shape(dimensions));
    }

    /** A tensor of the same values that shares nothing with this one. */
    public Tensor copy() {
        return new Tensor(shape, data.clone());
    }

    /** The element of a tensor that has just one. */
    public float item() {
        if (data.length != 1) {
            throw new IllegalStateException("tensor: item() needs one element, shape is " + shape);
        }
        return data[0];
    }

    /** Shape and the first few elements. */
    @Override
    public String toString() {
        String head = Arrays.toString(Arrays.copyOf(data, Math.min(6, data.length)));
        return "Tensor" + shape + (data.length > 6 ? head.replace("]", ", …]") : head);
    }
}
