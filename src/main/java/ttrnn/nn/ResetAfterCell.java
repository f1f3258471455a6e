package ttrnn.nn;

import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Variable;
import ttrnn.kernel.FloatKernels;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;

/**
 * Gated recurrent unit whose reset gate comes after the recurrent product: z, r = gate(...), candidate = tanh(x_h + b_h + r
 * (h U_h + c)), h' = z h + (1 - z) candidate (torch.nn.GRU; Keras with reset_after=True).
 *
 * <p>The two parts of the candidate are blocks of their own in a row, z, r, x_h + b_h, h U_h + c, so that all of them come
 * from one product; the state is h twice, since only a memory has a gradient that goes around the product.
 */
record ResetAfterCell(GateActivation activation) implements RecurrentCell {
    /**
     * The cell over sequences, x [rows, 3 hidden], U [hidden, 3 hidden], bias [4 hidden]: b of z, r and h, then c. See {@link
     * CellSequence}; the result is [rows, 2 hidden].
     */
    static Variable run(
            Variable x,
            Variable recurrent,
            Variable bias,
            @Nullable Variable initial,
            RowSplits splits,
            GateActivation activation,
            float @Nullable [] mask) {
        int hidden = recurrent.shape().dimension(0);
        Variable noInput = x.tape().constant(Tensor.zeros(splits.rows(), hidden));
        Variable noProduct = x.tape().constant(Tensor.zeros(hidden, hidden));
        Variable inputs = Shaping.concatenate(1, x, noInput);
        Variable products = Shaping.concatenate(
                1,
                Shaping.slice(recurrent, 1, 0, 2 * hidden),
                noProduct,
                Shaping.slice(recurrent, 1, 2 * hidden, 3 * hidden));
        Variable twice = initial == null ? null : Shaping.concatenate(1, initial, initial);
        return CellSequence.apply(new ResetAfterCell(activation), inputs, products, bias, twice, splits, mask);
    }

    @Override
    public String name() {
        return "gru";
    }

    @Override
    public int gates() {
        return 4;
    }

    @Override
    public boolean hasMemory() {
        return true;
    }

    @Override
    public void forward(
            FloatKernels kernels,
            int hidden,
            float[] row,
            int rowAt,
            float[] before,
            int beforeAt,
            float[] state,
            int at) {
        int candidate = rowAt + 2 * hidden;
        activation.apply(kernels, 2 * hidden, row, rowAt);
        for (int j = 0; j < hidden; j++) {
            row[candidate + j] += row[rowAt + hidden + j] * row[candidate + hidden + j];
        }
        kernels.tanh(hidden, row, candidate, row, candidate);
        for (int j = 0; j < hidden; j++) {
            float z = row[rowAt + j];
            float h = z * before[beforeAt + hidden + j] + (1 - z) * row[candidate + j];
            state[at + j] = h;
            state[at + hidden + j] = h;
        }
    }

    @Override
    public void backward(
            FloatKernels kernels,
            int hidden,
            float[] row,
            int rowAt,
            float[] before,
            int beforeAt,
            float[] state,
            int at,
            float[] dState,
            int dAt,
            float[] dRow,
            int dRowAt) {
        for (int j = 0; j < hidden; j++) {
            float z = row[rowAt + j];
            float r = row[rowAt + hidden + j];
            float candidate = row[rowAt + 2 * hidden + j];
            float d = dState[dAt + j] + dState[dAt + hidden + j];
            float dCandidate = d * (1 - z) * (1 - candidate * candidate);
            dRow[dRowAt + j] = d * (before[beforeAt + hidden + j] - candidate) * activation.derivative(z);
            dRow[dRowAt + hidden + j] = dCandidate * row[rowAt + 3 * hidden + j] * activation.derivative(r);
            dRow[dRowAt + 2 * hidden + j] = dCandidate;
            dRow[dRowAt + 3 * hidden + j] = dCandidate * r;
            dState[dAt + hidden + j] = d * z;
        }
    }
}
