package ttrnn.autograd;

import ttrnn.tensor.Rng;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/** Operations that let some elements pass and others not. Operands are brought to one shape as in {@link Elementwise}. */
public final class Selections {
    private Selections() {}

    /** The larger: y = max(a, b). Shapes broadcast. Gradient: dy to the larger, to a if they are equal; keeps both. */
    public static Variable maximum(Variable a, Variable b) {
        Broadcast both = Broadcast.of("maximum", a, b);
        float[] left = both.left();
        float[] right = both.right();
        boolean[] condition = new boolean[left.length];
        float[] y = new float[left.length];
        for (int i = 0; i < y.length; i++) {
            condition[i] = left[i] >= right[i];
            y[i] = Math.max(left[i], right[i]);
        }
        return Elementwise.binary("maximum", both, y, a, b, dy -> split(condition, dy, both));
    }

    /** The smaller: y = min(a, b). Shapes broadcast. Gradient: dy to the smaller, to a if they are equal; keeps both. */
    public static Variable minimum(Variable a, Variable b) {
        Broadcast both = Broadcast.of("minimum", a, b);
        float[] left = both.left();
        float[] right = both.right();
        boolean[] condition = new boolean[left.length];
        float[] y = new float[left.length];
        for (int i = 0; i < y.length; i++) {
            condition[i] = left[i] <= right[i];
            y[i] = Math.min(left[i], right[i]);
        }
        return Elementwise.binary("minimum", both, y, a, b, dy -> split(condition, dy, both));
    }

    /**
     * Choice: y[i] = a[i] where the condition holds, else b[i]. Shapes of a and b broadcast; the condition has an entry for
     * each element of the result, row-major. Gradient: dy to the one chosen, 0 to the other; keeps the condition.
     */
    public static Variable where(boolean[] condition, Variable a, Variable b) {
        Broadcast both = Broadcast.of("where", a, b);
        checkLength("where", condition, both.shape());
        boolean[] chosen = condition.clone();
        float[] left = both.left();
        float[] right = both.right();
        float[] y = new float[left.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = chosen[i] ? left[i] : right[i];
        }
        return Elementwise.binary("where", both, y, a, b, dy -> split(chosen, dy, both));
    }

    /**
     * Mask: y[i] = x[i] where {@code keep} holds, else 0, also in place of NaN. Any shape; an entry for each element.
     * Gradient: dx += dy where it holds; keeps the mask.
     */
    public static Variable mask(Variable x, boolean[] keep) {
        checkLength("mask", keep, x.shape());
        boolean[] kept = keep.clone();
        float[] y = x.data().clone();
        clear(kept, y);
        return Elementwise.unary("mask", x, y, dy -> clear(kept, dy));
    }

    /**
     * Dropout: y = x m, where m is 0 with probability {@code rate}, else 1 / (1 - rate), one number drawn for each element
     * in order. Any shape. Gradient: dx += dy m; keeps m. For training alone: leave it out where nothing is to be dropped.
     *
     * @param rate at least 0 and below 1
     */
    public static Variable dropout(Variable x, float rate, Rng rng) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout: the rate must be at least 0 and below 1, got " + rate);
        }
        float[] mask = new float[x.shape().size()];
        float kept = 1 / (1 - rate);
        for (int i = 0; i < mask.length; i++) {
            mask[i] = rng.nextFloat() < rate ? 0 : kept;
        }
        return dropout(x, Tensor.of(mask, x.shape()));
    }

    /**
     * Dropout with a mask of one's own, for example one for all steps of a sequence: y = x m. The shape of m broadcasts to
     * that of x, any shape. Gradient: dx += dy m; keeps m.
     *
     * @param mask 0 for what is dropped, 1 / (1 - rate) for what is kept
     */
    public static Variable dropout(Variable x, Tensor mask) {
        Variable factors = x.tape().constant(mask);
        Broadcast both = Broadcast.of("dropout", x, factors);
        if (!both.shape().equals(x.shape())) {
            throw new IllegalArgumentException(
                    "dropout: the mask " + mask.shape() + " is larger than the input " + x.shape());
        }
        float[] m = both.right();
        float[] y = x.data().clone();
        multiply(m, y);
        return Elementwise.unary("dropout", x, y, dy -> multiply(m, dy));
    }

    private static void split(boolean[] condition, float[] dy, Broadcast both) {
        float[] da = dy.clone();
        clear(condition, da);
        both.accumulateLeft(da);
        for (int i = 0; i < dy.length; i++) {
            dy[i] = condition[i] ? 0 : dy[i];
        }
        both.accumulateRight(dy);
    }

    private static void clear(boolean[] keep, float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = keep[i] ? x[i] : 0;
        }
    }

    private static void multiply(float[] m, float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= m[i];
        }
    }

    private static void checkLength(String operation, boolean[] condition, Shape shape) {
        if (condition.length != shape.size()) {
            throw new IllegalArgumentException(
                    operation + ": " + condition.length + " conditions for " + shape.size() + " elements of " + shape);
        }
    }
}
