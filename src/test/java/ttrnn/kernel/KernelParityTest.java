package ttrnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static ttrnn.testing.FloatAssert.assertSameBits;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ttrnn.tensor.Rng;
import ttrnn.testing.Cases;

/** The kernels in use give the bits of the plain ones, and write nowhere else. */
@Tag("kernels")
class KernelParityTest {
    private static final int METHODS = 15;
    private static final FloatKernels KERNELS = Kernels.get();
    private static final FloatKernels SCALAR = Kernels.scalar();
    private static final long SEED = 11;
    /** Elements before and behind what a kernel may write. */
    private static final int MARGIN = 19;

    private interface Case {
        void run(Rng rng);
    }

    /** A kernel from x to y, both of n elements. */
    private interface Elementwise {
        void apply(FloatKernels kernels, int n, float[] x, int xOffset, float[] y, int yOffset);
    }

    /** A kernel that makes one number of x and y. */
    private interface Reduction {
        float apply(FloatKernels kernels, int n, float[] x, int xOffset, float[] y, int yOffset);
    }

    private static final Map<String, Case> CASES = new TreeMap<>(Map.ofEntries(
            Map.entry("panel", rng -> assertThat(KERNELS.panel() % 16).isZero()),
            Map.entry("name", rng -> assertThat(SCALAR.name()).isEqualTo("scalar")),
            Map.entry("gemm", KernelParityTest::gemm),
            Map.entry("bytesToFloats", KernelParityTest::bytesToFloats),
            Map.entry("bytesToRows", rng -> bytes(rng, "bytesToRows", false)),
            Map.entry("bytesToColumns", rng -> bytes(rng, "bytesToColumns", true)),
            Map.entry("exp", rng -> elementwise(rng, "exp", FloatKernels::exp)),
            Map.entry("sigmoid", rng -> elementwise(rng, "sigmoid", FloatKernels::sigmoid)),
            Map.entry("hardSigmoid", rng -> elementwise(rng, "hardSigmoid", FloatKernels::hardSigmoid)),
            Map.entry("tanh", rng -> elementwise(rng, "tanh", FloatKernels::tanh)),
            Map.entry("add", rng -> elementwise(rng, "add", FloatKernels::add)),
            Map.entry("addScaled", rng -> {
                for (float alpha : new float[] {0.7f, -0f, Float.NEGATIVE_INFINITY, 1e-40f}) {
                    elementwise(
                            rng.split(Float.floatToIntBits(alpha)),
                            "addScaled by " + alpha,
                            (kernels, n, x, xo, y, yo) -> kernels.addScaled(n, alpha, x, xo, y, yo));
                }
            }),
            Map.entry("sum", rng -> reduction(rng, "sum", (kernels, n, x, xo, y, yo) -> kernels.sum(n, x, xo))),
            Map.entry("dot", rng -> reduction(rng, "dot", FloatKernels::dot)),
            Map.entry("adam", KernelParityTest::adam)));

