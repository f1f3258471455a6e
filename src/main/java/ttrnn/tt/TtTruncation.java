package ttrnn.tt;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far the ranks of a tensor train are cut: to given ranks, to a relative error, or to whichever of both is smaller.
 *
 * <p>The relative error ||A - B|| / ||A|| in Frobenius' norm is held by dropping, at each of the d - 1 steps, singular
 * values whose root of the sum of squares is at most tolerance * ||A|| / sqrt(d - 1) (Oseledets 2011, theorem 2.2 and
 * algorithm 1).
 */
public final class TtTruncation {
    private final int @Nullable [] ranks;
    private final double tolerance;

    private TtTruncation(int @Nullable [] ranks, double tolerance) {
        this.ranks = ranks == null ? null : ranks.clone();
        this.tolerance = tolerance;
        if (ranks != null && Arrays.stream(ranks).anyMatch(r -> r < 1)) {
            throw new IllegalArgumentException("tt truncation: ranks must be positive, got " + Arrays.toString(ranks));
        }
    }

    /**
     * To these ranks, or as much as the modes allow: no rank is larger than the sizes on either side of it, or than a
     * neighbouring rank times the modes between the two.
     *
     * @param inner r_1 … r_{d-1}; a single number stands for all of them
     */
    public static TtTruncation ranks(int... inner) {
        return new TtTruncation(inner, 0);
    }

    /** To the smallest ranks that hold this relative error, between 0 and 1, neither included. */
    public static TtTruncation tolerance(double relativeError) {
        if (!(relativeError > 0 && relativeError < 1)) {
            throw new IllegalArgumentException(
                    "tt truncation: the tolerance must lie between 0 and 1, got " + relativeError);
        }
        return new TtTruncation(null, relativeError);
    }

    /** The same tolerance, but no rank above these; the tolerance is then missed where they do not suffice. */
    public TtTruncation atMost(int... inner) {
        return new TtTruncation(inner, tolerance);
    }

    /** r_0 … r_d, none larger than asked for or possible. */
    int[] limits(int[] inputModes, int[] outputModes) {
        return possible(
                ranks == null
                        ? TtShape.of(inputModes, outputModes, Integer.MAX_VALUE)
                        : TtShape.of(inputModes, outputModes, ranks));
    }

    /** The largest ranks that a train can have without waste, none above those of {@code shape}. */
    static int[] possible(TtShape shape) {
        int[] limits = shape.ranks();
        int d = shape.cores();
        for (int k = 0; k < d; k++) {
            limits[k + 1] =
                    (int) Math.min(limits[k + 1], (double) limits[k] * shape.inputMode(k) * shape.outputMode(k));
        }
        for (int k = d - 1; k > 0; k--) {
            limits[k] = (int) Math.min(limits[k], (double) limits[k + 1] * shape.inputMode(k) * shape.outputMode(k));
        }
        return limits;
    }

    /** What may be dropped at one step. */
    double budget(double norm, int cores) {
        return cores == 1 ? 0 : tolerance * norm / StrictMath.sqrt(cores - 1);
    }

    /** How many of the singular values, the largest first, are kept. */
    int rank(double[] values, double budget, int limit) {
        int kept = Math.min(values.length, limit);
        if (tolerance > 0) {
            double dropped = 0;
            for (int k = values.length - 1; k > 0; k--) {
                dropped += values[k] * values[k];
                if (StrictMath.sqrt(dropped) > budget) {
                    break;
                }
                kept = Math.min(kept, k);
            }
        }
        return kept;
    }

    /** For example {@code tolerance 0.01, ranks at most [8]}. */
    @Override
    public String toString() {
        String cut = "ranks at most " + Arrays.toString(ranks);
        return tolerance == 0 ? cut : "tolerance " + tolerance + (ranks == null ? "" : ", " + cut);
    }
}
