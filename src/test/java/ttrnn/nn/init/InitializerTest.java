package ttrnn.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import ttrnn.tensor.Rng;
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

    @Test
    void glorotCoresHaveGlorotsVariance() {
        double expected = StrictMath.sqrt(600 * 2.0 / (600 + 96));
        assertThat(outputDeviation(Initializer.GLOROT, 1, 1)).isCloseTo(expected, offset(0.15 * expected));
    }

    @Test
    void orthogonalRowsAreOrthonormal() {
        Tensor u = Dense.orthogonal(7, 21, new Rng(3));
        for (int i = 0; i < 7; i++) {
            for (int k = 0; k < 7; k++) {
                double dot = 0;
                for (int j = 0; j < 21; j++) {
                    dot += (double) u.data()[i * 21 + j] * u.data()[k * 21 + j];
                }
                assertThat(dot).isCloseTo(i == k ? 1 : 0, offset(1e-6));
            }
        }
    }
}
