package ttrnn.benchmarks;

import ttrnn.tt.TtPlan;
import ttrnn.tt.TtShape;

/**
 * Multiply-adds that a result needs, by formula: what a benchmark is credited with, whatever the code really does.
 *
 * <p>A TT product forward counts by its cheapest order, core by core. Backward counts in the form that keeps no large
 * intermediate: the gradient of the merged trailing cores as one product of the input with the gradient of its result, and
 * twice the cores before it. At UCF11's shape that is 1,929,216 and 4,063,232 a frame.
 */
final class Work {
    private Work() {}

    static long forward(TtPlan plan) {
        return Math.min(TtPlan.rightToLeft(plan.shape()), TtPlan.leftToRight(plan.shape()));
    }

    static long backward(TtPlan plan) {
        TtShape shape = plan.shape();
        int split = plan.split();
        return shape.inputSize() * shape.rank(split) * outputs(shape, split) + 2 * leading(shape, split);
    }

    /** The cores before {@code split}, contracted from right to left. */
    private static long leading(TtShape shape, int split) {
        long count = 0;
        for (int k = 0; k < split; k++) {
            long inputs = 1;
            for (int i = 0; i <= k; i++) {
                inputs *= shape.inputMode(i);
            }
            count += inputs * shape.rank(k) * outputs(shape, k) * shape.rank(k + 1);
        }
        return count;
    }

    private static long outputs(TtShape shape, int from) {
        long outputs = 1;
        for (int k = from; k < shape.cores(); k++) {
            outputs *= shape.outputMode(k);
        }
        return outputs;
    }

    /** A GRU's recurrence a step of one clip: forward 3 h², and twice that backward. */
    static long recurrence(int hidden, boolean backward) {
        return (backward ? 9L : 3L) * hidden * hidden;
    }
}
