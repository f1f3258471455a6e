package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tolerances;

class TtAlgebraTest {
    private static final TtShape SHAPE = TtShape.of(new int[] {2, 3, 4, 3}, new int[] {6, 2, 2, 2}, 5, 7, 4);

    static Stream<TtShape> shapes() {
        return Trains.shapes();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void sumsMultiplesNormsAndInnerProductsAreThoseOfTheDenseMatrices(TtShape shape) {
        TtMatrix a = Trains.random(shape, 1);
        TtMatrix b = Trains.random(TtShape.of(shape.inputModes(), shape.outputModes(), 2), 50);
        double[] denseA = Trains.dense(a);
        double[] denseB = Trains.dense(b);
        TtMatrix sum = TtAlgebra.add(a, b);
        for (int k = 1; k < shape.cores(); k++) {
            assertThat(sum.shape().rank(k)).isEqualTo(shape.rank(k) + 2);
        }
        double[] denseSum = Trains.dense(sum);
        double[] denseMultiple = Trains.dense(TtAlgebra.scale(a, -2.5));
        double inner = 0;
        double difference = 0;
        double norm = Trains.dropped(denseA, 0);
        for (int i = 0; i < denseA.length; i++) {
            assertThat(denseSum[i]).isCloseTo(denseA[i] + denseB[i], offset(Tolerances.TRAIN * norm));
            assertThat(denseMultiple[i]).isCloseTo(-2.5 * denseA[i], offset(Tolerances.TRAIN * norm));
            inner += denseA[i] * denseB[i];
            difference += (denseA[i] - denseB[i]) * (denseA[i] - denseB[i]);
        }
        double product = norm * Trains.dropped(denseB, 0);
        assertThat(TtAlgebra.inner(a, b)).isCloseTo(inner, offset(Tolerances.FACTORISATION * product));
        assertThat(TtAlgebra.norm(a)).isCloseTo(norm, offset(Tolerances.FACTORISATION * norm));
        assertThat(TtAlgebra.relativeError(a, b)).isCloseTo(StrictMath.sqrt(difference) / norm, withPercentage(1e-8));
        assertThat(TtAlgebra.relativeError(b.toDense(), a))
                .isCloseTo(StrictMath.sqrt(difference) / Trains.dropped(denseB, 0), withPercentage(1e-3));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void orthogonalFormsHaveOrthonormalCoresTheSameMatrixAndTheNormAtTheEnd(TtShape shape) {
        TtMatrix a = Trains.random(shape, 2);
        DoubleTrain left = DoubleTrain.of(a, "test").leftOrthogonal();
        DoubleTrain right = DoubleTrain.of(a, "test").rightOrthogonal();
        int d = shape.cores();
        double norm = TtAlgebra.norm(a);
        for (int k = 0; k < d - 1; k++) {
            LinearAlgebraTest.assertOrthonormalColumns(left.tall(k));
            LinearAlgebraTest.assertOrthonormalColumns(right.wide(k + 1).transpose());
        }
        assertThat(DoubleTrain.length(left.cores()[d - 1])).isCloseTo(norm, withPercentage(1e-10));
        assertThat(DoubleTrain.length(right.cores()[0])).isCloseTo(norm, withPercentage(1e-10));
        assertThat(TtAlgebra.leftOrthogonal(a).shape()).isEqualTo(shape);
        assertThat(TtAlgebra.rightOrthogonal(a).shape()).isEqualTo(shape);
        assertThat(TtAlgebra.relativeError(a, TtAlgebra.leftOrthogonal(a))).isLessThan(Tolerances.TRAIN);
        assertThat(TtAlgebra.relativeError(a, TtAlgebra.rightOrthogonal(a))).isLessThan(Tolerances.TRAIN);
    }

    @Test
    void orthogonalFormsShrinkRanksThatAreLargerThanPossible() {
        TtMatrix a = Trains.random(TtShape.of(new int[] {2, 3, 2}, new int[] {1, 2, 2}, 9, 8), 3);
        assertThat(TtAlgebra.leftOrthogonal(a).shape().ranks()).containsExactly(1, 2, 8, 1);
        assertThat(TtAlgebra.rightOrthogonal(a).shape().ranks()).containsExactly(1, 9, 4, 1);
        assertThat(TtAlgebra.relativeError(a, TtAlgebra.leftOrthogonal(a))).isLessThan(Tolerances.TRAIN);
        assertThat(TtAlgebra.relativeError(a, TtAlgebra.rightOrthogonal(a))).isLessThan(Tolerances.TRAIN);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aMatrixAddedToItselfRoundsToItsOwnRanksAndTwiceItsValue(TtShape shape) {
        TtMatrix a = Trains.random(shape, 4);
        TtMatrix rounded = TtAlgebra.round(TtAlgebra.add(a, a), TtTruncation.tolerance(1e-5));
        assertThat(rounded.shape()).isEqualTo(shape);
        assertThat(TtAlgebra.relativeError(TtAlgebra.scale(a, 2), rounded)).isLessThan(Tolerances.TRAIN);
    }

    @Test
    void roundingIsAsGoodAsTheSvdOfTheDenseMatrix() {
        TtMatrix a = Trains.random(SHAPE, 5);
        for (TtTruncation truncation : new TtTruncation[] {
            TtTruncation.ranks(3), TtTruncation.ranks(2, 5, 1), TtTruncation.tolerance(0.3), TtTruncation.tolerance(0.8)
        }) {
            TtMatrix rounded = TtAlgebra.round(a, truncation);
            TtMatrix svd = TtSvd.decompose(a.toDense(), SHAPE.inputModes(), SHAPE.outputModes(), truncation);
            assertThat(rounded.shape()).isEqualTo(svd.shape());
            assertThat(TtAlgebra.relativeError(svd, rounded))
                    .as(truncation.toString())
                    .isLessThan(Tolerances.REFERENCE);
        }
        assertThat(TtAlgebra.relativeError(a, TtAlgebra.round(a, TtTruncation.tolerance(0.3))))
                .isLessThanOrEqualTo(0.3);
    }

    @Test
    void balancedCoresHaveEqualNormsAndTheSameMatrix() {
        TtMatrix a = TtAlgebra.scale(TtAlgebra.leftOrthogonal(Trains.random(SHAPE, 6)), 1000);
        TtMatrix balanced = TtAlgebra.balanced(a);
        double first = DoubleTrain.length(DoubleTrain.of(balanced, "test").cores()[0]);
        for (int k = 1; k < SHAPE.cores(); k++) {
            assertThat(DoubleTrain.length(DoubleTrain.of(balanced, "test").cores()[k]))
                    .isCloseTo(first, withPercentage(1e-4));
        }
        assertThat(TtAlgebra.relativeError(a, balanced)).isLessThan(Tolerances.TRAIN);
        TtMatrix zero = TtAlgebra.scale(a, 0);
        assertThat(TtAlgebra.balanced(zero)).isSameAs(zero);
    }

    @Test
    void elementsGetTheWantedMeanSquareByOneFactorForAllCores() {
        TtMatrix a = TtAlgebra.leftOrthogonal(Trains.random(SHAPE, 7));
        TtMatrix scaled = TtAlgebra.withElementVariance(a, 0.04);
        double squares = 0;
        for (double element : Trains.dense(scaled)) {
            squares += element * element;
        }
        assertThat(squares / SHAPE.denseParameters()).isCloseTo(0.04, withPercentage(1e-4));
        double factor = scaled.cores().get(0).data()[0] / a.cores().get(0).data()[0];
        for (int k = 0; k < SHAPE.cores(); k++) {
            assertThat((double) scaled.cores().get(k).data()[1])
                    .isCloseTo(factor * a.cores().get(k).data()[1], withPercentage(1e-3));
        }
    }

    @Test
    void errorsRelativeToAZeroMatrixAreZeroOrInfinite() {
        TtMatrix a = Trains.random(SHAPE, 8);
        TtMatrix zero = TtAlgebra.scale(a, 0);
        assertThat(TtAlgebra.relativeError(zero, zero)).isZero();
        assertThat(TtAlgebra.relativeError(zero, a)).isInfinite();
        assertThat(TtAlgebra.relativeError(a, zero)).isCloseTo(1, withPercentage(1e-9));
        assertThat(TtAlgebra.relativeError(a, a)).isLessThan(1e-14);
    }

    @Test
    void wrongArgumentsAreNamed() {
        TtMatrix a = Trains.random(TtShape.of(new int[] {2, 3}, new int[] {2, 2}, 2), 9);
        TtMatrix b = Trains.random(TtShape.of(new int[] {3, 2}, new int[] {2, 2}, 2), 9);
        String both = ": modes differ, left [2, 3] -> [2, 2], ranks [1, 2, 1]; right [3, 2] -> [2, 2], ranks [1, 2, 1]";
        assertThatThrownBy(() -> TtAlgebra.add(a, b)).hasMessage("tt add" + both);
        assertThatThrownBy(() -> TtAlgebra.inner(a, b)).hasMessage("tt inner product" + both);
        assertThatThrownBy(() -> TtAlgebra.relativeError(a, b)).hasMessage("tt relative error" + both);
        assertThatThrownBy(() -> TtAlgebra.relativeError(Tensor.zeros(6, 5), a))
                .hasMessage("tt relative error: [2, 3] -> [2, 2], ranks [1, 2, 1] is a matrix [6, 4],"
                        + " the other is [6, 5]");
        assertThatThrownBy(() -> TtAlgebra.scale(a, Double.NaN))
                .hasMessage("tt scale: the factor must be finite, got NaN");
        assertThatThrownBy(() -> TtAlgebra.scale(a, 1e60))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("tt scale: core 0 of [2, 3] -> [2, 2], ranks [1, 2, 1] is too large for single precision");
        assertThatThrownBy(() -> TtAlgebra.withElementVariance(a, 0))
                .hasMessageStartingWith(
                        "tt element variance: a matrix that is not zero and a positive variance are needed")
                .hasMessageEndingWith("variance 0.0");
        assertThatThrownBy(() -> TtAlgebra.withElementVariance(a, Double.POSITIVE_INFINITY))
                .hasMessageEndingWith("variance Infinity");
        TtMatrix zero = TtAlgebra.scale(a, 0);
        assertThatThrownBy(() -> TtAlgebra.withElementVariance(zero, 1))
                .hasMessageEndingWith("needed, got norm 0.0, variance 1.0");
        TtMatrix wider = Trains.random(TtShape.of(new int[] {2, 3}, new int[] {4, 1}, 2), 9);
        assertThatThrownBy(() -> TtAlgebra.add(a, wider))
                .hasMessage("tt add: modes differ, left [2, 3] -> [2, 2], ranks [1, 2, 1]; right [2, 3] -> [4, 1],"
                        + " ranks [1, 2, 1]");
        Tensor infinite = a.cores().get(1).copy();
        infinite.data()[3] = Float.POSITIVE_INFINITY;
        TtMatrix bad = new TtMatrix(a.shape(), List.of(a.cores().get(0), infinite));
        assertThatThrownBy(() -> TtAlgebra.round(bad, TtTruncation.ranks(1)))
                .hasMessage("tt round: core 1 of [2, 3] -> [2, 2], ranks [1, 2, 1] has values that are not finite");
        assertThatThrownBy(() -> TtAlgebra.round(a, TtTruncation.ranks(1, 1)))
                .hasMessage("tensor train: 2 cores have 1 inner ranks (or one number for all), got [1, 1]");
    }
}
