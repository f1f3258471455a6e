package ttrnn.tt;

import java.util.Locale;

/**
 * How a product with a tensor-train matrix is computed; it can be printed.
 *
 * <p>Forwards, cores are contracted from the last to the first; where it takes fewer multiply-adds, cores {@code split} …
 * d-1 are merged once a step into one factor R of the trailing input modes instead. Backwards, the gradient of R is always
 * accumulated as one large matrix product over all rows, and the merged cores' gradients are taken from it once a sequence:
 * more multiply-adds than core by core, but at several times their speed, and the largest intermediates need not be kept
 * (docs/decisions/0003, 0013).
 *
 * @param shape modes and ranks
 * @param split number of cores contracted one by one in both directions, whose intermediates are kept
 */
public record TtPlan(TtShape shape, int split) {
    /** What writing one kept element and reading it twice costs, in multiply-adds. */
    private static final int KEPT_ELEMENT_COST = 128;
    /** Lanes of the products. */
    static final int MOST_LANES = 64;

    private static final int CACHED_ELEMENTS = 1 << 19;
    /** Largest merged gradient that a piece of a sequence may hold. */
    private static final long LARGEST_FACTOR = 1 << 20;

    public TtPlan {
        if (split < 0 || split >= shape.cores()) {
            throw new IllegalArgumentException(
                    "tt plan: the split must be 0 … " + (shape.cores() - 1) + ", got " + split);
        }
    }

    /** The cheapest plan for a forward and backward pass. */
    public static TtPlan of(TtShape shape) {
        int best = shape.cores() - 1;
        for (int split = best - 1; split >= 0; split--) {
            TtPlan plan = new TtPlan(shape, split);
            if (plan.factorSize() <= LARGEST_FACTOR && plan.cost() < new TtPlan(shape, best).cost()) {
                best = split;
            }
        }
        return new TtPlan(shape, best);
    }

    /** Multiply-adds a row when cores are contracted from the last to the first. */
    public static long rightToLeft(TtShape shape) {
        return new TtPlan(shape, 0).contraction(0, shape.cores());
    }

    /** Multiply-adds a row when cores are contracted from the first to the last. */
    public static long leftToRight(TtShape shape) {
        long count = 0;
        for (int k = 0; k < shape.cores(); k++) {
            count += shape.inputSize(k, shape.cores()) * shape.rank(k) * shape.outputSize(0, k + 1) * shape.rank(k + 1);
        }
        return count;
    }

    /** Multiply-adds a row that the forward pass of this plan makes. */
    public long multiplyAdds() {
        return Math.min(contraction(split, shape.cores()), mergedProduct()) + contraction(0, split);
    }

    /** Whether the forward pass uses the merged factor, not its cores one by one. */
    boolean mergesForward() {
        return split < shape.cores() - 1 && mergedProduct() < contraction(split, shape.cores());
    }

    private double cost() {
        return (double) multiplyAdds()
                + mergedProduct()
                + 2.0 * contraction(0, split)
                + (double) KEPT_ELEMENT_COST * leadingInputs() * factorColumns();
    }

    private long mergedProduct() {
        return shape.inputSize() * (long) factorColumns();
    }

    /** Multiply-adds a row of contracting cores {@code from} … {@code to - 1}, those after them being done. */
    private long contraction(int from, int to) {
        long count = 0;
        for (int k = from; k < to; k++) {
            count += shape.inputSize(0, k + 1) * shape.rank(k) * shape.outputMode(k) * shape.rank(k + 1) * width(k + 1);
        }
        return count;
    }

    /** Number of leading cores, 0 or 1, whose input modes are lanes beside the rows. */
    int leading() {
        return split > 0 && shape.inputMode(0) <= MOST_LANES / 2 ? 1 : 0;
    }

    /** Lanes that a row of the input makes. */
    int parts() {
        return leading() == 0 ? 1 : shape.inputMode(0);
    }

    /** Rows of the input that are lanes at a time, so many that their bytes stay in the second-level cache. */
    int rowsAtATime() {
        int most = MOST_LANES / parts();
        while (leading() == 0 && most > 16 && (long) most * shape.inputSize() > CACHED_ELEMENTS) {
            most /= 2;
        }
        return most;
    }

    /** i_0 … i_{split-1} multiplied: how often R is applied to one row of the input. */
    int leadingInputs() {
        return (int) shape.inputSize(0, split);
    }

    /** i_split … i_{d-1} multiplied: rows of R. */
    int trailingInputs() {
        return (int) shape.inputSize(split, shape.cores());
    }

    /** Columns of R: r_split times the trailing outputs. */
    int factorColumns() {
        return shape.rank(split) * width(split);
    }

    long factorSize() {
        return (long) trailingInputs() * factorColumns();
    }

    /** Trailing outputs j_k … j_{d-1} multiplied. */
    int width(int k) {
        return (int) shape.outputSize(k, shape.cores());
    }

    /** Elements of the intermediate after core k, for one row of the input. */
    public long intermediate(int k) {
        return intermediateSize(k);
    }

    /** Elements of the intermediate Z_k for one row of the input: [i_0 … i_{k-1}, r_k, width(k)]. */
    int intermediateSize(int k) {
        return Math.toIntExact(shape.inputSize(0, k) * shape.rank(k) * width(k));
    }

    /** Elements of the intermediates Z_1 … Z_split for one row of the input; 1 if there are none. */
    long keptElements() {
        long count = 0;
        for (int k = 1; k <= split; k++) {
            count += intermediateSize(k);
        }
        return Math.max(1, count);
    }

    /** The contraction step by step, with the running shape after each. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("TT product " + shape + "\n");
        text.append(String.format(
                Locale.ROOT,
                "  multiply-adds a row: right to left %,d, left to right %,d, this plan %,d, dense %,d%n",
                rightToLeft(shape),
                leftToRight(shape),
                multiplyAdds(),
                shape.denseParameters()));
        text.append(String.format(
                Locale.ROOT,
                "  cores %d…%d merged: [%d, %d] x [%d, %d] -> [%d, %d]%n",
                split,
                shape.cores() - 1,
                leadingInputs(),
                trailingInputs(),
                trailingInputs(),
                factorColumns(),
                leadingInputs(),
                factorColumns()));
        for (int k = split - 1; k >= 0; k--) {
            text.append(String.format(
                    Locale.ROOT,
                    "  core %d: %d x [%d, %d] x [%d, %d] -> [%d, %d, %d]%n",
                    k,
                    shape.inputSize(0, k),
                    shape.rank(k) * shape.outputMode(k),
                    shape.inputMode(k) * shape.rank(k + 1),
                    shape.inputMode(k) * shape.rank(k + 1),
                    width(k + 1),
                    shape.inputSize(0, k),
                    shape.rank(k),
                    width(k)));
        }
        return text.toString();
    }
}
