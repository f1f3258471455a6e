package ttrnn.nn.optim;

/** Checks of settings, with one form of message. */
final class Checks {
    private Checks() {}

    /** A share of the past to keep: from 0 to below 1. */
    static double share(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + ": must be from 0 to below 1, got " + value);
        }
        return value;
    }

    static double positive(String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": must be more than 0, got " + value);
        }
        return value;
    }

    static double notNegative(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + ": must be 0 or more, got " + value);
        }
        return value;
    }
}
