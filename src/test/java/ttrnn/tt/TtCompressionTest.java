package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;
import static ttrnn.testing.FloatAssert.assertClose;

import org.junit.jupiter.api.Test;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;
import ttrnn.testing.Tolerances;

class TtCompressionTest {
    private static final int[] INPUT_MODES = {4, 5, 3};
    private static final int[] HIDDEN_MODES = {2, 3, 2};

    @Test
    void theFirstOutputModeCarriesTheGatesInTheOrderOfTheKernelsColumns() {
        Tensor kernel = Tensors.normal(1, 60, 36);
        TtCompression exact = TtCompression.ofDense(kernel, 3, INPUT_MODES, HIDDEN_MODES, TtTruncation.tolerance(1e-6));
        assertThat(exact.matrix().shape().outputModes()).containsExactly(6, 3, 2);
        assertClose(exact.matrix().toDense().data(), kernel.data(), Tolerances.REFERENCE, "kernel");
        // Gate 2 of three, hidden unit (1, 2, 1): row-major over (gate, n_0), n_1, n_2.
        float[] dense = exact.matrix().toDense().data();
        int column = ((2 * 2 + 1) * 3 + 2) * 2 + 1;
        assertThat(column).isEqualTo(2 * 12 + 11);
        assertThat((double) dense[7 * 36 + column]).isCloseTo(kernel.data()[7 * 36 + column], withPercentage(1e-2));
    }

    @Test
    void errorAndParametersAreThoseOfTheTrainThatComesOut() {
        Tensor kernel = Tensors.normal(2, 60, 48);
        TtCompression lossy = TtCompression.ofDense(kernel, 4, INPUT_MODES, HIDDEN_MODES, TtTruncation.ranks(6, 4));
        assertThat(lossy.matrix().shape().ranks()).containsExactly(1, 6, 4, 1);
        assertThat(lossy.parametersBefore()).isEqualTo(2880);
        assertThat(lossy.parametersAfter()).isEqualTo(4 * 8 * 6 + 6 * 5 * 3 * 4 + 4 * 3 * 2);
        float[] dense = lossy.matrix().toDense().data();
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < dense.length; i++) {
            difference += square((double) dense[i] - kernel.data()[i]);
            norm += square(kernel.data()[i]);
        }
        assertThat(lossy.relativeError()).isCloseTo(StrictMath.sqrt(difference / norm), withPercentage(1e-3));
    }

    @Test
    void aSimpleCellHasOneGate() {
        Tensor kernel = Tensors.normal(4, 60, 12);
        TtCompression exact = TtCompression.ofDense(kernel, 1, INPUT_MODES, HIDDEN_MODES, TtTruncation.ranks(99));
        assertThat(exact.matrix().shape().outputModes()).containsExactly(2, 3, 2);
        assertClose(exact.matrix().toDense().data(), kernel.data(), Tolerances.REFERENCE, "kernel");
    }

    @Test
    void aTrainIsRoundedToLowerRanks() {
        TtShape shape = TtShape.of(INPUT_MODES, new int[] {6, 3, 2}, 5, 4);
        TtMatrix before = Trains.random(shape, 3);
        TtCompression after = TtCompression.ofTrain(before, TtTruncation.ranks(3));
        assertThat(after.matrix().shape()).isEqualTo(TtShape.of(INPUT_MODES, new int[] {6, 3, 2}, 3));
        assertThat(after.parametersBefore()).isEqualTo(shape.parameters());
        assertThat(after.parametersAfter()).isEqualTo(after.matrix().shape().parameters());
        assertThat(after.relativeError())
                .isEqualTo(TtAlgebra.relativeError(before, after.matrix()))
                .isBetween(0.05, 0.95);
        TtCompression same = TtCompression.ofTrain(before, TtTruncation.ranks(50));
        assertThat(same.matrix().shape()).isEqualTo(shape);
        assertThat(same.relativeError()).isLessThan(Tolerances.TRAIN);
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> TtCompression.ofDense(
                        Tensor.zeros(60, 36), 4, INPUT_MODES, HIDDEN_MODES, TtTruncation.ranks(2)))
                .hasMessage("tt svd: input modes [4, 5, 3] and output modes [8, 3, 2] need a matrix [60, 48],"
                        + " got [60, 36]");
        assertThatThrownBy(() -> TtCompression.ofDense(
                        Tensor.zeros(60, 36), 0, INPUT_MODES, HIDDEN_MODES, TtTruncation.ranks(2)))
                .hasMessage("tt compression: at least one gate and one mode are needed, got 0 gates,"
                        + " hidden modes [2, 3, 2]");
        assertThatThrownBy(() ->
                        TtCompression.ofDense(Tensor.zeros(60, 36), 3, INPUT_MODES, new int[0], TtTruncation.ranks(2)))
                .hasMessage("tt compression: at least one gate and one mode are needed, got 3 gates, hidden modes []");
    }

    private static double square(double x) {
        return x * x;
    }
}
