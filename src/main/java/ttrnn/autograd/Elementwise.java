package ttrnn.autograd;

import ttrnn.kernel.Kernels;

/**
 * Operations on each element by itself. Two operands are brought to one shape as in NumPy: aligned at their last axes,
 * axes of size 1 and missing ones repeated; their gradients are summed over what was repeated.
 */
public final class Elementwise {
    private Elementwise() {}

    /** Sum: y = a + b. Shapes broadcast. Gradient: da += dy, db += dy; keeps nothing. */
    public static Variable add(Variable a, Variable b) {
        Broadcast both = Broadcast.of("add", a, b);
        float[] y = both.left().clone();
        Kernels.get().add(y.length, both.right(), 0, y, 0);
        return binary("add", both, y, a, b, dy -> {
            both.accumulateLeft(dy.clone());
            both.accumulateRight(dy);
        });
    }

    /** Difference: y = a - b. Shapes broadcast. Gradient: da += dy, db -= dy; keeps nothing. */
    public static Variable subtract(Variable a, Variable b) {
        Broadcast both = Broadcast.of("subtract", a, b);
        float[] left = both.left();
        float[] right = both.right();
        float[] y = new float[left.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = left[i] - right[i];
        }
        return binary("subtract", both, y, a, b, dy -> {
            both.accumulateLeft(dy.clone());
            negate(dy);
            both.accumulateRight(dy);
        });
    }

    /** Product: y = a b. Shapes broadcast. Gradient: da += dy b, db += dy a; keeps a and b. */
    public static Variable multiply(Variable a, Variable b) {
        Broadcast both = Broadcast.of("multiply", a, b);
        return binary("multiply", both, product(both.left(), both.right()), a, b, dy -> {
            if (a.needsGradient()) {
                both.accumulateLeft(product(dy, both.right()));
            }
            if (b.needsGradient()) {
                both.accumulateRight(product(dy, both.left()));
            }
        });
    }

    /** Quotient: y = a / b. Shapes broadcast. Gradient: da += dy / b, db -= dy y / b; keeps b and y. */
    public static Variable divide(Variable a, Variable b) {
        Broadcast both = Broadcast.of("divide", a, b);
        float[] y = quotient(both.left(), both.right());
        return binary("divide", both, y, a, b, dy -> {
            float[] da = quotient(dy, both.right());
            if (b.needsGradient()) {
                float[] db = product(da, y);
                negate(db);
                both.accumulateRight(db);
            }
            both.accumulateLeft(da);
        });
    }

    /** Negation: y = -x. Any shape. Gradient: dx -= dy; keeps nothing. */
    public static Variable negate(Variable x) {
        float[] y = x.data().clone();
        negate(y);
        return unary("negate", x, y, Elementwise::negate);
    }

    /** Scaling: y = factor x. Any shape. Gradient: dx += factor dy; keeps nothing. */
    public static Variable scale(Variable x, float factor) {
        float[] y = x.data().clone();
        scale(y, factor);
        return unary("scale", x, y, dy -> scale(dy, factor));
    }

    /** Shift: y = x + addend. Any shape. Gradient: dx += dy; keeps nothing. */
    public static Variable addScalar(Variable x, float addend) {
        float[] y = x.data().clone();
        for (int i = 0; i < y.length; i++) {
            y[i] += addend;
        }
        return unary("addScalar", x, y, dy -> {});
    }

    /** Square: y = x^2. Any shape. Gradient: dx += 2 x dy; keeps x. */
    public static Variable square(Variable x) {
        return unary("square", x, product(x.data(), x.data()), dy -> {
            for (int i = 0; i < dy.length; i++) {
                dy[i] *= 2 * x.data()[i];
            }
        });
    }

    /** Square root: y = sqrt(x), NaN below 0. Any shape. Gradient: dx += dy / (2 y), infinite at 0; keeps y. */
    public static Variable sqrt(Variable x) {
        float[] y = new float[x.shape().size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) Math.sqrt(x.data()[i]);
        }
        return unary("sqrt", x, y, dy -> {
            for (int i = 0; i < dy.length; i++) {
                dy[i] /= 2 * y[i];
            }
        });
    }

    /** Absolute value: y = |x|. Any shape. Gradient: dx += dy sign(x), none at 0; keeps x. */
    public static Variable abs(Variable x) {
        float[] y = new float[x.shape().size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.abs(x.data()[i]);
        }
        return unary("abs", x, y, dy -> {
            for (int i = 0; i < dy.length; i++) {
                dy[i] *= Math.signum(x.data()[i]);
            }
        });
    }

    /** Rectifier: y = max(x, 0). Any shape. Gradient: dx += dy where x &gt; 0, else none; keeps y. */
    public static Variable relu(Variable x) {
        float[] y = new float[x.shape().size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(x.data()[i], 0);
        }
        return unary("relu", x, y, dy -> {
            for (int i = 0; i < dy.length; i++) {
                dy[i] = y[i] > 0 ? dy[i] : 0;
            }
        });
    }

    /** Logistic function: y = 1 / (1 + e^-x). Any shape. Gradient: dx += dy y (1 - y); keeps y, not x. */
    public static Variable sigmoid(Variable x) {
        float[] y = new float[x.shape().size()];
        Kernels.get().sigmoid(y.length, x.data(), 0, y, 0);
        return unary("sigmoid", x, y, dy -> {
            for (int i = 0; i < dy.length; i++) {
                dy[i] *= y[i] * (1 - y[i]);
            }
        });
    }

    /**
     * Keras' hard sigmoid: y = min(max(0.2 x + 0.5, 0), 1). Any shape. Gradient: dx += 0.2 dy where 0 &lt; y &lt; 1, else
     * none; keeps y.
     */
    public static Variable hardSigmoid(Variable x) {
        float[] y = new float[x.shape().size()];
        Kernels.get().hardSigmoid(y.length, x.data(), 0, y, 0);
        return unary("hardSigmoid", x, y, dy -> {
            for (int i = 0; i < dy.length; i++) {
                dy[i] = y[i] > 0 && y[i] < 1 ? 0.2f * dy[i] : 0;
            }
        });
    }

    /** Hyperbolic tangent: y = tanh x. Any shape. Gradient: dx += dy (1 - y^2); keeps y. */
    public static Variable tanh(Variable x) {
        float[] y = new float[x.shape().size()];
        Kernels.get().tanh(y.length, x.data(), 0, y, 0);
        return unary("tanh", x, y, dy -> {
            for (int i = 0; i < dy.length; i++) {
                dy[i] *= 1 - y[i] * y[i];
            }
        });
    }

    /** Records an operation of one operand, whose gradient turns dy into dx in place. */
    static Variable unary(String operation, Variable x, float[] y, Tape.Backward inPlace) {
        return x.tape()
                .record(
                        operation,
                        x.shape(),
                        y,
                        dy -> {
                            inPlace.apply(dy);
                            x.accumulate(dy);
                        },
                        x);
    }

    /** Records an operation of two operands. */
    static Variable binary(
            String operation, Broadcast both, float[] y, Variable a, Variable b, Tape.Backward backward) {
        return a.tape().record(operation, both.shape(), y, backward, a, b);
    }

    private static float[] product(float[] a, float[] b) {
        float[] y = new float[a.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] * b[i];
        }
        return y;
    }

    private static float[] quotient(float[] a, float[] b) {
        float[] y = new float[a.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] / b[i];
        }
        return y;
    }

    private static void scale(float[] x, float factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= factor;
        }
    }

    private static void negate(float[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = -x[i];
        }
    }
}
