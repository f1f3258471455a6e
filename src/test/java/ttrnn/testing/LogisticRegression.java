package ttrnn.testing;

import java.util.Arrays;

/**
 * Multinomial logistic regression with L2, to measure how much of the classes a linear model finds in some features.
 * Features are standardised on the training examples and divided by the square root of their number.
 *
 * <p>Full-batch gradient descent with Nesterov's momentum, which a strongly convex loss lets one choose: the weights are
 * {@code W = X' A}, so each step works on {@code A} [classes, examples] and the products of the examples {@code K = X X'}
 * alone, with fewer multiplications than one on {@code W} where there are more features than examples.
 */
public final class LogisticRegression {
    private static final double[] STRENGTHS = {1e-1, 1e-2, 1e-3, 1e-4, 1e-5};
    private static final int STEPS = 200;
    /** Half of the largest eigenvalue of K / examples at most, whose trace is 1 for the features and 1 for the bias. */
    private static final double CURVATURE = 1;

    private final int classes;
    private final int[] labels;
    private final double[][] products;

    private LogisticRegression(int classes, int[] labels, double[][] products) {
        this.classes = classes;
        this.labels = labels;
        this.products = products;
    }

    /**
     * The share of test examples told right, at the L2 strength of five that is best on the test examples: more than a
     * fair choice of the strength would give.
     *
     * @param train [examples, features]
     * @param trainLabels [examples], each from 0 to {@code classes - 1}
     */
    public static double bestTestAccuracy(
            int classes, double[][] train, int[] trainLabels, double[][] test, int[] testLabels) {
        double[][] x = copy(train);
        double[][] y = copy(test);
        standardise(x, y);
        LogisticRegression regression = new LogisticRegression(classes, trainLabels, products(x, x));
        double[][] toTest = products(x, y);
        double[][] a = new double[classes][x.length];
        double best = 0;
        for (double strength : STRENGTHS) {
            regression.fit(a, strength);
            best = Math.max(best, accuracy(scores(a, toTest), testLabels));
        }
        return best;
    }

    private static double[][] copy(double[][] rows) {
        return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    }

    private static void standardise(double[][] train, double[][] test) {
        int features = train[0].length;
        for (int f = 0; f < features; f++) {
            double mean = 0;
            double square = 0;
            for (double[] row : train) {
                mean += row[f] / train.length;
            }
            for (double[] row : train) {
                square += (row[f] - mean) * (row[f] - mean) / train.length;
            }
            double scale = square > 1e-12 ? 1 / Math.sqrt(square * features) : 0;
            for (double[][] rows : new double[][][] {train, test}) {
                for (double[] row : rows) {
                    row[f] = (row[f] - mean) * scale;
                }
            }
        }
    }

    /** [a examples, b examples], with 1 added for the bias, a feature that is 1 everywhere. */
    private static double[][] products(double[][] a, double[][] b) {
        double[][] products = new double[a.length][b.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                double sum = 1;
                for (int f = 0; f < a[i].length; f++) {
                    sum += a[i][f] * b[j][f];
                }
                products[i][j] = sum;
            }
        }
        return products;
    }

    /** Goes on from {@code a}, which it changes. */
    private void fit(double[][] a, double strength) {
        double step = 1 / (CURVATURE + strength);
        double root = Math.sqrt(strength * step);
        double momentum = (1 - root) / (1 + root);
        double[][] ahead = copy(a);
        for (int t = 0; t < STEPS; t++) {
            double[][] chances = scores(ahead, products);
            softmax(chances);
            for (int c = 0; c < classes; c++) {
                for (int i = 0; i < labels.length; i++) {
                    double error = (chances[c][i] - (labels[i] == c ? 1 : 0)) / labels.length;
                    double next = ahead[c][i] - step * (error + strength * ahead[c][i]);
                    ahead[c][i] = next + momentum * (next - a[c][i]);
                    a[c][i] = next;
                }
            }
        }
    }

    /** [classes, b examples], of [classes, a examples] and [a examples, b examples]. */
    private static double[][] scores(double[][] a, double[][] products) {
        double[][] scores = new double[a.length][products[0].length];
        for (int i = 0; i < products.length; i++) {
            for (int c = 0; c < a.length; c++) {
                add(a[c][i], products[i], scores[c]);
            }
        }
        return scores;
    }

    private static void add(double factor, double[] from, double[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * from[j];
        }
    }

    private void softmax(double[][] scores) {
        for (int i = 0; i < labels.length; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            double sum = 0;
            for (double[] row : scores) {
                largest = Math.max(largest, row[i]);
            }
            for (double[] row : scores) {
                row[i] = StrictMath.exp(row[i] - largest);
                sum += row[i];
            }
            for (double[] row : scores) {
                row[i] /= sum;
            }
        }
    }

    private static double accuracy(double[][] scores, int[] labels) {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            int best = 0;
            for (int c = 1; c < scores.length; c++) {
                best = scores[c][i] > scores[best][i] ? c : best;
            }
            right += best == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }
}
