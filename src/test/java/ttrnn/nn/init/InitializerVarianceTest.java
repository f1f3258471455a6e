package ttrnn.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static ttrnn.testing.FloatAssert.assertSameBits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.nn.TtLinear;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;

/** What each initialiser promises of the elements of the matrix, as a train and as an ordinary one. */
class InitializerVarianceTest {
    private static final int INPUTS = 180;
    private static final int OUTPUTS = 96;
    private static final TtShape SHAPE = TtShape.of(new int[] {6, 5, 6}, new int[] {6, 4, 4}, 3, 4);
    private static final int DRAWS = 60;
    private static final double SCALE = 0.25;

    private interface Draw {
        Tensor matrix(Rng rng);
    }

    private static double variance(Draw draw) {
        double squares = 0;
        double sum = 0;
        for (long seed = 0; seed < DRAWS; seed++) {
            Tensor matrix = draw.matrix(new Rng(seed));
            assertThat(matrix.shape().dimensions()).containsExactly(INPUTS, OUTPUTS);
            squares += meanSquare(matrix);
            for (float w : matrix.data()) {
                sum += w / (double) matrix.size();
            }
        }
        double mean = sum / DRAWS;
        assertThat(mean * mean).isLessThan(1e-3 * squares / DRAWS);
        return squares / DRAWS;
    }

    private static double meanSquare(Tensor matrix) {
        double squares = 0;
        for (float w : matrix.data()) {
            squares += (double) w * w;
        }
        return squares / matrix.size();
    }

    @ParameterizedTest
    @CsvSource({
        // 2 / (180 + 96), 2 / (180 + 32), 2 / 180, 1 / 180, 1 / (180 * 16^2)
        "GLOROT, 1, 7.246e-3",
        "GLOROT, 3, 9.434e-3",
        "GLOROT_UNIFORM, 1, 7.246e-3",
        "GLOROT_UNIFORM, 3, 9.434e-3",
        "HE, 3, 1.1111e-2",
        "LECUN, 3, 5.5556e-3",
        "SCALED, 3, 2.1701e-5"
    })
    void theElementsHaveTheVarianceOfTheName(Initializer initializer, int gates, double expected) {
        assertThat(variance(rng -> initializer.dense(INPUTS, OUTPUTS, gates, SCALE, rng)))
                .isCloseTo(expected, offset(0.01 * expected));
        assertThat(variance(rng -> initializer.matrix(SHAPE, gates, SCALE, rng).toDense()))
                .isCloseTo(expected, offset(0.1 * expected));
    }

    @Test
    void uniformElementsStayWithinTheirLimitAndNormalOnesDoNot() {
        double limit = StrictMath.sqrt(6.0 / (180 + 32));
        assertThat(largest(Initializer.GLOROT_UNIFORM.dense(INPUTS, OUTPUTS, 3, SCALE, new Rng(1))))
                .isBetween(0.99 * limit, limit + 1e-7);
        assertThat(largest(Initializer.GLOROT.dense(INPUTS, OUTPUTS, 3, SCALE, new Rng(1))))
                .isGreaterThan(1.5 * limit);
        TtMatrix uniform = Initializer.GLOROT_UNIFORM.matrix(SHAPE, 3, SCALE, new Rng(1));
        double ofCores = StrictMath.sqrt(3) * StrictMath.pow(2.0 / (180 + 32) / 12, 1.0 / 6);
        uniform.cores().forEach(core -> assertThat(largest(core)).isBetween(0.9 * ofCores, ofCores + 1e-6));
    }

    private static double largest(Tensor matrix) {
        double largest = 0;
        for (float w : matrix.data()) {
            largest = Math.max(largest, Math.abs(w));
        }
        return largest;
    }

