package ttrnn.kernel;

/**
 * Exponential and its kin in single precision, one element at a time; the vector kernels take the same steps in the same
 * order, from the same constants.
 *
 * <p>e^x = 2^k e^r with k the integer nearest to x / ln 2 and |r| at most ln 2 / 2; e^r - 1 = r + r^2 P(r), the
 * coefficients of P being 1/2!, 1/3!, … 1/7!, which leaves an error below a tenth of an ulp.
 */
public final class Elementary {
    public static final float LOG2_E = 0x1.715476p0f;
    /** Adding and taking away 1.5 * 2^23 rounds to an integer, and leaves it in the low bits. */
    public static final float ROUND = 0x1.8p23f;

    public static final int ROUND_BITS = 0x4B400000;
    /** ln 2 in two parts; multiples of the first up to 2^8 are exact. */
    public static final float LN2_HIGH = 0x1.62e4p-1f;

    public static final float LN2_LOW = 0x1.7f7d1cp-20f;
    public static final float P2 = 1 / 2f;
    public static final float P3 = 1 / 6f;
    public static final float P4 = 1 / 24f;
    public static final float P5 = 1 / 120f;
    public static final float P6 = 1 / 720f;
    public static final float P7 = 1 / 5040f;
    public static final float EXP_LOWEST = -104f;
    public static final float EXP_HIGHEST = 89f;
    /** tanh is 1 in single precision from here on. */
    public static final float TANH_HIGHEST = 9.25f;

    private Elementary() {}

    static float exp(float x) {
        float clamped = Math.min(Math.max(x, EXP_LOWEST), EXP_HIGHEST);
        float rounded = Math.fma(clamped, LOG2_E, ROUND);
        float k = rounded - ROUND;
        float e = expm1Reduced(clamped, k) + 1;
        // Two factors, since 2^k itself can lie outside of the normal numbers.
        int exponent = Float.floatToRawIntBits(rounded) - ROUND_BITS;
        int half = exponent >> 1;
        return e * power(half) * power(exponent - half);
    }

    static float sigmoid(float x) {
        return 1 / (1 + exp(-x));
    }

    static float hardSigmoid(float x) {
        return Math.min(Math.max(Math.fma(x, 0.2f, 0.5f), 0f), 1f);
    }

    static float tanh(float x) {
        float doubled = 2 * Math.min(Math.max(x, -TANH_HIGHEST), TANH_HIGHEST);
        float rounded = Math.fma(doubled, LOG2_E, ROUND);
        float k = rounded - ROUND;
        float q = expm1Reduced(doubled, k);
        float power = power(Float.floatToRawIntBits(rounded) - ROUND_BITS);
        float expm1 = Math.fma(power, q, power - 1);
        return expm1 / (expm1 + 2);
    }

    /** e^r - 1 for r = x - k ln 2. */
    private static float expm1Reduced(float x, float k) {
        float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, x));
        float p = Math.fma(P7, r, P6);
        p = Math.fma(p, r, P5);
        p = Math.fma(p, r, P4);
        p = Math.fma(p, r, P3);
        p = Math.fma(p, r, P2);
        return Math.fma(p * r, r, r);
    }

    private static float power(int k) {
        return Float.intBitsToFloat((k + 127) << 23);
    }
}
