package ttrnn.kernel;

/** Plain loops; they define the right answer and run on every JVM. */
final class ScalarKernels implements FloatKernels {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int panel() {
        return 512; // long loops: what stands before and behind whole vectors is computed one by one
    }

    @Override
    public void gemm(
            int rows,
            int columns,
            int depth,
            float[] a,
            int aOffset,
            int aRow,
            int aColumn,
            float[] b,
            int bOffset,
            int bRow,
            float[] c,
            int cOffset,
            int cRow,
            boolean add) {
        ScalarGemm.multiply(rows, columns, depth, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow, add);
    }

    @Override
    public void bytesToFloats(int n, byte[] x, int xOffset, float shift, float scale, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = ((x[xOffset + i] & 0xFF) - shift) * scale;
        }
    }

    @Override
    public void bytesToRows(
            int rows,
            int columns,
            byte[] x,
            int xOffset,
            int xRow,
            float shift,
            float scale,
            float[] y,
            int yOffset,
            int yRow) {
        for (int i = 0; i < rows; i++) {
            bytesToFloats(columns, x, xOffset + i * xRow, shift, scale, y, yOffset + i * yRow);
        }
    }

    @Override
    public void bytesToColumns(
            int rows,
            int columns,
            byte[] x,
            int xOffset,
            int xRow,
            float shift,
            float scale,
            float[] y,
            int yOffset,
            int yRow) {
        for (int j = 0; j < columns; j++) {
            int from = xOffset + j;
            int to = yOffset + j * yRow;
            for (int i = 0; i < rows; i++) {
                y[to + i] = ((x[from + i * xRow] & 0xFF) - shift) * scale;
            }
        }
    }

    @Override
    public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Elementary.exp(x[xOffset + i]);
        }
    }

    @Override
    public void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Elementary.sigmoid(x[xOffset + i]);
        }
    }

    @Override
    public void hardSigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Elementary.hardSigmoid(x[xOffset + i]);
        }
    }

    @Override
    public void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Elementary.tanh(x[xOffset + i]);
        }
    }

    @Override
    public void add(int n, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] += x[xOffset + i];
        }
    }

    @Override
    public void addScaled(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
        }
    }

    @Override
    public float sum(int n, float[] x, int xOffset) {
        float[] lanes = new float[SUM_LANES];
        for (int i = 0; i < n; i++) {
            lanes[i & (SUM_LANES - 1)] += x[xOffset + i];
        }
        return tree(lanes);
    }

    @Override
    public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
        float[] lanes = new float[SUM_LANES];
        for (int i = 0; i < n; i++) {
            int lane = i & (SUM_LANES - 1);
            lanes[lane] = Math.fma(x[xOffset + i], y[yOffset + i], lanes[lane]);
        }
        return tree(lanes);
    }

    private static float tree(float[] lanes) {
        for (int half = SUM_LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[0];
    }

    @Override
    public void adam(
            int n, float[] g, float rate, float beta1, float beta2, float epsilon, float[] m, float[] v, float[] w) {
        float rest1 = 1 - beta1;
        float rest2 = 1 - beta2;
        for (int i = 0; i < n; i++) {
            m[i] = Math.fma(rest1, g[i], beta1 * m[i]);
            v[i] = Math.fma(rest2 * g[i], g[i], beta2 * v[i]);
            w[i] = w[i] - rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
        }
    }
}
