package ttrnn.autograd;

import ttrnn.kernel.Kernels;
import ttrnn.tensor.Shape;

/** Exponentials, logarithms, and the distributions made of them. */
public final class Exponentials {
    private Exponentials() {}

    /** Exponential: y = e^x. Any shape. Gradient: dx += dy y; keeps y. */
    public static Variable exp(Variable x) {
        float[] y = new float[x.shape().size()];
        Kernels.get().exp(y.length, x.data(), 0, y, 0);
        return Elementwise.unary("exp", x, y, dy -> {
            for (int i = 0; i < dy.length; i++) {
                dy[i] *= y[i];
            }
        });
    }

    /** Natural logarithm: y = ln x, computed in double; NaN below 0. Any shape. Gradient: dx += dy / x; keeps x. */
    public static Variable log(Variable x) {
        float[] y = new float[x.shape().size()];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) StrictMath.log(x.data()[i]);
        }
        return Elementwise.unary("log", x, y, dy -> {
            for (int i = 0; i < dy.length; i++) {
                dy[i] /= x.data()[i];
            }
        });
    }

    /**
     * Softmax over the last axis: y = e^x / sum e^x, in double. Shape [..., classes]; the same out. Gradient: dx += y (dy -
     * sum(dy y)), the sum in double and in order; keeps y.
     */
    public static Variable softmax(Variable x) {
        int classes = lastAxis("softmax", x.shape());
        int rows = classes == 0 ? 0 : x.shape().size() / classes;
        float[] y = Losses.softmaxRows(x.data(), rows, classes);
        return Elementwise.unary("softmax", x, y, dy -> {
            for (int from = 0; from < dy.length; from += classes) {
                double sum = 0;
                for (int i = from; i < from + classes; i++) {
                    sum += (double) dy[i] * y[i];
                }
                for (int i = from; i < from + classes; i++) {
                    dy[i] = (float) (y[i] * (dy[i] - sum));
                }
            }
        });
    }

    /**
     * Logarithm of the softmax over the last axis: y = x - ln sum e^x, in double. Shape [..., classes]; the same out.
     * Gradient: dx += dy - e^y sum(dy), the sum in double and in order; keeps y.
     */
    public static Variable logSoftmax(Variable x) {
        int classes = lastAxis("logSoftmax", x.shape());
        float[] y = new float[x.shape().size()];
        for (int from = 0; from < y.length; from += classes) {
            double max = Losses.max(x.data(), from, classes);
            double logSum = Losses.logSum(x.data(), from, classes, max);
            for (int i = from; i < from + classes; i++) {
                y[i] = (float) (x.data()[i] - max - logSum);
            }
        }
        return Elementwise.unary("logSoftmax", x, y, dy -> {
            for (int from = 0; from < dy.length; from += classes) {
                double sum = 0;
                for (int i = from; i < from + classes; i++) {
                    sum += dy[i];
                }
                for (int i = from; i < from + classes; i++) {
                    dy[i] = (float) (dy[i] - StrictMath.exp(y[i]) * sum);
                }
            }
        });
    }

    private static int lastAxis(String operation, Shape shape) {
        if (shape.rank() == 0) {
            throw new IllegalArgumentException(operation + ": a scalar has no last axis");
        }
        return shape.dimension(-1);
    }
}
