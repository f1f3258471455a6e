package ttrnn.tt;

import java.util.Locale;

/**
 * How a product with a tensor-train matrix is computed; it can be printed.
 *
 * <p>Cores {@code split} … d-1 are merged once a step into one factor R of the trailing input modes, which meets the
 * rows of the input in a single large matrix product; the cores before it follow one by one, from right to left. The
 * merged factor costs up to twice the multiply-adds of its cores but runs at several times their speed, and its gradient
 * is again one large product (docs/decisions/0003). Trailing output modes are padded to whole vectors of 16.
 *
 * @param shape modes and ranks
 * @param split number of cores contracted one by one; the others are merged
 */
public record TtPlan(TtShape shape, int split) {
    private static final int LANES = 16;
    /** What reading and writing one kept element costs, in multiply-adds. */
    private static final int KEPT_ELEMENT_COST = 32;
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
        long count = 0;
        for (int k = shape.cores() - 1; k >= 0; k--) {
            count += shape.inputSize(0, k + 1) * shape.rank(k) * shape.outputSize(k, shape.cores()) * shape.rank(k + 1);
        }
        return count;
    }

    /** Multiply-adds a row when cores are contracted from the first to the last. */
    public static long leftToRight(TtShape shape) {
        long count = 0;
        for (int k = 0; k < shape.cores(); k++) {
            count += shape.inputSize(k, shape.cores()) * shape.rank(k) * shape.outputSize(0, k + 1) * shape.rank(k + 1);
        }
        return count;
    }

    /** Multiply-adds a row that the forward pass of this plan really makes, padding included. */
    public long multiplyAdds() {
        return shape.inputSize() * (long) factorColumns() + left();
    }

    private double cost() {
        return 2.0 * shape.inputSize() * factorColumns()
                + 3.0 * left()
                + (double) KEPT_ELEMENT_COST * leadingInputs() * factorColumns();
    }

    private long left() {
        long count = 0;
        for (int k = split - 1; k >= 0; k--) {
            count += shape.inputSize(0, k + 1)
                    * shape.rank(k)
                    * shape.outputMode(k)
                    * shape.rank(k + 1)
                    * (long) width(k + 1);
        }
        return count;
    }

    /** i_0 … i_{split-1} multiplied: rows of the first product for one row of the input. */
    int leadingInputs() {
        return (int) shape.inputSize(0, split);
    }

    /** i_split … i_{d-1} multiplied: the depth of the first product. */
    int trailingInputs() {
        return (int) shape.inputSize(split, shape.cores());
    }

    /** Columns of the merged factor: r_split times the padded trailing outputs. */
    int factorColumns() {
        return shape.rank(split) * width(split);
    }

    long factorSize() {
        return (long) trailingInputs() * factorColumns();
    }

    /** Trailing outputs j_k … j_{d-1} as they lie in memory, k at most {@code split}: those of the split are padded. */
    int width(int k) {
        long padded = (shape.outputSize(split, shape.cores()) + LANES - 1) / LANES * LANES;
        return Math.toIntExact(padded * shape.outputSize(k, split));
    }

    /** Elements of the intermediate after core k, for one row of the input; k is 0 … split. */
    public long intermediate(int k) {
        return intermediateSize(k);
    }

    /** Elements of the intermediate Z_k for one row of the input: [i_0 … i_{k-1}, r_k, width(k)]. */
    int intermediateSize(int k) {
        return Math.toIntExact(shape.inputSize(0, k) * shape.rank(k) * width(k));
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
