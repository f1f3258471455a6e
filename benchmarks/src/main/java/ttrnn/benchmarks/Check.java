package ttrnn.benchmarks;

/** What a benchmark claims of its result. */
final class Check {
    private Check() {}

    /** Fails unless {@code actual} is {@code expected} but for {@code tolerance}, relative to 1 or to the value. */
    static void near(String what, double expected, double actual, double tolerance) {
        if (!(Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)))) {
            throw new IllegalStateException(what + ": expected " + expected + ", got " + actual);
        }
    }
}
