package ttrnn.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;

class InitializerTest {
    private static final TtShape SHAPE = TtShape.of(new int[] {6, 10, 10}, new int[] {6, 4, 4}, 4);

    /** Deviation of an output for inputs of deviation {@code pixel}, over all outputs and several draws. */
    private static double outputDeviation(Initializer initializer, double inputScale, double pixel) {
        double squares = 0;
        int count = 0;
        for (long seed = 0; seed < 40; seed++) {
            TtMatrix matrix = initializer.matrix(SHAPE, inputScale, new Rng(seed));
            Tensor dense = matrix.toDense();
            for (float w : dense.data()) {
                squares += (double) w * w;
            }
            count += SHAPE.outputSize();
        }
        return pixel * inputScale * StrictMath.sqrt(squares / count);
    }

    @Test
    void scaledCoresStartWithOutputsOfDeviationOne() {
        assertThat(outputDeviation(Initializer.SCALED, 1, 64)).isCloseTo(1, offset(0.15));
        assertThat(outputDeviation(Initializer.SCALED, 1.0 / 64, 64)).isCloseTo(1, offset(0.15));
    }

    @Test
    void publishedCoresStartFarBeyondTheRangeOfTheGates() {
        assertThat(outputDeviation(Initializer.PUBLISHED, 1, 64)).isGreaterThan(10);
    }

    /** sqrt(6 / (fan + fan)), both fans being the root of the number of elements. */
    @Test
    void publishedCoresAreUniformWithinTheLimitOfTheirFlatVector() {
        double limit = StrictMath.sqrt(6 / (2 * StrictMath.sqrt(SHAPE.parameters())));
        for (Tensor core : Initializer.PUBLISHED.matrix(SHAPE, 3, 1, new Rng(5)).cores()) {
            assertUniform(core, limit);
        }
    }

    @Test
    void ordinaryGlorotMatricesAreUniformWithinTheirLimit() {
        Tensor matrix = Dense.glorotUniform(64, 11, new Rng(5));
        assertThat(matrix.shape()).isEqualTo(Shape.of(64, 11));
        assertUniform(matrix, StrictMath.sqrt(6.0 / 75));
    }

    /** Most of the range is used, on both sides and in the middle. */
    private static void assertUniform(Tensor values, double limit) {
        double least = 0;
        double most = 0;
        double squares = 0;
        for (float value : values.data()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
            squares += (double) value * value;
        }
        assertThat(least).isBetween(-limit, -0.9 * limit);
        assertThat(most).isBetween(0.9 * limit, limit);
        assertThat(squares / values.size()).isCloseTo(limit * limit / 3, withPercentage(15));
    }

    @Test
    void glorotCoresHaveGlorotsVariance() {
        double expected = StrictMath.sqrt(600 * 2.0 / (600 + 96));
        assertThat(outputDeviation(Initializer.GLOROT, 1, 1)).isCloseTo(expected, offset(0.15 * expected));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 21})
    void orthogonalRowsAreOrthonormal(int columns) {
        Tensor u = Dense.orthogonal(7, columns, new Rng(3));
        for (int i = 0; i < 7; i++) {
            for (int k = 0; k < 7; k++) {
                double dot = 0;
                for (int j = 0; j < columns; j++) {
                    dot += (double) u.data()[i * columns + j] * u.data()[k * columns + j];
                }
                assertThat(dot).isCloseTo(i == k ? 1 : 0, offset(1e-6));
            }
        }
    }

    @Test
    void moreOrthonormalRowsThanColumnsThereCannotBe() {
        assertThatThrownBy(() -> Dense.orthogonal(8, 7, new Rng(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("orthogonal: at most as many rows as columns, got [8, 7]");
    }
}
