package ttrnn.testing;

import ttrnn.tensor.Rng;

/** The sizes, offsets and special values that tests run over. */
public final class Cases {
    /** Around the lanes of every vector width (4, 8, 16) and their multiples, primes, nothing and one. */
    private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 15, 16, 17, 31, 32, 33, 47, 64, 127};

    private static final int[] OFFSETS = {0, 1, 5};

    private static final float[] SPECIALS = {
        0f,
        -0f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        0x1p-130f,
        -0x1p-130f,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1e30f,
        -1e30f,
        1f,
        -1f,
        2.5f,
        -2.5f,
        9.25f,
        -9.25f,
        88.7228f,
        88.73f,
        -88.73f,
        89f,
        -103.97f,
        -103.98f,
        -104f,
        127.5f,
        1e-8f,
        -1e-8f
    };

    private Cases() {}

    /** Lengths of arrays. */
    public static int[] sizes() {
        return SIZES.clone();
    }

    /** Where in a larger array the elements start. */
    public static int[] offsets() {
        return OFFSETS.clone();
    }

    /** Zeros of both signs, NaN, infinities, subnormals, huge values, and the borders of the kernels' functions. */
    public static float[] specials() {
        return SPECIALS.clone();
    }

    /** Standard normal values. */
    public static float[] normal(Rng rng, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) rng.nextGaussian();
        }
        return values;
    }

    /** Values of which a third are special ones. */
    public static float[] withSpecials(Rng rng, int size) {
        float[] values = normal(rng, size);
        for (int i = 0; i < size; i++) {
            if (rng.nextInt(3) == 0) {
                values[i] = SPECIALS[rng.nextInt(SPECIALS.length)];
            }
        }
        return values;
    }
}
