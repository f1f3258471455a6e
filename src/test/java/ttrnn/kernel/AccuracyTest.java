package ttrnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static ttrnn.testing.FloatAssert.assertSameBits;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ttrnn.testing.Tolerances;

/** The bounds that {@link FloatKernels} states for its functions, against StrictMath in double. */
@Tag("kernels")
class AccuracyTest {
    private static final DoubleUnaryOperator SIGMOID = x -> 1 / (1 + StrictMath.exp(-x));

    private final FloatKernels kernels = Kernels.get();

    private interface Kernel {
        void apply(int n, float[] x, int xOffset, float[] y, int yOffset);
    }

    @Test
    void expIsWithinItsBoundDownToTheSubnormals() {
        check("exp", kernels::exp, StrictMath::exp, Tolerances.EXP_ULPS, -104f, 88.722f);
    }

    @Test
    void sigmoidIsWithinItsBound() {
        check("sigmoid", kernels::sigmoid, SIGMOID, Tolerances.SIGMOID_ULPS, -88.72f, 200f);
    }

    @Test
    void tanhIsWithinItsBoundDownToZero() {
        check("tanh", kernels::tanh, StrictMath::tanh, Tolerances.TANH_ULPS, -20f, 20f);
    }

    @Test
    void expUnderflowsToZeroAndOverflowsToInfinity() {
        assertThat(one(kernels::exp, 0f)).isEqualTo(1f);
        assertThat(one(kernels::exp, -0f)).isEqualTo(1f);
        assertThat(one(kernels::exp, 88.72283f)).isFinite();
        assertThat(one(kernels::exp, 88.72284f)).isInfinite();
        assertThat(one(kernels::exp, 1e30f)).isInfinite();
        assertThat(one(kernels::exp, Float.POSITIVE_INFINITY)).isInfinite();
        assertThat(one(kernels::exp, -103.97f)).isEqualTo(Float.MIN_VALUE);
        assertThat(one(kernels::exp, -103.98f)).isZero();
        assertThat(one(kernels::exp, -1e30f)).isZero();
        assertThat(one(kernels::exp, Float.NEGATIVE_INFINITY)).isZero();
        assertThat(one(kernels::exp, Float.NaN)).isNaN();
    }

