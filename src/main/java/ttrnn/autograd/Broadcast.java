package ttrnn.autograd;

import ttrnn.tensor.Shape;

/**
 * Two operands brought to one shape by NumPy's rule: shapes are aligned at their last axes, and an axis of size 1, or one
 * that is missing, is repeated. A gradient is summed over what was repeated, in the order of the result's elements.
 */
final class Broadcast {
    private final Variable a;
    private final Variable b;
    private final Shape shape;

    private Broadcast(Variable a, Variable b, Shape shape) {
        this.a = a;
        this.b = b;
        this.shape = shape;
    }

    static Broadcast of(String operation, Variable a, Variable b) {
        int[] left = a.shape().dimensions();
        int[] right = b.shape().dimensions();
        int[] dimensions = new int[Math.max(left.length, right.length)];
        for (int k = 1; k <= dimensions.length; k++) {
            int l = k <= left.length ? left[left.length - k] : 1;
            int r = k <= right.length ? right[right.length - k] : 1;
            if (l != r && l != 1 && r != 1) {
                throw new IllegalArgumentException(
                        operation + ": shapes do not fit each other, left " + a.shape() + " right " + b.shape());
            }
            dimensions[dimensions.length - k] = l == 1 ? r : l;
        }
        return new Broadcast(a, b, new Shape(dimensions));
    }

    /** Shape of the result. */
    Shape shape() {
        return shape;
    }

    /** The left operand's elements in the result's shape, not to be changed. */
    float[] left() {
        return in(shape, a);
    }

    /** The right operand's elements in the result's shape, not to be changed. */
    float[] right() {
        return in(shape, b);
    }

    /** Adds to the left operand's gradient from one in the result's shape, which the caller gives away. */
    void accumulateLeft(float[] da) {
        accumulate(shape, a, da);
    }

    /** Adds to the right operand's gradient from one in the result's shape, which the caller gives away. */
    void accumulateRight(float[] db) {
        accumulate(shape, b, db);
    }

    private static float[] in(Shape shape, Variable x) {
        return x.shape().equals(shape)
                ? x.data()
                : View.repeated(x.shape(), shape).gather(x.data());
    }

    private static void accumulate(Shape shape, Variable x, float[] dx) {
        if (!x.needsGradient()) {
            return;
        }
        if (x.shape().equals(shape)) {
            x.accumulate(dx);
            return;
        }
        float[] sum = new float[x.shape().size()];
        View.repeated(x.shape(), shape).scatterAdd(dx, sum);
        x.accumulate(sum);
    }
}