    static TreeSet<String> kernels() {
        return Arrays.stream(FloatKernels.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyKernelHasACase() {
        assertThat(kernels()).hasSize(METHODS).isEqualTo(CASES.keySet());
        assertThat(FloatKernels.class.getDeclaredMethods()).hasSize(METHODS);
    }

    @Test
    void theseAreTheKernelsThisRunIsFor() {
        String expected = System.getProperty("ttrnn.expectedKernels");
        assumeTrue(expected != null, "the build says which kernels it expects");
        if (expected.equals("vector")) {
            assertThat(Kernels.describe()).as(Kernels.reason()).startsWith("vector");
        } else {
            assertThat(Kernels.describe()).as(Kernels.reason()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void itGivesTheBitsOfThePlainKernels(String kernel) {
        CASES.get(kernel).run(new Rng(SEED).split(kernel));
    }

    private static void elementwise(Rng rng, String name, Elementwise kernel) {
        for (int n : Cases.sizes()) {
            for (int xOffset : Cases.offsets()) {
                int yOffset = MARGIN + xOffset / 2;
                String what = name + " of " + n + " elements from " + xOffset + ", seed " + SEED;
                float[] x = Cases.withSpecials(rng, xOffset + n + MARGIN);
                float[] before = Cases.withSpecials(rng, yOffset + n + MARGIN);
                float[] xBefore = x.clone();
                float[] actual = before.clone();
                float[] expected = before.clone();
                kernel.apply(KERNELS, n, x, xOffset, actual, yOffset);
                kernel.apply(SCALAR, n, x, xOffset, expected, yOffset);
                assertSameBits(actual, expected, what);
                assertSameBits(x, xBefore, what + ", input");
                System.arraycopy(before, yOffset, actual, yOffset, n);
                assertSameBits(actual, before, what + ", around the output");

                // In place.
                kernel.apply(KERNELS, n, x, xOffset, x, xOffset);
                kernel.apply(SCALAR, n, xBefore, xOffset, xBefore, xOffset);
                assertSameBits(x, xBefore, what + ", in place");
            }
        }
    }

    private static void reduction(Rng rng, String name, Reduction kernel) {
        for (int n : Cases.sizes()) {
            for (int offset : Cases.offsets()) {
                for (boolean specials : new boolean[] {false, true}) {
                    String what = name + " of " + n + " elements from " + offset + ", seed " + SEED;
                    float[] x = specials ? Cases.withSpecials(rng, n + offset) : Cases.normal(rng, n + offset);
                    float[] y = specials ? Cases.withSpecials(rng, n + 3) : Cases.normal(rng, n + 3);
                    float actual = kernel.apply(KERNELS, n, x, offset, y, 3);
                    float expected = kernel.apply(SCALAR, n, x, offset, y, 3);
                    assertSameBits(new float[] {actual}, new float[] {expected}, what);
                }
            }
        }
    }

    private static void bytesToFloats(Rng rng) {
        for (int n : Cases.sizes()) {
            for (int offset : Cases.offsets()) {
                String what = "bytesToFloats of " + n + " elements from " + offset;
                byte[] x = new byte[offset + n];
                for (int i = 0; i < x.length; i++) {
                    x[i] = (byte) rng.nextInt(256);
                }
                float[] before = Cases.normal(rng, MARGIN + n + MARGIN);
                float[] actual = before.clone();
                float[] expected = before.clone();
                KERNELS.bytesToFloats(n, x, offset, 127.5f, 0.00784f, actual, MARGIN);
                SCALAR.bytesToFloats(n, x, offset, 127.5f, 0.00784f, expected, MARGIN);
                assertSameBits(actual, expected, what);
                System.arraycopy(before, MARGIN, actual, MARGIN, n);
                assertSameBits(actual, before, what + ", around the output");
            }
        }
    }

    /** Rows and columns of every count around vectors and groups, with strides longer than they are. */
    private static void bytes(Rng rng, String name, boolean transposed) {
        for (int rows : Cases.sizes()) {
            for (int columns : new int[] {0, 1, 3, 7, 8, 9, 16, 17, 31, 64}) {
                String what = name + " of " + rows + " rows, " + columns + " columns";
                int xRow = columns + 3;
                int yRow = (transposed ? rows : columns) + 2;
                byte[] x = new byte[5 + rows * xRow];
                for (int i = 0; i < x.length; i++) {
                    x[i] = (byte) rng.nextInt(256);
                }
                float[] before = Cases.normal(rng, MARGIN + (transposed ? columns : rows) * yRow + MARGIN);
                float[] actual = before.clone();
                float[] expected = before.clone();
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        float value = ((x[5 + i * xRow + j] & 0xFF) - 127.5f) * 0.00784f;
                        expected[MARGIN + (transposed ? j * yRow + i : i * yRow + j)] = value;
                    }
                }
                float[] plain = before.clone();
                for (FloatKernels kernels : new FloatKernels[] {KERNELS, SCALAR}) {
                    float[] target = kernels == SCALAR ? plain : actual;
                    if (transposed) {
                        kernels.bytesToColumns(rows, columns, x, 5, xRow, 127.5f, 0.00784f, target, MARGIN, yRow);
                    } else {
                        kernels.bytesToRows(rows, columns, x, 5, xRow, 127.5f, 0.00784f, target, MARGIN, yRow);
                    }
                }
                assertSameBits(actual, expected, what);
                assertSameBits(plain, expected, what + ", plain");
            }
        }
    }

    private static void adam(Rng rng) {
        for (int n : Cases.sizes()) {
            float[][] actual = {
                Cases.normal(rng, n + 3), Cases.normal(rng, n + 3), Cases.normal(rng, n + 3), Cases.normal(rng, n + 3)
            };
            float[][] expected = new float[4][];
            for (int k = 0; k < 4; k++) {
                expected[k] = actual[k].clone();
            }
            KERNELS.adam(n, actual[0], 1e-3f, 0.9f, 0.999f, 1e-8f, actual[1], actual[2], actual[3]);
            SCALAR.adam(n, expected[0], 1e-3f, 0.9f, 0.999f, 1e-8f, expected[1], expected[2], expected[3]);
            for (int k = 0; k < 4; k++) {
                assertSameBits(actual[k], expected[k], "adam of " + n + ", array " + k);
            }
        }
    }

    /** Every count of rows and columns around the tiles, and depths around the pieces of 8 and 96. */
    private static void gemm(Rng rng) {
        int[] rows = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16};
        int[] columns = {0, 1, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33, 47, 64, 65, 113, 131};
        int[] depths = {0, 1, 2, 7, 8, 9, 13, 96, 97, 193};
        for (int m : rows) {
            for (int n : columns) {
                for (boolean transposed : new boolean[] {false, true}) {
                    gemm(rng, m, n, depths[rng.nextInt(depths.length)], transposed, rng.nextInt(2) == 0);
                }
            }
        }
        for (int k : depths) {
            for (boolean add : new boolean[] {false, true}) {
                gemm(rng, 7, 49, k, false, add);
            }
        }
    }

    private static void gemm(Rng rng, int m, int n, int k, boolean transposed, boolean add) {
        String what = "gemm of " + m + " rows, " + n + " columns, depth " + k + (transposed ? ", a transposed" : "")
                + (add ? ", adding" : "") + ", seed " + SEED;
        int aRow = transposed ? 1 : k + 2;
        int aColumn = transposed ? m + 3 : 1;
        int bRow = n + 1;
        int cRow = n + 5;
        boolean specials = rng.nextInt(8) == 0;
        int aSize = 2 + (m + 3) * (k + 3);
        int bSize = 3 + k * bRow + n;
        float[] a = specials ? Cases.withSpecials(rng, aSize) : Cases.normal(rng, aSize);
        float[] b = specials ? Cases.withSpecials(rng, bSize) : Cases.normal(rng, bSize);
        float[] before = Cases.normal(rng, MARGIN + m * cRow + MARGIN);
        float[] actual = before.clone();
        float[] expected = before.clone();
        KERNELS.gemm(m, n, k, a, 2, aRow, aColumn, b, 3, bRow, actual, MARGIN, cRow, add);
        SCALAR.gemm(m, n, k, a, 2, aRow, aColumn, b, 3, bRow, expected, MARGIN, cRow, add);
        assertSameBits(actual, expected, what);
        for (int i = 0; i < m; i++) {
            System.arraycopy(before, MARGIN + i * cRow, actual, MARGIN + i * cRow, n);
        }
        assertSameBits(actual, before, what + ", around the output");
    }
}