    @Test
    void sigmoidIsZeroAndOneFarOut() {
        assertThat(one(kernels::sigmoid, 0f)).isEqualTo(0.5f);
        assertThat(one(kernels::sigmoid, -88.72f)).isPositive();
        assertThat(one(kernels::sigmoid, -88.73f)).isZero();
        assertThat(one(kernels::sigmoid, Float.NEGATIVE_INFINITY)).isZero();
        assertThat(one(kernels::sigmoid, 18f)).isEqualTo(1f);
        assertThat(one(kernels::sigmoid, Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(one(kernels::sigmoid, Float.NaN)).isNaN();
    }

    @Test
    void tanhIsOddAndOneFarOut() {
        for (float x : new float[] {Float.MIN_VALUE, 1e-40f, 1e-20f, 1e-3f, 0.3f, 2f, 9f, 9.3f, 1e30f}) {
            assertThat(one(kernels::tanh, -x)).isCloseTo(-one(kernels::tanh, x), within());
        }
        assertThat(one(kernels::tanh, 1e-40f)).isEqualTo(1e-40f);
        assertThat(one(kernels::tanh, 9.25f)).isEqualTo(1f);
        assertThat(one(kernels::tanh, Float.POSITIVE_INFINITY)).isEqualTo(1f);
        assertThat(one(kernels::tanh, Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
        assertThat(one(kernels::tanh, 0f)).isZero();
        assertThat(one(kernels::tanh, Float.NaN)).isNaN();
    }

    @Test
    void hardSigmoidClipsAtTwoAndAHalf() {
        assertThat(one(kernels::hardSigmoid, -2.5f)).isZero();
        assertThat(one(kernels::hardSigmoid, -2.4f)).isPositive();
        assertThat(one(kernels::hardSigmoid, 0f)).isEqualTo(0.5f);
        assertThat(one(kernels::hardSigmoid, 1f)).isEqualTo(0.7f);
        assertThat(one(kernels::hardSigmoid, 2.4f)).isLessThan(1f);
        assertThat(one(kernels::hardSigmoid, 2.6f)).isEqualTo(1f);
    }

    @Test
    void sumsRunInSixteenLanesAndThenInATree() {
        float[] x = new float[37];
        for (int i = 0; i < x.length; i++) {
            x[i] = 1f / (i + 1);
        }
        float[] lanes = new float[16];
        float[] fused = new float[16];
        for (int i = 0; i < x.length; i++) {
            lanes[i % 16] += x[i];
            fused[i % 16] = Math.fma(x[i], x[i], fused[i % 16]);
        }
        for (int half = 8; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[i] += lanes[i + half];
                fused[i] += fused[i + half];
            }
        }
        assertThat(kernels.sum(x.length, x, 0)).isEqualTo(lanes[0]);
        assertThat(kernels.dot(x.length, x, 0, x, 0)).isEqualTo(fused[0]);
    }

    @Test
    void aByteIsUnsigned() {
        byte[] x = {0, 1, 127, (byte) 128, (byte) 255};
        float[] y = new float[5];
        kernels.bytesToFloats(5, x, 0, 1, 0.5f, y, 0);
        assertThat(y).containsExactly(-0.5f, 0f, 63f, 63.5f, 127f);
    }

    @Test
    void adamTakesTheStepOfItsFormula() {
        float[] g = {0.5f, -2f};
        float[] m = {0.1f, 0f};
        float[] v = {0.2f, 0f};
        float[] w = {1f, 1f};
        kernels.adam(2, g, 0.01f, 0.9f, 0.999f, 1e-8f, m, v, w);
        assertThat(m[0]).isCloseTo(0.9f * 0.1f + 0.1f * 0.5f, within());
        assertThat(v[0]).isCloseTo(0.999f * 0.2f + 0.001f * 0.25f, within());
        assertThat(w[0]).isCloseTo((float) (1 - 0.01 * m[0] / (StrictMath.sqrt(v[0]) + 1e-8)), within());
        assertThat(m[1]).isCloseTo(-0.2f, within());
        assertThat(w[1]).isCloseTo((float) (1 + 0.01 * 0.2 / StrictMath.sqrt(0.004)), within());
    }

    private static Offset<Float> within() {
        return Offset.offset(1e-6f);
    }

    private static float one(Kernel kernel, float x) {
        // A whole vector of them, so that the vector code runs.
        float[] values = new float[17];
        Arrays.fill(values, x);
        kernel.apply(17, values, 0, values, 0);
        assertSameBits(new float[] {values[16]}, new float[] {values[0]}, "element behind the last vector");
        return values[0];
    }

    /** Steps evenly through the numbers from low to high, and through their bits around zero. */
    private static void check(
            String name, Kernel kernel, DoubleUnaryOperator exact, double bound, float low, float high) {
        int n = 1 << 14;
        float[] x = new float[2 * n];
        int tiny = Float.floatToIntBits(1f) / (n / 2);
        for (int i = 0; i < n; i++) {
            x[i] = (float) (low + ((double) high - low) * i / (n - 1));
            float small = Float.intBitsToFloat(tiny * (i / 2));
            x[n + i] = i % 2 == 0 ? small : -small;
        }
        float[] y = new float[x.length];
        kernel.apply(x.length, x, 0, y, 0);
        double worst = 0;
        int at = 0;
        for (int i = 0; i < x.length; i++) {
            double value = exact.applyAsDouble(x[i]);
            double ulps = Math.abs(y[i] - value) / Math.ulp((float) value);
            if (!(ulps <= worst)) {
                worst = ulps;
                at = i;
            }
        }
        assertThat(worst).as("%s at %s: %s, error in ulp", name, x[at], y[at]).isLessThanOrEqualTo(bound);
    }
}
