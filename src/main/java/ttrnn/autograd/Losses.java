package ttrnn.autograd;

import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/** Objectives of a training. */
public final class Losses {
    private Losses() {}

    /**
     * Softmax cross-entropy: y = sum over rows of weight * (log(sum over classes e^x) - x[label]), a scalar; with weight
     * 1 / rows the mean over a batch. Shape of x [rows, classes]. Gradient: dx += dy weight (softmax(x) - onehot(label));
     * keeps the softmax. Sums run in double, in order.
     *
     * @param labels the class of each row, 0 … classes - 1
     */
    public static Variable crossEntropy(Variable x, int[] labels, float weight) {
        if (x.shape().rank() != 2 || x.shape().dimension(0) != labels.length) {
            throw new IllegalArgumentException(
                    "crossEntropy: scores must be [" + labels.length + ", classes], got " + x.shape());
        }
        int[] targets = labels.clone();
        int rows = labels.length;
        int classes = x.shape().dimension(1);
        float[] probabilities = softmaxRows(x.data(), rows, classes);
        double loss = 0;
        for (int i = 0; i < rows; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("crossEntropy: label " + labels[i] + " of row " + i
                        + " is not among the " + classes + " classes");
            }
            loss -= logSoftmax(x.data(), i * classes, classes, labels[i]);
        }
        return x.tape()
                .record(
                        "crossEntropy",
                        Shape.of(),
                        new float[] {(float) (loss * weight)},
                        dy -> {
                            float[] dx = new float[rows * classes];
                            float factor = dy[0] * weight;
                            for (int i = 0; i < dx.length; i++) {
                                int row = i / classes;
                                float target = i - row * classes == targets[row] ? 1 : 0;
                                dx[i] = factor * (probabilities[i] - target);
                            }
                            x.accumulate(dx);
                        },
                        x);
    }

    /**
     * Softmax cross-entropy with targets that are distributions: y = sum over rows of weight * (sum over classes of t) * log(sum
     * over classes e^x) - t x, a scalar. Equal shapes [rows, classes] of x and t. Gradient: dx += dy weight (softmax(x) sum(t) -
     * t); keeps the softmax. Sums run in double, in order.
     *
     * @param targets at least 0
     */
    public static Variable softCrossEntropy(Variable x, Tensor targets, float weight) {
        checkShapes("softCrossEntropy", x.shape(), targets.shape());
        if (x.shape().rank() != 2) {
            throw new IllegalArgumentException("softCrossEntropy: scores must be [rows, classes], got " + x.shape());
        }
        int rows = x.shape().dimension(0);
        int classes = x.shape().dimension(1);
        float[] t = targets.data().clone();
        float[] probabilities = softmaxRows(x.data(), rows, classes);
        double[] totals = new double[rows];
        double loss = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < classes; j++) {
                totals[i] += t[i * classes + j];
                if (t[i * classes + j] != 0) {
                    loss -= t[i * classes + j] * logSoftmax(x.data(), i * classes, classes, j);
                }
            }
        }
        return x.tape()
                .record(
                        "softCrossEntropy",
                        Shape.of(),
                        new float[] {(float) (loss * weight)},
                        dy -> {
                            float[] dx = new float[t.length];
                            double factor = (double) dy[0] * weight;
                            for (int i = 0; i < dx.length; i++) {
                                dx[i] = (float) (factor * (probabilities[i] * totals[i / classes] - t[i]));
                            }
                            x.accumulate(dx);
                        },
                        x);
    }

    /**
     * Binary cross-entropy of logits: y = sum over elements of weight * (max(x, 0) - x t + ln(1 + e^-|x|)), a scalar; with
     * weight 1 / size the mean. Equal shapes of x and the targets t. Gradient: dx += dy weight (1 / (1 + e^-x) - t); keeps
     * x. Computed in double, in order.
     *
     * @param targets probabilities, 0 … 1
     */
    public static Variable binaryCrossEntropy(Variable x, Tensor targets, float weight) {
        checkShapes("binaryCrossEntropy", x.shape(), targets.shape());
        float[] t = targets.data().clone();
        double loss = 0;
        for (int i = 0; i < t.length; i++) {
            if (!(t[i] >= 0 && t[i] <= 1)) {
                throw new IllegalArgumentException(
                        "binaryCrossEntropy: target " + t[i] + " of element " + i + " is not in 0 … 1");
            }
            double logit = x.data()[i];
            loss += Math.max(logit, 0) - logit * t[i] + StrictMath.log1p(StrictMath.exp(-Math.abs(logit)));
        }
        return x.tape()
                .record(
                        "binaryCrossEntropy",
                        Shape.of(),
                        new float[] {(float) (loss * weight)},
                        dy -> {
                            float[] dx = new float[t.length];
                            double factor = (double) dy[0] * weight;
                            for (int i = 0; i < dx.length; i++) {
                                dx[i] = (float) (factor * (1 / (1 + StrictMath.exp(-x.data()[i])) - t[i]));
                            }
                            x.accumulate(dx);
                        },
                        x);
    }

    /**
     * Mean squared error: y = sum over elements of (a - b)^2 / size, a scalar. Equal shapes. Gradient: da += 2 dy (a - b) /
     * size, db -= the same; keeps a and b. Computed in double, in order.
     */
    public static Variable meanSquaredError(Variable a, Variable b) {
        checkShapes("meanSquaredError", a.shape(), b.shape());
        int size = a.shape().size();
        if (size == 0) {
            throw new IllegalArgumentException("meanSquaredError: no elements in " + a.shape());
        }
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double difference = (double) a.data()[i] - b.data()[i];
            sum += difference * difference;
        }
        return a.tape()
                .record(
                        "meanSquaredError",
                        Shape.of(),
                        new float[] {(float) (sum / size)},
                        dy -> {
                            float[] da = new float[size];
                            float[] db = new float[size];
                            double factor = 2.0 * dy[0] / size;
                            for (int i = 0; i < size; i++) {
                                da[i] = (float) (factor * ((double) a.data()[i] - b.data()[i]));
                                db[i] = -da[i];
                            }
                            a.accumulate(da);
                            b.accumulate(db);
                        },
                        a,
                        b);
    }

    /** Softmax of each row of a [rows, classes] matrix: e^(x - max) / sum, in double. */
    public static float[] softmaxRows(float[] x, int rows, int classes) {
        float[] y = new float[x.length];
        double[] powers = new double[classes];
        for (int i = 0; i < rows; i++) {
            double max = max(x, i * classes, classes);
            double sum = 0;
            for (int j = 0; j < classes; j++) {
                powers[j] = StrictMath.exp(x[i * classes + j] - max);
                sum += powers[j];
            }
            for (int j = 0; j < classes; j++) {
                y[i * classes + j] = (float) (powers[j] / sum);
            }
        }
        return y;
    }

    /** Logistic function of each element, 1 / (1 + e^-x), in double. */
    public static float[] logistic(float[] x) {
        float[] y = new float[x.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) (1 / (1 + StrictMath.exp(-x[i])));
        }
        return y;
    }

    private static double logSoftmax(float[] x, int offset, int classes, int label) {
        double max = max(x, offset, classes);
        return x[offset + label] - max - logSum(x, offset, classes, max);
    }

    /** ln sum e^(x - max) of some elements, in order. */
    static double logSum(float[] x, int offset, int classes, double max) {
        double sum = 0;
        for (int j = 0; j < classes; j++) {
            sum += StrictMath.exp(x[offset + j] - max);
        }
        return StrictMath.log(sum);
    }

    static double max(float[] x, int offset, int classes) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < classes; j++) {
            max = Math.max(max, x[offset + j]);
        }
        return max;
    }

    private static void checkShapes(String operation, Shape left, Shape right) {
        if (!left.equals(right)) {
            throw new IllegalArgumentException(operation + ": shapes differ, left " + left + " right " + right);
        }
    }
}
