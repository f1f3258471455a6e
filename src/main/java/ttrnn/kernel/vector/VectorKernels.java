package ttrnn.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import ttrnn.kernel.Elementary;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;

/**
 * Kernels on the Vector API at the width the JVM prefers. Lanes run across outputs, so each output sees the operations of
 * the scalar kernels in their order; what is left over at the end of an array goes to the scalar kernels.
 *
 * <p>Loops are written out and call no method with a vector as argument: past a limit of its own the compiler stops
 * inlining such calls and allocates every vector, which is 20 to 50 times slower.
 */
public final class VectorKernels implements FloatKernels {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
    private static final int LANES = FLOATS.length();

    private final FloatKernels scalar = Kernels.scalar();

    /** Loaded by name. */
    public VectorKernels() {}

    @Override
    public String name() {
        return "vector-" + FLOATS.vectorBitSize();
    }

    @Override
    public int panel() {
        return 64; // so few that some 64 rows of them stay in the first-level cache
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
        int whole = columns / LANES * LANES;
        if (whole > 0) {
            VectorGemm.multiply(rows, whole, depth, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow, add);
        }
        if (whole < columns) {
            Remainder.multiply(
                    rows,
                    columns - whole,
                    depth,
                    a,
                    aOffset,
                    aRow,
                    aColumn,
                    b,
                    bOffset + whole,
                    bRow,
                    c,
                    cOffset + whole,
                    cRow,
                    add);
        }
    }

    @Override
    public void bytesToFloats(int n, byte[] x, int xOffset, float shift, float scale, float[] y, int yOffset) {
        int whole = VectorBytes.toFloats(n, x, xOffset, shift, scale, y, yOffset);
        scalar.bytesToFloats(n - whole, x, xOffset + whole, shift, scale, y, yOffset + whole);
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
        int whole = VectorBytes.whole(columns);
        VectorBytes.toRows(rows, whole, x, xOffset, xRow, shift, scale, y, yOffset, yRow);
        int rest = columns - whole;
        scalar.bytesToRows(rows, rest, x, xOffset + whole, xRow, shift, scale, y, yOffset + whole, yRow);
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
        int whole = columns < VectorBytes.COLUMNS ? 0 : rows / LANES * LANES;
        if (whole > 0) {
            VectorBytes.toColumns(whole, columns, x, xOffset, xRow, shift, scale, y, yOffset, yRow);
        }
        int rest = rows - whole;
        scalar.bytesToColumns(rest, columns, x, xOffset + whole * xRow, xRow, shift, scale, y, yOffset + whole, yRow);
    }