    @Test
    void thePublishedOrdinaryMatrixIsGlorotUniformOfAllGatesTogether() {
        assertSameBits(
                Initializer.PUBLISHED
                        .dense(INPUTS, OUTPUTS, 4, SCALE, new Rng(2))
                        .data(),
                Initializer.GLOROT_UNIFORM
                        .dense(INPUTS, OUTPUTS, 1, SCALE, new Rng(2))
                        .data(),
                "published");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void orthogonalTrainsHaveTheNormOfOrthogonalGates(int gates) {
        double expected = 1.0 / INPUTS;
        TtMatrix train = Initializer.ORTHOGONAL.matrix(SHAPE, gates, SCALE, new Rng(3));
        assertThat(meanSquare(train.toDense())).isCloseTo(expected, offset(1e-5 * expected));
        assertThat(meanSquare(Initializer.ORTHOGONAL.dense(INPUTS, OUTPUTS, gates, SCALE, new Rng(3))))
                .isCloseTo(expected, offset(1e-5 * expected));
    }

    @Test
    void orthogonalGatesWiderThanTheInputsHaveTheNormOfOrthonormalRows() {
        TtShape wide = TtShape.of(new int[] {2, 3}, new int[] {8, 4}, 3);
        assertThat(meanSquare(Initializer.ORTHOGONAL
                        .matrix(wide, 2, SCALE, new Rng(3))
                        .toDense()))
                .isCloseTo(1.0 / 16, offset(1e-6));
    }

    @Test
    void theNormHoldsWhereARankIsLargerThanWhatStandsBeforeIt() {
        TtShape shape = TtShape.of(new int[] {2, 3, 4}, new int[] {2, 2, 3}, 7, 5);
        TtMatrix train = Initializer.ORTHOGONAL.matrix(shape, 1, SCALE, new Rng(4));
        assertThat(meanSquare(train.toDense())).isCloseTo(1.0 / 24, offset(1e-6));
        assertGramIsIdentity(train.cores().get(0).data(), 4, 7, true);
    }

    @Test
    void coresOfOrthogonalTrainsHaveOrthonormalColumnsUpToOneNumber() {
        TtMatrix train = Initializer.ORTHOGONAL.matrix(SHAPE, 3, SCALE, new Rng(5));
        for (Tensor core : train.cores()) {
            int columns = core.shape().dimension(-1);
            assertGramIsIdentity(core.data(), core.size() / columns, columns, false);
        }
    }

    @Test
    void orthogonalGatesHaveOrthonormalColumnsOrRows() {
        Tensor tall = Initializer.ORTHOGONAL.dense(7, 10, 2, SCALE, new Rng(6));
        Tensor wide = Initializer.ORTHOGONAL.dense(3, 10, 2, SCALE, new Rng(6));
        for (int gate = 0; gate < 2; gate++) {
            float[] ofTall = gate(tall, gate);
            assertGramIsIdentity(ofTall, 7, 5, false);
            assertThat(meanSquare(Tensor.of(ofTall, 35))).isCloseTo(1.0 / 7, offset(1e-6));
            float[] ofWide = gate(wide, gate);
            assertGramIsIdentity(ofWide, 3, 5, true);
            assertThat(meanSquare(Tensor.of(ofWide, 15))).isCloseTo(1.0 / 5, offset(1e-6));
        }
        assertThat(gate(tall, 0)).isNotEqualTo(gate(tall, 1));
    }

    private static float[] gate(Tensor matrix, int gate) {
        int rows = matrix.shape().dimension(0);
        float[] own = new float[rows * 5];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(matrix.data(), i * 10 + gate * 5, own, i * 5, 5);
        }
        return own;
    }

