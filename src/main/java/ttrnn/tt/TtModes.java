package ttrnn.tt;

import java.util.Arrays;

/** Modes for a size, and ranks for a number of parameters. */
public final class TtModes {
    private TtModes() {}

    /**
     * The {@code count} factors of {@code size} that are nearest to each other: those of the smallest sum, which at equal
     * ranks are those of the fewest parameters, and of these those with the smallest maximum; in ascending order. A size
     * with few divisors has uneven ones: 13 in two modes is 1, 13. Then pad, see {@link #paddedSize}.
     *
     * <p>57600 in four modes is 15, 15, 16, 16.
     */
    public static int[] balanced(int size, int count) {
        check(size, count);
        Search search = new Search(count);
        search.go(size, 0, 1, 0);
        return search.best;
    }

    /**
     * The next size, {@code size} itself included, whose largest balanced mode is at most twice its smallest. Inputs are
     * then padded with zeros, or outputs left unused, up to it: 57601, a prime, in four modes becomes 57624 = 14, 14, 14,
     * 21.
     */
    public static int paddedSize(int size, int count) {
        check(size, count);
        for (int padded = size; padded > 0; padded++) {
            int[] modes = balanced(padded, count);
            if (modes[count - 1] <= 2L * modes[0]) {
                return padded;
            }
        }
        throw new IllegalArgumentException(
                "tt modes: no size from " + size + " to 2^31 - 1 has " + count + " modes of like size");
    }

    /**
     * The largest number for all inner ranks with which a train has at most {@code parameters} elements; no larger than
     * the largest rank that these modes can use.
     */
    public static int largestRank(int[] inputModes, int[] outputModes, long parameters) {
        TtShape smallest = TtShape.of(inputModes, outputModes, 1);
        if (smallest.parameters() > parameters) {
            throw new IllegalArgumentException("tt modes: " + smallest + " has " + smallest.parameters()
                    + " parameters, more than the " + parameters + " allowed; choose more and smaller modes");
        }
        int[] possible = TtTruncation.possible(TtShape.of(inputModes, outputModes, Integer.MAX_VALUE));
        int low = 1;
        int high = Arrays.stream(possible).max().orElse(1);
        while (low < high) {
            int middle = (int) ((low + 1L + high) / 2);
            if (atMost(TtShape.of(inputModes, outputModes, middle), parameters)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** As {@code shape.parameters() <= parameters}, where that would overflow too. */
    private static boolean atMost(TtShape shape, long parameters) {
        double count = 0;
        for (int k = 0; k < shape.cores(); k++) {
            count += (double) shape.rank(k) * shape.inputMode(k) * shape.outputMode(k) * shape.rank(k + 1);
        }
        return count < 0x1p62 && shape.parameters() <= parameters;
    }

    private static void check(int size, int count) {
        if (size < 1 || count < 1) {
            throw new IllegalArgumentException(
                    "tt modes: size and number of modes must be positive, got size " + size + ", " + count + " modes");
        }
    }

    /** All ascending factorisations, the most even first, without those that cannot beat the best so far. */
    private static final class Search {
        private final int[] modes;
        private int[] best = new int[0];
        private long bestSum = Long.MAX_VALUE;

        Search(int count) {
            modes = new int[count];
        }

        void go(int rest, int at, int least, long sum) {
            int left = modes.length - at;
            if (left == 1) {
                modes[at] = rest;
                long total = sum + rest;
                if (total < bestSum || (total == bestSum && rest < best[modes.length - 1])) {
                    bestSum = total;
                    best = modes.clone();
                }
                return;
            }
            double even = StrictMath.pow(rest, 1.0 / left);
            // The factors left cannot sum up to less than equal ones; a little off for rounding.
            if (sum + left * even > bestSum + 1e-6) {
                return;
            }
            for (int mode = (int) (even + 1e-9); mode >= least; mode--) {
                if (rest % mode == 0) {
                    modes[at] = mode;
                    go(rest / mode, at + 1, mode, sum + mode);
                }
            }
        }
    }
}
