package ttrnn.autograd;

import ttrnn.tensor.Shape;

/**
 * Where the elements of a shape lie in another array: element (i_0, i_1, …) at base + i_0 strides_0 + i_1 strides_1 + ….
 * Permuted, cut, repeated (a stride of 0) and summed-over axes are all views.
 */
final class View {
    private final int[] dimensions;
    private final int[] strides;
    private final int base;

    View(int[] dimensions, int[] strides, int base) {
        this.dimensions = dimensions;
        this.strides = strides;
        this.base = base;
    }

    /** Strides of a row-major array. */
    static int[] rowMajor(int[] dimensions) {
        int[] strides = new int[dimensions.length];
        int stride = 1;
        for (int k = dimensions.length - 1; k >= 0; k--) {
            strides[k] = stride;
            stride *= dimensions[k];
        }
        return strides;
    }

    /** An array of shape {@code from} seen as {@code to}: its axes stand last, and those of size 1 are repeated. */
    static View repeated(Shape from, Shape to) {
        int[] inner = from.dimensions();
        int[] innerStrides = rowMajor(inner);
        int[] strides = new int[to.rank()];
        int front = to.rank() - from.rank();
        for (int k = 0; k < inner.length; k++) {
            strides[front + k] = inner[k] == 1 ? 0 : innerStrides[k];
        }
        return new View(to.dimensions(), strides, 0);
    }

    Shape shape() {
        return new Shape(dimensions);
    }

    /** y[i] = x[where element i lies]. */
    float[] gather(float[] x) {
        int[] starts = starts();
        int length = runLength();
        int stride = runStride();
        float[] y = new float[starts.length * length];
        for (int r = 0; r < starts.length; r++) {
            for (int j = 0; j < length; j++) {
                y[r * length + j] = x[starts[r] + j * stride];
            }
        }
        return y;
    }

    /** x[where element i lies] = y[i]. */
    void scatter(float[] y, float[] x) {
        int[] starts = starts();
        int length = runLength();
        int stride = runStride();
        for (int r = 0; r < starts.length; r++) {
            for (int j = 0; j < length; j++) {
                x[starts[r] + j * stride] = y[r * length + j];
            }
        }
    }

    /** x[where element i lies] += y[i], in the order of i. */
    void scatterAdd(float[] y, float[] x) {
        int[] starts = starts();
        int length = runLength();
        int stride = runStride();
        for (int r = 0; r < starts.length; r++) {
            for (int j = 0; j < length; j++) {
                x[starts[r] + j * stride] += y[r * length + j];
            }
        }
    }

    private int runLength() {
        return dimensions.length == 0 ? 1 : dimensions[dimensions.length - 1];
    }

    private int runStride() {
        return dimensions.length == 0 ? 0 : strides[dimensions.length - 1];
    }

    /** Where each run along the last axis starts. */
    private int[] starts() {
        int[] starts = {base};
        for (int k = 0; k < dimensions.length - 1; k++) {
            int[] next = new int[starts.length * dimensions[k]];
            for (int i = 0; i < next.length; i++) {
                next[i] = starts[i / dimensions[k]] + i % dimensions[k] * strides[k];
            }
            starts = next;
        }
        return starts;
    }
}
