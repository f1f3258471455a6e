package ttrnn.testing;

/** Every tolerance of the tests. */
public final class Tolerances {
    /** Our single precision against a reference computed in double: max |a - b| over max |b| of a tensor. */
    public static final double REFERENCE = 1e-5;
    /** Two orders of summation in single precision. */
    public static final double REORDERED = 2e-5;
    /** An Adam update against the reference's, in units of the learning rate. */
    public static final double ADAM_UPDATE = 1e-2;

    private Tolerances() {}
}
