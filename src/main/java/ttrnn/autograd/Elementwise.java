package ttrnn.autograd;

import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Shape;

/** Operations on each element by itself. Two operands must have one shape. */
public final class Elementwise {
    private Elementwise() {}

    /** Sum: y = a + b. Equal shapes. Gradient: da += dy, db += dy; keeps nothing. */
    public static Variable add(Variable a, Variable b) {
        Shape shape = sameShape("add", a, b);
        float[] y = a.data().clone();
        Kernels.get().add(y.length, b.data(), 0, y, 0);
        return a.tape()
                .record(
                        "add",
                        shape,
                        y,
                        dy -> {
                            a.accumulate(dy.clone());
                            b.accumulate(dy);
                        },
                        a,
                        b);
    }

    /** Difference: y = a - b. Equal shapes. Gradient: da += dy, db -= dy; keeps nothing. */
    public static Variable subtract(Variable a, Variable b) {
        Shape shape = sameShape("subtract", a, b);
        float[] y = new float[shape.size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = a.data()[i] - b.data()[i];
        }
        return a.tape()
                .record(
                        "subtract",
                        shape,
                        y,
                        dy -> {
                            float[] db = new float[dy.length];
                            for (int i = 0; i < dy.length; i++) {
                                db[i] = -dy[i];
                            }
                            a.accumulate(dy);
                            b.accumulate(db);
                        },
                        a,
                        b);
    }

    /** Product: y = a b. Equal shapes. Gradient: da += dy b, db += dy a; keeps a and b. */
    public static Variable multiply(Variable a, Variable b) {
        Shape shape = sameShape("multiply", a, b);
        return a.tape()
                .record(
                        "multiply",
                        shape,
                        product(a.data(), b.data()),
                        dy -> {
                            a.accumulate(product(dy, b.data()));
                            b.accumulate(product(dy, a.data()));
                        },
                        a,
                        b);
    }

    /** Scaling: y = factor x. Any shape. Gradient: dx += factor dy; keeps nothing. */
    public static Variable scale(Variable x, float factor) {
        return x.tape().record("scale", x.shape(), scaled(x.data(), factor), dy -> x.accumulate(scaled(dy, factor)), x);
    }

    /** Logistic function: y = 1 / (1 + e^-x). Any shape. Gradient: dx += dy y (1 - y); keeps y, not x. */
    public static Variable sigmoid(Variable x) {
        float[] y = new float[x.shape().size()];
        Kernels.get().sigmoid(y.length, x.data(), 0, y, 0);
        return x.tape()
                .record(
                        "sigmoid",
                        x.shape(),
                        y,
                        dy -> {
                            for (int i = 0; i < dy.length; i++) {
                                dy[i] *= y[i] * (1 - y[i]);
                            }
                            x.accumulate(dy);
                        },
                        x);
    }

    /**
     * Keras' hard sigmoid: y = min(max(0.2 x + 0.5, 0), 1). Any shape. Gradient: dx += 0.2 dy where 0 &lt; y &lt; 1, else
     * none; keeps y.
     */
    public static Variable hardSigmoid(Variable x) {
        float[] y = new float[x.shape().size()];
        Kernels.get().hardSigmoid(y.length, x.data(), 0, y, 0);
        return x.tape()
                .record(
                        "hardSigmoid",
                        x.shape(),
                        y,
                        dy -> {
                            for (int i = 0; i < dy.length; i++) {
                                dy[i] = y[i] > 0 && y[i] < 1 ? 0.2f * dy[i] : 0;
                            }
                            x.accumulate(dy);
                        },
                        x);
    }

    /** Hyperbolic tangent: y = tanh x. Any shape. Gradient: dx += dy (1 - y^2); keeps y. */
    public static Variable tanh(Variable x) {
        FloatKernels kernels = Kernels.get();
        float[] y = new float[x.shape().size()];
        kernels.tanh(y.length, x.data(), 0, y, 0);
        return x.tape()
                .record(
                        "tanh",
                        x.shape(),
                        y,
                        dy -> {
                            for (int i = 0; i < dy.length; i++) {
                                dy[i] *= 1 - y[i] * y[i];
                            }
                            x.accumulate(dy);
                        },
                        x);
    }

    private static float[] product(float[] a, float[] b) {
        float[] y = new float[a.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i] * b[i];
        }
        return y;
    }

    private static float[] scaled(float[] x, float factor) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = factor * x[i];
        }
        return y;
    }

    private static Shape sameShape(String operation, Variable a, Variable b) {
        if (!a.shape().equals(b.shape())) {
            throw new IllegalArgumentException(
                    operation + ": shapes differ, left " + a.shape() + " right " + b.shape());
        }
        return a.shape();
    }
}
