package ttrnn.spark;

import java.util.Arrays;
import java.util.List;
import ttrnn.tensor.Rng;

/**
 * What a step costs on so many executors: the slowest share of the clips, and the exchange of gradients. Clip lengths are drawn,
 * and shared as {@link Shares} does; the constants come from measurements on one machine, and from what a network can do.
 *
 * @param millisPerFrame that an executor computes
 * @param jobMillis that a step's Spark job costs with two tasks
 * @param taskMillis that each further task costs the driver
 * @param bytesPerMilli that a machine's network carries in either direction
 * @param packMillisPerMegabyte that an executor takes to write and to read gradients
 * @param weights of the model
 */
record CostModel(
        double millisPerFrame,
        double jobMillis,
        double taskMillis,
        double bytesPerMilli,
        double packMillisPerMegabyte,
        int weights) {
    private static final int BYTES = 4;
    private static final int STEPS = 50;

    /**
     * A step, in means over some that were drawn.
     *
     * @param compute milliseconds of the executor that has most to do
     * @param ideal milliseconds if all had as much to do
     * @param exchange milliseconds in which nobody computes
     * @param bytes that all machines send
     */
    record Step(double compute, double ideal, double exchange, double bytes) {
        double millis() {
            return compute + exchange;
        }

        /** Share of the executors' time that is computing. */
        double efficiency() {
            return ideal / millis();
        }
    }

    /** Milliseconds and bytes of an exchange, for a batch of so many clips. */
    double[] exchange(Exchange exchange, int executors, int batch) {
        double size = (double) weights * BYTES;
        double job = jobMillis + taskMillis * Math.max(0, executors - 2);
        // Weights go out piece by piece, from executor to executor: each gets all, and sends about as much on.
        double broadcast = size / bytesPerMilli * 2;
        double out = size * executors;
        switch (exchange) {
            case ORDERED -> {
                double own = size * batch / executors;
                double others = own * (executors - 1) / executors;
                // A second stage, in which the driver is sent the slices.
                double millis = job
                        + taskMillis * executors
                        + broadcast
                        + others / bytesPerMilli
                        + 2 * own / 1e6 * packMillisPerMegabyte
                        + size / bytesPerMilli;
                return new double[] {millis, out + others * executors + size};
            }
            case TREE -> {
                double fan = Math.ceil(StrictMath.sqrt(executors));
                double millis = job
                        + taskMillis * fan
                        + broadcast
                        + 2 * fan * size / bytesPerMilli
                        + (2 + fan) * size / 1e6 * packMillisPerMegabyte;
                return new double[] {millis, out + size * executors + size * fan};
            }
            default -> {
                double text = size * 4 / 3;
                // All messages pass through the driver, to all.
                double all = text * executors * executors;
                double millis = job + broadcast + all / bytesPerMilli + executors * size / 1e6 * packMillisPerMegabyte;
                return new double[] {millis, out + all + text * executors};
            }
        }
    }

    /**
     * Draws steps.
     *
     * @param meanFrames of a clip
     * @param spread standard deviation of the logarithm of its length; 0 for clips of one length
     */
    Step step(Exchange exchange, int executors, int batch, double meanFrames, double spread, Rng rng) {
        double compute = 0;
        double ideal = 0;
        for (int n = 0; n < STEPS; n++) {
            int[] frames = new int[batch];
            for (int i = 0; i < batch; i++) {
                double length = meanFrames * StrictMath.exp(spread * rng.nextGaussian() - spread * spread / 2);
                frames[i] = (int) Math.max(1, Math.rint(length));
            }
            List<List<Integer>> shares = Shares.of(frames, executors);
            compute += Shares.largest(frames, shares) * millisPerFrame / STEPS;
            ideal += (double) Arrays.stream(frames).sum() / executors * millisPerFrame / STEPS;
        }
        double[] cost = exchange(exchange, executors, batch);
        return new Step(compute, ideal, cost[0], cost[1]);
    }
}
