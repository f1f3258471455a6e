package ttrnn.train;

/**
 * What the steps of an epoch add up to.
 *
 * @param steps steps that counted
 * @param clips clips of these steps
 * @param loss sum of the clips' cross-entropies
 * @param norm sum of the steps' gradient norms
 * @param saturation sum of the steps' shares of saturated gates; NaN for a model without gates
 * @param right clips whose class was told
 * @param seconds time spent in earlier processes, if the epoch was interrupted
 */
record Sums(int steps, int clips, double loss, double norm, double saturation, int right, double seconds) {
    static final Sums ZERO = new Sums(0, 0, 0, 0, 0, 0, 0);

    Sums plus(int batch, double meanLoss, double gradientNorm, double saturated, int rightOnes) {
        return new Sums(
                steps + 1,
                clips + batch,
                loss + meanLoss * batch,
                norm + gradientNorm,
                saturation + saturated,
                right + rightOnes,
                seconds);
    }

    Sums withSeconds(double value) {
        return new Sums(steps, clips, loss, norm, saturation, right, value);
    }
}