    @Override
    public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector clamped = FloatVector.fromArray(FLOATS, x, xOffset + i)
                    .max(Elementary.EXP_LOWEST)
                    .min(Elementary.EXP_HIGHEST);
            FloatVector rounded = clamped.fma(
                    FloatVector.broadcast(FLOATS, Elementary.LOG2_E), FloatVector.broadcast(FLOATS, Elementary.ROUND));
            FloatVector k = rounded.sub(Elementary.ROUND);
            FloatVector r = k.fma(
                    FloatVector.broadcast(FLOATS, -Elementary.LN2_LOW),
                    k.fma(FloatVector.broadcast(FLOATS, -Elementary.LN2_HIGH), clamped));
            FloatVector p =
                    r.fma(FloatVector.broadcast(FLOATS, Elementary.P7), FloatVector.broadcast(FLOATS, Elementary.P6));
            p = p.fma(r, FloatVector.broadcast(FLOATS, Elementary.P5));
            p = p.fma(r, FloatVector.broadcast(FLOATS, Elementary.P4));
            p = p.fma(r, FloatVector.broadcast(FLOATS, Elementary.P3));
            p = p.fma(r, FloatVector.broadcast(FLOATS, Elementary.P2));
            FloatVector e = p.mul(r).fma(r, r).add(1f);
            IntVector exponent = rounded.reinterpretAsInts().sub(Elementary.ROUND_BITS);
            IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
            FloatVector power1 =
                    half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector power2 = exponent.sub(half)
                    .add(127)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            e.mul(power1).mul(power2).intoArray(y, yOffset + i);
        }
        scalar.exp(n - i, x, xOffset + i, y, yOffset + i);
    }

    @Override
    public void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + i).neg().intoArray(y, yOffset + i);
        }
        exp(i, y, yOffset, y, yOffset);
        for (int j = 0; j < i; j += LANES) {
            FloatVector.broadcast(FLOATS, 1f)
                    .div(FloatVector.fromArray(FLOATS, y, yOffset + j).add(1f))
                    .intoArray(y, yOffset + j);
        }
        scalar.sigmoid(n - i, x, xOffset + i, y, yOffset + i);
    }

    @Override
    public void hardSigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + i)
                    .fma(FloatVector.broadcast(FLOATS, 0.2f), FloatVector.broadcast(FLOATS, 0.5f))
                    .max(0f)
                    .min(1f)
                    .intoArray(y, yOffset + i);
        }
        scalar.hardSigmoid(n - i, x, xOffset + i, y, yOffset + i);
    }

    @Override
    public void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector doubled = FloatVector.fromArray(FLOATS, x, xOffset + i)
                    .max(-Elementary.TANH_HIGHEST)
                    .min(Elementary.TANH_HIGHEST)
                    .mul(2f);
            FloatVector rounded = doubled.fma(
                    FloatVector.broadcast(FLOATS, Elementary.LOG2_E), FloatVector.broadcast(FLOATS, Elementary.ROUND));
            FloatVector k = rounded.sub(Elementary.ROUND);
            FloatVector r = k.fma(
                    FloatVector.broadcast(FLOATS, -Elementary.LN2_LOW),
                    k.fma(FloatVector.broadcast(FLOATS, -Elementary.LN2_HIGH), doubled));
            FloatVector p =
                    r.fma(FloatVector.broadcast(FLOATS, Elementary.P7), FloatVector.broadcast(FLOATS, Elementary.P6));
            p = p.fma(r, FloatVector.broadcast(FLOATS, Elementary.P5));
            p = p.fma(r, FloatVector.broadcast(FLOATS, Elementary.P4));
            p = p.fma(r, FloatVector.broadcast(FLOATS, Elementary.P3));
            p = p.fma(r, FloatVector.broadcast(FLOATS, Elementary.P2));
            FloatVector q = p.mul(r).fma(r, r);
            FloatVector power = rounded.reinterpretAsInts()
                    .sub(Elementary.ROUND_BITS - 127)
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            FloatVector expm1 = power.fma(q, power.sub(1f));
            expm1.div(expm1.add(2f)).intoArray(y, yOffset + i);
        }
        scalar.tanh(n - i, x, xOffset + i, y, yOffset + i);
    }

    @Override
    public void add(int n, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector.fromArray(FLOATS, y, yOffset + i)
                    .add(FloatVector.fromArray(FLOATS, x, xOffset + i))
                    .intoArray(y, yOffset + i);
        }
        scalar.add(n - i, x, xOffset + i, y, yOffset + i);
    }

    @Override
    public void addScaled(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector.broadcast(FLOATS, alpha)
                    .fma(FloatVector.fromArray(FLOATS, x, xOffset + i), FloatVector.fromArray(FLOATS, y, yOffset + i))
                    .intoArray(y, yOffset + i);
        }
        scalar.addScaled(n - i, alpha, x, xOffset + i, y, yOffset + i);
    }

    @Override
    public float sum(int n, float[] x, int xOffset) {
        float[] lanes = new float[SUM_LANES];
        int whole = n / SUM_LANES * SUM_LANES;
        for (int lane = 0; lane < SUM_LANES; lane += LANES) {
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int i = 0; i < whole; i += SUM_LANES) {
                sum = sum.add(FloatVector.fromArray(FLOATS, x, xOffset + i + lane));
            }
            sum.intoArray(lanes, lane);
        }
        for (int i = whole; i < n; i++) {
            lanes[i - whole] += x[xOffset + i];
        }
        return tree(lanes);
    }

    @Override
    public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
        float[] lanes = new float[SUM_LANES];
        int whole = n / SUM_LANES * SUM_LANES;
        for (int lane = 0; lane < SUM_LANES; lane += LANES) {
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int i = 0; i < whole; i += SUM_LANES) {
                sum = FloatVector.fromArray(FLOATS, x, xOffset + i + lane)
                        .fma(FloatVector.fromArray(FLOATS, y, yOffset + i + lane), sum);
            }
            sum.intoArray(lanes, lane);
        }
        for (int i = whole; i < n; i++) {
            lanes[i - whole] = Math.fma(x[xOffset + i], y[yOffset + i], lanes[i - whole]);
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
        // C2 vectorises it; it is a fraction of a per cent of a step.
        scalar.adam(n, g, rate, beta1, beta2, epsilon, m, v, w);
    }
}
