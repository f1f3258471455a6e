package ttrnn.train.experiment;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ttrnn.tensor.Rng;

/** The classes of the experiment: sequences of whole numbers, in the order of the labels. */
enum NumberSequence {
    /** 1, 1, then F(n) = F(n-1) + F(n-2). */
    FIBONACCI {
        @Override
        List<BigInteger> first(int count, Rng rng) {
            return sums(count, List.of(1, 1), 1, 2);
        }
    },
    /** 2, 1, then L(n) = L(n-1) + L(n-2). */
    LUCAS {
        @Override
        List<BigInteger> first(int count, Rng rng) {
            return sums(count, List.of(2, 1), 1, 2);
        }
    },
    /** 1, 1, 1, then P(n) = P(n-2) + P(n-3). */
    PADOVAN {
        @Override
        List<BigInteger> first(int count, Rng rng) {
            return sums(count, List.of(1, 1, 1), 2, 3);
        }
    },
    /** Independent numbers, uniform below 2^512: each bit is one with probability 1/2. */
    RANDOM {
        @Override
        List<BigInteger> first(int count, Rng rng) {
            List<BigInteger> numbers = new ArrayList<>();
            byte[] magnitude = new byte[BITS / 8];
            for (int n = 0; n < count; n++) {
                for (int i = 0; i < magnitude.length; i++) {
                    magnitude[i] = (byte) rng.nextInt(256);
                }
                numbers.add(new BigInteger(1, magnitude));
            }
            return numbers;
        }
    };

    /** Binary digits that are written of a number; those of the first 400 numbers of a class have fewer. */
    static final int BITS = 512;

    /** The first numbers; only {@link #RANDOM} draws. */
    abstract List<BigInteger> first(int count, Rng rng);

    /** Given numbers, followed by sums of the two that stand {@code one} and {@code other} places before. */
    private static List<BigInteger> sums(int count, List<Integer> given, int one, int other) {
        List<BigInteger> numbers = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            numbers.add(
                    n < given.size()
                            ? BigInteger.valueOf(given.get(n))
                            : numbers.get(n - one).add(numbers.get(n - other)));
        }
        return numbers;
    }

    /** For example {@code fibonacci}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
