package ttrnn.tt;

import java.util.Arrays;
import ttrnn.tensor.Tensor;

/**
 * A smaller tensor train in place of a layer's input matrix, and what that costs.
 *
 * @param matrix the train; its cores have equal norms, as {@link TtAlgebra#balanced} gives them
 * @param relativeError ||before - after|| / ||before|| in Frobenius' norm, measured with the cores as they are, in floats
 * @param parametersBefore elements of the dense matrix, or of the cores before
 * @param parametersAfter elements of the cores
 */
public record TtCompression(TtMatrix matrix, double relativeError, long parametersBefore, long parametersAfter) {
    /**
     * From the dense input matrix of a cell, [input, gates * hidden] with the columns of one gate next to each other. The
     * first output mode of the train carries the gates: column (g, j_0, j_1, …) is row-major over gates * n_0, n_1, ….
     *
     * @param inputModes factors of the input size
     * @param hiddenModes n_0, n_1, …, factors of the hidden size of one gate
     */
    public static TtCompression ofDense(
            Tensor kernel, int gates, int[] inputModes, int[] hiddenModes, TtTruncation truncation) {
        if (gates < 1 || hiddenModes.length == 0) {
            throw new IllegalArgumentException("tt compression: at least one gate and one mode are needed, got " + gates
                    + " gates, hidden modes " + Arrays.toString(hiddenModes));
        }
        int[] outputModes = hiddenModes.clone();
        outputModes[0] = Math.multiplyExact(gates, hiddenModes[0]);
        TtMatrix train = TtAlgebra.balanced(TtSvd.decompose(kernel, inputModes, outputModes, truncation));
        return new TtCompression(
                train,
                TtAlgebra.relativeError(kernel, train),
                kernel.size(),
                train.shape().parameters());
    }

    /** From a train that is rounded to lower ranks. */
    public static TtCompression ofTrain(TtMatrix matrix, TtTruncation truncation) {
        TtMatrix train = TtAlgebra.balanced(TtAlgebra.round(matrix, truncation));
        return new TtCompression(
                train,
                TtAlgebra.relativeError(matrix, train),
                matrix.shape().parameters(),
                train.shape().parameters());
    }
}
