package ttrnn.testing;

/** Every tolerance of the tests. */
public final class Tolerances {
    /** Our single precision against a reference computed in double: max |a - b| over max |b| of a tensor. */
    public static final double REFERENCE = 1e-5;
    /** Two orders of summation in single precision. */
    public static final double REORDERED = 2e-5;
    /** An Adam update against the reference's, in units of the learning rate. */
    public static final double ADAM_UPDATE = 1e-2;
    /** Rounding of one step of a chain of fused multiply-adds, relative to the sum of the terms' sizes. */
    public static final double CHAIN_STEP = 6e-8;
    /** What FloatKernels promises of exp, in units of the last place. */
    public static final double EXP_ULPS = 2;
    /** What FloatKernels promises of sigmoid. */
    public static final double SIGMOID_ULPS = 3;
    /** What FloatKernels promises of tanh. */
    public static final double TANH_ULPS = 3;

    /** A factorisation in double precision, relative to the matrix. */
    public static final double FACTORISATION = 1e-12;
    /** A tensor train computed in double precision whose cores were then rounded to floats, relative to the matrix. */
    public static final double TRAIN = 1e-6;

    private Tolerances() {}
}
