package ttrnn.tt;

import java.util.Arrays;
import ttrnn.tensor.Shape;

/**
 * The shape of a tensor-train matrix: a matrix of {@code product(inputModes)} rows and {@code product(outputModes)}
 * columns, held as d cores, core k of shape [ranks[k], inputModes[k], outputModes[k], ranks[k + 1]]. Indices are
 * row-major over the modes, the first mode slowest (Novikov et al., "Tensorizing Neural Networks", 2015, section 3.1;
 * Yang et al. 2017, section 3.1).
 *
 * @param inputModes m_0 … m_{d-1}, all positive
 * @param outputModes n_0 … n_{d-1}, all positive
 * @param ranks r_0 … r_d, all positive, the first and the last 1
 */
public record TtShape(int[] inputModes, int[] outputModes, int[] ranks) {
    public TtShape {
        inputModes = inputModes.clone();
        outputModes = outputModes.clone();
        ranks = ranks.clone();
        String all = "input modes " + Arrays.toString(inputModes) + ", output modes " + Arrays.toString(outputModes)
                + ", ranks " + Arrays.toString(ranks);
        if (inputModes.length == 0) {
            throw new IllegalArgumentException("tensor train: at least one core is needed; " + all);
        }
        if (inputModes.length != outputModes.length) {
            throw new IllegalArgumentException("tensor train: as many output modes as input modes are needed; " + all);
        }
        if (ranks.length != inputModes.length + 1) {
            throw new IllegalArgumentException("tensor train: " + inputModes.length + " cores have "
                    + (inputModes.length + 1) + " ranks, the first and the last being 1; " + all);
        }
        if (ranks[0] != 1 || ranks[ranks.length - 1] != 1) {
            throw new IllegalArgumentException("tensor train: the first and the last rank must be 1; " + all);
        }
        if (Arrays.stream(inputModes).anyMatch(m -> m < 1)
                || Arrays.stream(outputModes).anyMatch(n -> n < 1)
                || Arrays.stream(ranks).anyMatch(r -> r < 1)) {
            throw new IllegalArgumentException("tensor train: modes and ranks must be positive; " + all);
        }
        if (product(inputModes, 0, inputModes.length) > Integer.MAX_VALUE
                || product(outputModes, 0, outputModes.length) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("tensor train: a side of more than 2^31 - 1; " + all);
        }
    }

    /**
     * A shape from its inner ranks alone.
     *
     * @param innerRanks r_1 … r_{d-1}; a single number stands for all of them
     */
    public static TtShape of(int[] inputModes, int[] outputModes, int... innerRanks) {
        int inner = inputModes.length - 1;
        int[] ranks = new int[inputModes.length + 1];
        Arrays.fill(ranks, 1);
        if (innerRanks.length != inner && innerRanks.length != 1) {
            throw new IllegalArgumentException("tensor train: " + inputModes.length + " cores have " + inner
                    + " inner ranks (or one number for all), got " + Arrays.toString(innerRanks));
        }
        for (int k = 0; k < inner; k++) {
            ranks[k + 1] = innerRanks.length == 1 ? innerRanks[0] : innerRanks[k];
        }
        return new TtShape(inputModes, outputModes, ranks);
    }

    /** The same shape with the first output mode multiplied, for one train that serves several gates. */
    public TtShape withFirstOutputMode(int mode) {
        int[] modes = outputModes.clone();
        modes[0] = mode;
        return new TtShape(inputModes, modes, ranks);
    }

    @Override
    public int[] inputModes() {
        return inputModes.clone();
    }

    @Override
    public int[] outputModes() {
        return outputModes.clone();
    }

    @Override
    public int[] ranks() {
        return ranks.clone();
    }

    /** Number of cores, d. */
    public int cores() {
        return inputModes.length;
    }

    /** Factor k of the rows. */
    public int inputMode(int k) {
        return inputModes[k];
    }

    /** Factor k of the columns. */
    public int outputMode(int k) {
        return outputModes[k];
    }

    /** r_k for k = 0 … d. */
    public int rank(int k) {
        return ranks[k];
    }

    /** [ranks[k], inputModes[k], outputModes[k], ranks[k + 1]]. */
    public Shape coreShape(int k) {
        return Shape.of(ranks[k], inputModes[k], outputModes[k], ranks[k + 1]);
    }

    /** Rows of the represented matrix. */
    public int inputSize() {
        return (int) product(inputModes, 0, cores());
    }

    /** Columns of the represented matrix. */
    public int outputSize() {
        return (int) product(outputModes, 0, cores());
    }

    /** Elements of all cores. */
    public long parameters() {
        long count = 0;
        for (int k = 0; k < cores(); k++) {
            count += (long) ranks[k] * inputModes[k] * outputModes[k] * ranks[k + 1];
        }
        return count;
    }

    /** Elements of the represented matrix. */
    public long denseParameters() {
        return (long) inputSize() * outputSize();
    }

    /** m_from … m_{to-1} multiplied. */
    long inputSize(int from, int to) {
        return product(inputModes, from, to);
    }

    /** n_from … n_{to-1} multiplied. */
    long outputSize(int from, int to) {
        return product(outputModes, from, to);
    }

    private static long product(int[] modes, int from, int to) {
        long product = 1;
        for (int k = from; k < to; k++) {
            product = product > Integer.MAX_VALUE ? product : product * modes[k];
        }
        return product;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TtShape shape
                && Arrays.equals(inputModes, shape.inputModes)
                && Arrays.equals(outputModes, shape.outputModes)
                && Arrays.equals(ranks, shape.ranks);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(
                new int[] {Arrays.hashCode(inputModes), Arrays.hashCode(outputModes), Arrays.hashCode(ranks)});
    }

    /** For example {@code [8, 20, 20, 18] -> [12, 4, 4, 4], ranks [1, 4, 4, 4, 1]}. */
    @Override
    public String toString() {
        return Arrays.toString(inputModes) + " -> " + Arrays.toString(outputModes) + ", ranks "
                + Arrays.toString(ranks);
    }
}
