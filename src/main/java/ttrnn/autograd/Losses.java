package ttrnn.autograd;

import ttrnn.tensor.Shape;

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
                                float target = i - row * classes == labels[row] ? 1 : 0;
                                dx[i] = factor * (probabilities[i] - target);
                            }
                            x.accumulate(dx);
                        },
                        x);
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

    private static double logSoftmax(float[] x, int offset, int classes, int label) {
        double max = max(x, offset, classes);
        double sum = 0;
        for (int j = 0; j < classes; j++) {
            sum += StrictMath.exp(x[offset + j] - max);
        }
        return x[offset + label] - max - StrictMath.log(sum);
    }

    private static double max(float[] x, int offset, int classes) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < classes; j++) {
            max = Math.max(max, x[offset + j]);
        }
        return max;
    }
}