    /** Products of columns (or rows) with each other, over the first one's with itself. */
    private static void assertGramIsIdentity(float[] matrix, int rows, int columns, boolean ofRows) {
        int n = ofRows ? rows : columns;
        double square = product(matrix, rows, columns, ofRows, 0, 0);
        assertThat(square).isPositive();
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                assertThat(product(matrix, rows, columns, ofRows, a, b) / square)
                        .as("%d, %d of [%d, %d]", a, b, rows, columns)
                        .isCloseTo(a == b ? 1 : 0, offset(1e-6));
            }
        }
    }

    private static double product(float[] matrix, int rows, int columns, boolean ofRows, int a, int b) {
        double sum = 0;
        for (int i = 0; i < (ofRows ? columns : rows); i++) {
            sum += ofRows
                    ? (double) matrix[a * columns + i] * matrix[b * columns + i]
                    : (double) matrix[i * columns + a] * matrix[i * columns + b];
        }
        return sum;
    }

    @Test
    void zerosAreZerosThatCanLearn() {
        assertThat(Initializer.ZEROS
                        .dense(INPUTS, OUTPUTS, 3, SCALE, new Rng(7))
                        .data())
                .containsOnly(0);
        TtMatrix train = Initializer.ZEROS.matrix(SHAPE, 3, SCALE, new Rng(7));
        assertThat(train.toDense().data()).containsOnly(0);
        Tape tape = Tape.recording();
        Variable y =
                new TtLinear("w", train).apply(tape.constant(Tensors.normal(1, 5, INPUTS)), RowSplits.ofLengths(3, 2));
        Gradients gradients = tape.backward(Reductions.sum(y));
        assertThat(largest(gradients.of(train.cores().get(2)))).isGreaterThan(0);
    }

    @ParameterizedTest
    @EnumSource
    void aMatrixIsAFunctionOfTheGenerator(Initializer initializer) {
        Rng used = new Rng(8);
        used.nextLong();
        TtMatrix one = initializer.matrix(SHAPE, 3, SCALE, used);
        TtMatrix other = initializer.matrix(SHAPE, 3, SCALE, new Rng(8));
        TtMatrix third = initializer.matrix(SHAPE, 3, SCALE, new Rng(9));
        for (int k = 0; k < 3; k++) {
            assertSameBits(one.cores().get(k).data(), other.cores().get(k).data(), "core " + k);
        }
        assertThat(one.cores().get(0).data()).isNotEqualTo(third.cores().get(0).data());
        assertSameBits(
                initializer.dense(9, 6, 3, SCALE, new Rng(8)).data(),
                initializer.dense(9, 6, 3, SCALE, new Rng(8)).data(),
                "dense");
    }

    @ParameterizedTest
    @EnumSource
    void aCoreDoesNotDependOnTheOthersButForItsSize(Initializer initializer) {
        TtShape other = TtShape.of(new int[] {9, 5, 2}, new int[] {3, 4, 4}, 3, 4);
        float[] one =
                initializer.matrix(SHAPE, 1, SCALE, new Rng(10)).cores().get(1).data();
        float[] two =
                initializer.matrix(other, 1, SCALE, new Rng(10)).cores().get(1).data();
        for (int i = 1; i < one.length; i++) {
            assertThat((double) one[i] * two[0])
                    .isCloseTo((double) one[0] * two[i], offset(1e-6 * largest(Tensor.of(one, one.length))));
        }
        float[] first =
                initializer.matrix(SHAPE, 1, SCALE, new Rng(10)).cores().get(0).data();
        assertThat(first[0] * one[1]).isNotEqualTo(first[1] * one[0]);
    }

    @Test
    void outputsThatCannotBeDividedIntoGatesAreNamed() {
        assertThatThrownBy(() -> Initializer.HE.dense(3, 10, 4, 1, new Rng(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("initializer: 10 outputs cannot be divided into 4 gates");
        assertThatThrownBy(() -> Initializer.HE.matrix(SHAPE, 0, 1, new Rng(1)))
                .hasMessage("initializer: 96 outputs cannot be divided into 0 gates");
    }

    @Test
    void namesAreWrittenWithHyphens() {
        assertThat(Initializer.values())
                .extracting(Initializer::toString)
                .containsExactly(
                        "published", "glorot", "glorot-uniform", "he", "lecun", "orthogonal", "zeros", "scaled");
    }

    @Test
    void theForgetGateOfAnLstmStartsOpen() {
        assertThat(Biases.lstm(2, 1).data()).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
    }
}
