package ttrnn.testing;

/** Comparisons of arrays that say where they fail. */
public final class FloatAssert {
    private FloatAssert() {}

    /** Equality of bits, with every NaN taken for the same. */
    public static void assertSameBits(float[] actual, float[] expected, String what) {
        if (actual.length != expected.length) {
            throw new AssertionError(what + ": " + actual.length + " values, expected " + expected.length);
        }
        for (int i = 0; i < actual.length; i++) {
            if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
                throw new AssertionError(
                        what + ": first difference at " + i + ", " + actual[i] + " instead of " + expected[i]);
            }
        }
    }

    /** max |actual - expected| at most {@code tolerance} times max |expected|. */
    public static void assertClose(float[] actual, float[] expected, double tolerance, String what) {
        if (actual.length != expected.length) {
            throw new AssertionError(what + ": " + actual.length + " values, expected " + expected.length);
        }
        double largest = 0;
        double worst = 0;
        int at = -1;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            double difference = Math.abs((double) actual[i] - expected[i]);
            if (!(difference <= worst)) {
                worst = difference;
                at = i;
            }
        }
        if (!(worst <= tolerance * largest)) {
            throw new AssertionError(what + ": off by " + worst + " at " + at + ", " + actual[at] + " instead of "
                    + expected[at] + "; allowed " + tolerance + " x " + largest);
        }
    }
}
