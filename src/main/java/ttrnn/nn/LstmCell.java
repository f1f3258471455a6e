package ttrnn.nn;

import ttrnn.kernel.FloatKernels;

/**
 * Long short-term memory: i, f, o = gate(...), g = tanh(...), c' = f c + i g, h' = o tanh(c'), the gates in the order i, f,
 * g, o (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000; TT_LSTM in the authors' TTRNN.py).
 */
record LstmCell(GateActivation activation) implements RecurrentCell {
    @Override
    public String name() {
        return "lstm";
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
    public int gateValues(int hidden) {
        return 3 * hidden;
    }

    @Override
    public int saturated(int hidden, float[] row, int rowAt) {
        return activation.saturated(2 * hidden, row, rowAt) + activation.saturated(hidden, row, rowAt + 3 * hidden);
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
        int g = rowAt + 2 * hidden;
        int o = rowAt + 3 * hidden;
        activation.apply(kernels, 2 * hidden, row, rowAt);
        kernels.tanh(hidden, row, g, row, g);
        activation.apply(kernels, hidden, row, o);
        int c = at + hidden;
        for (int j = 0; j < hidden; j++) {
            float kept = row[rowAt + hidden + j] * before[beforeAt + hidden + j];
            state[c + j] = kept + row[rowAt + j] * row[g + j];
        }
        kernels.tanh(hidden, state, c, state, at);
        for (int j = 0; j < hidden; j++) {
            state[at + j] *= row[o + j];
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
        float[] squashed = new float[hidden];
        kernels.tanh(hidden, state, at + hidden, squashed, 0);
        for (int j = 0; j < hidden; j++) {
            float i = row[rowAt + j];
            float f = row[rowAt + hidden + j];
            float g = row[rowAt + 2 * hidden + j];
            float o = row[rowAt + 3 * hidden + j];
            float d = dState[dAt + j];
            float dc = dState[dAt + hidden + j] + d * o * (1 - squashed[j] * squashed[j]);
            dRow[dRowAt + j] = dc * g * activation.derivative(i);
            dRow[dRowAt + hidden + j] = dc * before[beforeAt + hidden + j] * activation.derivative(f);
            dRow[dRowAt + 2 * hidden + j] = dc * i * (1 - g * g);
            dRow[dRowAt + 3 * hidden + j] = d * squashed[j] * activation.derivative(o);
            dState[dAt + hidden + j] = dc * f;
        }
    }
}
