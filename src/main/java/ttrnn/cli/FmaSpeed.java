package ttrnn.cli;

/**
 * How fast this JVM is at {@code Math.fma}, on which all kernels stand. Without the processor's instruction the JVM
 * computes it with BigDecimal: the same bits, hundreds of times slower. Timing tells it on every JVM.
 *
 * @param nanos of one call
 * @param plainNanos of one product and sum, timed alike
 */
record FmaSpeed(double nanos, double plainNanos) {
    /** Measured: 0.9 to 1.1 with the instruction, even without a compiler, 70 to 12,000 without. */
    private static final double TELLING_RATIO = 20;

    private static final int CALLS = 200;
    private static final int ROUNDS = 5;

    /** Measures for some microseconds, or for some milliseconds where it is slow. */
    static FmaSpeed measure() {
        double nanos = Double.POSITIVE_INFINITY;
        double plainNanos = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            float fused = fused();
            long middle = System.nanoTime();
            float plain = plain();
            long end = System.nanoTime();
            if (Math.abs(fused - plain) < 1e-3f) { // they agree; above all, the loops cannot be optimised away
                nanos = Math.min(nanos, (double) (middle - start) / CALLS);
                plainNanos = Math.min(plainNanos, (double) (end - middle) / CALLS);
            }
        }
        return new FmaSpeed(nanos, Math.max(plainNanos, 0.01));
    }

    private static float fused() {
        float sum = 1.5f;
        for (int i = 0; i < CALLS; i++) {
            sum = Math.fma(sum, 0.75f, 1.1f);
        }
        return sum;
    }

    private static float plain() {
        float sum = 1.5f;
        for (int i = 0; i < CALLS; i++) {
            sum = sum * 0.75f + 1.1f;
        }
        return sum;
    }

    double ratio() {
        return nanos / plainNanos;
    }

    boolean emulated() {
        return ratio() > TELLING_RATIO;
    }

    /** A few words for people. */
    String description() {
        return emulated()
                ? "emulated, some " + Math.round(ratio()) + " times slower than a product and a sum; results are the"
                        + " same, but train on a machine that has the instruction, and without -XX:-UseFMA"
                : "in hardware";
    }
}
