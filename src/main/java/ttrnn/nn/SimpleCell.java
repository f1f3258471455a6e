package ttrnn.nn;

import ttrnn.kernel.FloatKernels;

/** Simple recurrent cell: h' = tanh(x + b + (h * m) U) (Elman 1990; TT_RNN in the authors' TTRNN.py). */
record SimpleCell() implements RecurrentCell {
    @Override
    public String name() {
        return "rnn";
    }

    @Override
    public int gates() {
        return 1;
    }

    @Override
    public boolean hasMemory() {
        return false;
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
        kernels.tanh(hidden, row, rowAt, row, rowAt);
        System.arraycopy(row, rowAt, state, at, hidden);
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
            float h = row[rowAt + j];
            dRow[dRowAt + j] = dState[dAt + j] * (1 - h * h);
        }
    }
}
