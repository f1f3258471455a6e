package ttrnn.kernel;

import java.util.Arrays;

/** Plain loops; they define the right answer and run on every JVM. */
final class ScalarKernels implements FloatKernels {
    @Override
    public String name() {
        return "scalar";
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
        if (!add) {
            for (int i = 0; i < rows; i++) {
                Arrays.fill(c, cOffset + i * cRow, cOffset + i * cRow + columns, 0f);
            }
        }
        float[] sums = new float[columns];
        float[][] b8 = new float[8][columns];
        int p = 0;
        for (; p <= depth - 8; p += 8) {
            for (int q = 0; q < 8; q++) {
                System.arraycopy(b, bOffset + (p + q) * bRow, b8[q], 0, columns);
            }
            for (int i = 0; i < rows; i++) {
                int row = cOffset + i * cRow;
                System.arraycopy(c, row, sums, 0, columns);
                addEightRows(sums, a, aOffset + i * aRow + p * aColumn, aColumn, b8);
                System.arraycopy(sums, 0, c, row, columns);
            }
        }
        for (; p < depth; p++) {
            int from = bOffset + p * bRow;
            for (int i = 0; i < rows; i++) {
                float left = a[aOffset + i * aRow + p * aColumn];
                int row = cOffset + i * cRow;
                for (int j = 0; j < columns; j++) {
                    c[row + j] = Math.fma(left, b[from + j], c[row + j]);
                }
            }
        }
    }

    /** Rows in arrays of their own, indexed by the loop variable alone: the form that C2 turns into vector code. */
    private static void addEightRows(float[] sums, float[] a, int at, int aColumn, float[][] b) {
        float a0 = a[at];
        float a1 = a[at + aColumn];
        float a2 = a[at + 2 * aColumn];
        float a3 = a[at + 3 * aColumn];
        float a4 = a[at + 4 * aColumn];
        float a5 = a[at + 5 * aColumn];
        float a6 = a[at + 6 * aColumn];
        float a7 = a[at + 7 * aColumn];
        float[] b0 = b[0];
        float[] b1 = b[1];
        float[] b2 = b[2];
        float[] b3 = b[3];
        float[] b4 = b[4];
        float[] b5 = b[5];
        float[] b6 = b[6];
        float[] b7 = b[7];
        for (int j = 0; j < sums.length; j++) {
            float sum = Math.fma(a0, b0[j], sums[j]);
            sum = Math.fma(a1, b1[j], sum);
            sum = Math.fma(a2, b2[j], sum);
            sum = Math.fma(a3, b3[j], sum);
            sum = Math.fma(a4, b4[j], sum);
            sum = Math.fma(a5, b5[j], sum);
            sum = Math.fma(a6, b6[j], sum);
            sums[j] = Math.fma(a7, b7[j], sum);
        }
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
