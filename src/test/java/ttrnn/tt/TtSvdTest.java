package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;
import static ttrnn.testing.FloatAssert.assertSameBits;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;
import ttrnn.testing.Tolerances;

class TtSvdTest {
    /** Square, wide, tall, a side of 1, and wide enough for several stripes and pieces of columns. */
    @ParameterizedTest
    @CsvSource({"4, 3, 5, 2", "2, 2, 9, 5", "9, 5, 2, 2", "6, 1, 7, 1", "2, 1, 130, 93", "130, 93, 2, 1"})
    void withTwoCoresTheErrorIsThatOfTheDroppedSingularValues(int m, int n, int inputs, int outputs) {
        TtShape shape = TtShape.of(new int[] {m, inputs}, new int[] {n, outputs}, 1);
        int count = Math.min(m * n, inputs * outputs);
        DoubleMatrix u = LinearAlgebra.qr(Trains.normal(m * n, count, 1)).q();
        DoubleMatrix v =
                LinearAlgebra.qr(Trains.normal(inputs * outputs, count, 2)).q();
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            values[k] = StrictMath.pow(0.6, k);
            for (int i = 0; i < u.rows(); i++) {
                u.data()[i * count + k] *= values[k];
            }
        }
        Tensor dense = Trains.folded(u.times(v.transpose()), shape);
        for (int rank = 1; rank < count; rank++) {
            TtMatrix train = TtSvd.decompose(dense, shape.inputModes(), shape.outputModes(), TtTruncation.ranks(rank));
            assertThat(train.shape().ranks()).containsExactly(1, rank, 1);
            assertThat(TtAlgebra.relativeError(dense, train))
                    .isCloseTo(Trains.dropped(values, rank) / Trains.dropped(values, 0), withPercentage(1e-3));
        }
    }

    @Test
    void withMoreCoresTheErrorLiesBetweenTheBestOfOneUnfoldingAndTheRootOfTheSumOfAll() {
        TtShape shape = TtShape.of(new int[] {3, 4, 2, 3}, new int[] {2, 3, 3, 2}, 4, 6, 3);
        Tensor dense = Tensors.normal(5, shape.inputSize(), shape.outputSize());
        TtMatrix train = TtSvd.decompose(dense, shape.inputModes(), shape.outputModes(), TtTruncation.ranks(4, 6, 3));
        double[] values = new double[dense.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = dense.data()[i];
        }
        double norm = Trains.dropped(values, 0);
        double largest = 0;
        double squares = 0;
        for (int k = 1; k < shape.cores(); k++) {
            double error = Trains.dropped(
                            LinearAlgebra.leftSvd(Trains.unfolding(values, shape, k))
                                    .values(),
                            shape.rank(k))
                    / norm;
            largest = Math.max(largest, error);
            squares += error * error;
        }
        assertThat(TtAlgebra.relativeError(dense, train)).isBetween(largest, StrictMath.sqrt(squares));
    }

    static java.util.stream.Stream<TtShape> shapes() {
        return Trains.shapes();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aTrainOfLowRankComesBackWithItsRanks(TtShape shape) {
        Tensor dense = Trains.random(shape, 3).toDense();
        TtMatrix train = TtSvd.decompose(dense, shape.inputModes(), shape.outputModes(), TtTruncation.tolerance(1e-5));
        assertThat(train.shape()).isEqualTo(shape);
        assertThat(TtAlgebra.relativeError(dense, train)).isLessThan(Tolerances.TRAIN);
        TtMatrix same =
                TtSvd.decompose(dense, shape.inputModes(), shape.outputModes(), TtTruncation.ranks(innerRanks(shape)));
        assertThat(same.shape()).isEqualTo(shape);
        assertThat(TtAlgebra.relativeError(dense, same)).isLessThan(Tolerances.TRAIN);
    }

    private static int[] innerRanks(TtShape shape) {
        return java.util.Arrays.copyOfRange(shape.ranks(), 1, shape.cores());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.5, 0.2, 0.05, 1e-2, 1e-3, 1e-5})
    void theToleranceIsHeldAndNotWasted(double tolerance) {
        int[] in = {4, 5, 3};
        int[] out = {3, 2, 4};
        Tensor dense = Tensors.normal(6, 60, 24);
        for (int i = 0; i < dense.size(); i++) {
            // Smooth plus noise, so that singular values fall.
            dense.data()[i] = (float) (1 / (1 + i / 24 + 0.5 * (i % 24)) + 0.01 * dense.data()[i]);
        }
        TtMatrix train = TtSvd.decompose(dense, in, out, TtTruncation.tolerance(tolerance));
        assertThat(TtAlgebra.relativeError(dense, train)).isLessThanOrEqualTo(tolerance);
        int[] ranks = innerRanks(train.shape());
        for (int k = 0; k < ranks.length; k++) {
            if (ranks[k] > 1) {
                int[] fewer = ranks.clone();
                fewer[k]--;
                TtMatrix shorter = TtSvd.decompose(dense, in, out, TtTruncation.ranks(fewer));
                assertThat(TtAlgebra.relativeError(dense, shorter))
                        .as("ranks %s at tolerance %s", java.util.Arrays.toString(fewer), tolerance)
                        .isGreaterThan(tolerance / StrictMath.sqrt(2));
            }
        }
    }

    @Test
    void aToleranceWithLimitsStopsAtWhicheverIsSmaller() {
        Tensor dense = Tensors.normal(7, 60, 24);
        int[] in = {4, 5, 3};
        int[] out = {3, 2, 4};
        TtMatrix train =
                TtSvd.decompose(dense, in, out, TtTruncation.tolerance(1e-6).atMost(7, 5));
        assertThat(train.shape().ranks()).containsExactly(1, 7, 5, 1);
        assertThat(TtTruncation.tolerance(0.25).atMost(7, 5)).hasToString("tolerance 0.25, ranks at most [7, 5]");
        assertThat(TtTruncation.ranks(7)).hasToString("ranks at most [7]");
        assertThat(TtTruncation.tolerance(0.25)).hasToString("tolerance 0.25");
    }

    @Test
    void ranksAreNeverLargerThanPossible() {
        Tensor dense = Tensors.normal(8, 12, 4);
        TtMatrix train = TtSvd.decompose(dense, new int[] {2, 3, 2}, new int[] {1, 2, 2}, TtTruncation.ranks(100));
        assertThat(train.shape().ranks()).containsExactly(1, 2, 4, 1);
        assertThat(TtAlgebra.relativeError(dense, train)).isLessThan(Tolerances.TRAIN);
        // A large first rank is no use before a small second one.
        assertThat(TtTruncation.ranks(10, 2).limits(new int[] {5, 2, 5}, new int[] {5, 1, 5}))
                .containsExactly(1, 4, 2, 1);
    }

    @Test
    void aZeroMatrixAndASingleElementAreTrainsOfRankOne() {
        TtMatrix zero =
                TtSvd.decompose(Tensor.zeros(6, 4), new int[] {3, 2}, new int[] {2, 2}, TtTruncation.tolerance(0.1));
        assertThat(zero.shape().ranks()).containsExactly(1, 1, 1);
        assertThat(zero.toDense().data()).containsOnly(0f);
        assertThat(TtAlgebra.relativeError(Tensor.zeros(6, 4), zero)).isZero();
        TtMatrix one = TtSvd.decompose(
                Tensor.of(new float[] {-3}, 1, 1), new int[] {1, 1, 1}, new int[] {1, 1, 1}, TtTruncation.ranks(2));
        assertThat(one.toDense().data()).containsExactly(-3f);
    }

    @Test
    void aMatrixOfAFramesSizeIsReadInPlaceAndDoesNotDependOnThreads() {
        TtShape shape = TtShape.of(new int[] {8, 20, 20, 18}, new int[] {12, 2, 1, 1}, 3);
        Tensor dense = Trains.random(shape, 9).toDense();
        int threads = Parallel.threads();
        try {
            Parallel.setThreads(1);
            TtMatrix one =
                    TtSvd.decompose(dense, shape.inputModes(), shape.outputModes(), TtTruncation.tolerance(1e-5));
            double error = TtAlgebra.relativeError(dense, one);
            Parallel.setThreads(3);
            TtMatrix three =
                    TtSvd.decompose(dense, shape.inputModes(), shape.outputModes(), TtTruncation.tolerance(1e-5));
            assertThat(one.shape()).isEqualTo(shape);
            assertThat(error).isLessThan(Tolerances.TRAIN);
            assertThat(TtAlgebra.relativeError(dense, three)).isEqualTo(error);
            for (int k = 0; k < shape.cores(); k++) {
                assertSameBits(three.cores().get(k).data(), one.cores().get(k).data(), "core " + k);
            }
        } finally {
            Parallel.setThreads(threads);
        }
    }

    @Test
    void coresBeforeTheLastAreLeftOrthogonal() {
        Tensor dense = Tensors.normal(10, 24, 12);
        TtMatrix train = TtSvd.decompose(dense, new int[] {2, 4, 3}, new int[] {3, 2, 2}, TtTruncation.ranks(4, 5));
        for (int k = 0; k < 2; k++) {
            DoubleMatrix core = DoubleTrain.of(train, "test").tall(k);
            DoubleMatrix gram = core.transpose().times(core);
            for (int i = 0; i < gram.rows() * gram.rows(); i++) {
                assertThat(gram.data()[i]).isCloseTo(i % (gram.rows() + 1) == 0 ? 1 : 0, offset(Tolerances.TRAIN));
            }
        }
    }

    @Test
    void wrongArgumentsAreNamed() {
        int[] in = {2, 3};
        int[] out = {2, 2};
        assertThatThrownBy(() -> TtSvd.decompose(Tensor.zeros(6, 5), in, out, TtTruncation.ranks(2)))
                .hasMessage("tt svd: input modes [2, 3] and output modes [2, 2] need a matrix [6, 4], got [6, 5]");
        assertThatThrownBy(() -> TtSvd.decompose(Tensor.zeros(6, 4), in, out, TtTruncation.ranks(2, 2)))
                .hasMessage("tensor train: 2 cores have 1 inner ranks (or one number for all), got [2, 2]");
        assertThatThrownBy(() -> TtSvd.decompose(Tensor.zeros(6, 4), in, out, TtTruncation.ranks()))
                .hasMessage("tensor train: 2 cores have 1 inner ranks (or one number for all), got []");
        Tensor bad = Tensor.zeros(6, 4);
        bad.data()[5] = Float.NaN;
        assertThatThrownBy(() -> TtSvd.decompose(bad, in, out, TtTruncation.ranks(2)))
                .hasMessage("tt svd: the matrix has values that are not finite");
        assertThatThrownBy(() -> TtTruncation.ranks(4, 0, 4))
                .hasMessage("tt truncation: ranks must be positive, got [4, 0, 4]");
        for (double tolerance : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> TtTruncation.tolerance(tolerance))
                    .hasMessage("tt truncation: the tolerance must lie between 0 and 1, got " + tolerance);
        }
    }
}
