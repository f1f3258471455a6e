package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.ejml.UtilEjml;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.svd.implicitqr.SvdImplicitQrAlgorithm_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.testing.Tolerances;

class LinearAlgebraTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "5, 5", "17, 4", "4, 17", "1, 9", "9, 1", "64, 33"})
    void qrGivesOrthonormalColumnsAndAnUpperTriangleWhoseProductIsTheMatrix(int rows, int columns) {
        DoubleMatrix a = Trains.normal(rows, columns, 1);
        LinearAlgebra.Qr qr = LinearAlgebra.qr(a);
        assertOrthonormalColumns(qr.q());
        assertClose(qr.q().times(qr.r()), a);
        for (int i = 0; i < qr.r().rows(); i++) {
            assertThat(qr.r().data()[i * columns + i]).isNotNegative();
            for (int j = 0; j < Math.min(i, columns); j++) {
                assertThat(qr.r().data()[i * columns + j]).isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "6, 6", "17, 4", "4, 17", "1, 9", "9, 1", "40, 33", "33, 40"})
    void theLeftSvdFindsTheValuesAndVectorsAMatrixWasMadeOf(int rows, int columns) {
        int count = Math.min(rows, columns);
        DoubleMatrix u = LinearAlgebra.qr(Trains.normal(rows, count, 2)).q();
        DoubleMatrix v = LinearAlgebra.qr(Trains.normal(columns, count, 3)).q();
        DoubleMatrix scaled = u.firstColumns(count);
        for (int i = 0; i < scaled.data().length; i++) {
            scaled.data()[i] *= value(i % count);
        }
        LinearAlgebra.LeftSvd svd = LinearAlgebra.leftSvd(scaled.times(v.transpose()));
        assertOrthonormalColumns(svd.vectors());
        for (int k = 0; k < count; k++) {
            assertThat(svd.values()[k]).isCloseTo(value(k), offset(Tolerances.FACTORISATION));
            double dot = 0;
            double largest = 0;
            for (int i = 0; i < rows; i++) {
                double element = svd.vectors().data()[i * count + k];
                dot += element * u.data()[i * count + k];
                largest = Math.abs(element) > Math.abs(largest) ? element : largest;
            }
            assertThat(Math.abs(dot)).isCloseTo(1, offset(1e-9));
            assertThat(largest).isPositive();
        }
    }

    private static double value(int k) {
        return StrictMath.pow(0.7, k);
    }

    @Test
    void deficientAndZeroMatricesHaveOrthonormalVectorsToo() {
        DoubleMatrix thin = Trains.normal(12, 3, 4);
        DoubleMatrix deficient = thin.times(Trains.normal(3, 8, 5));
        LinearAlgebra.LeftSvd svd = LinearAlgebra.leftSvd(deficient);
        assertOrthonormalColumns(svd.vectors());
        assertThat(svd.values()[2]).isGreaterThan(1e-3);
        assertThat(svd.values()[3]).isLessThan(Tolerances.FACTORISATION);
        for (DoubleMatrix zero : new DoubleMatrix[] {DoubleMatrix.zeros(6, 4), DoubleMatrix.zeros(4, 6)}) {
            assertOrthonormalColumns(LinearAlgebra.leftSvd(zero).vectors());
            assertThat(LinearAlgebra.leftSvd(zero).values()).containsOnly(0);
            assertOrthonormalColumns(LinearAlgebra.qr(zero).q());
        }
        DoubleMatrix zeroColumn = Trains.normal(9, 4, 6);
        for (int i = 0; i < 9; i++) {
            zeroColumn.data()[i * 4 + 1] = 0;
        }
        LinearAlgebra.Qr qr = LinearAlgebra.qr(zeroColumn);
        assertOrthonormalColumns(qr.q());
        assertClose(qr.q().times(qr.r()), zeroColumn);
    }

    /** The turn that breaks a deadlock is rarely made (never in thousands of random matrices), so it is made here. */
    @Test
    void theTurnOfAStuckDecompositionIsThatOfEjml() {
        double[] diagonal = {3, -1, 2, 0.5, 4};
        double[] above = {1, 0.3, -2, 1};
        double[] ourDiagonal = diagonal.clone();
        double[] theirDiagonal = diagonal.clone();
        DMatrixRMaj ours = turned(new LinearAlgebra.Steps(), ourDiagonal, above.clone());
        DMatrixRMaj theirs = turned(new SvdImplicitQrAlgorithm_DDRM(), theirDiagonal, above.clone());
        for (int k = 0; k < 5; k++) {
            assertThat(Math.abs(ourDiagonal[k]))
                    .isCloseTo(Math.abs(theirDiagonal[k]), offset(Tolerances.FACTORISATION));
        }
        DMatrixRMaj bidiagonal = CommonOps_DDRM.diag(diagonal);
        for (int k = 0; k < above.length; k++) {
            bidiagonal.set(k, k + 1, above[k]);
        }
        for (int i = 0; i < 25; i++) {
            assertThat(ours.get(i)).isCloseTo(theirs.get(i), offset(Tolerances.FACTORISATION));
            assertThat(ours.get(i)).isCloseTo(bidiagonal.get(i), offset(Tolerances.FACTORISATION));
        }
    }

    /** U B V^T after three turns, where the diagonals of B must have changed. */
    private static DMatrixRMaj turned(SvdImplicitQrAlgorithm_DDRM algorithm, double[] diagonal, double[] above) {
        double[] before = diagonal.clone();
        algorithm.setMatrix(5, 5, diagonal, above);
        DMatrixRMaj ut = CommonOps_DDRM.identity(5);
        DMatrixRMaj vt = CommonOps_DDRM.identity(5);
        algorithm.setUt(ut);
        algorithm.setVt(vt);
        for (int n = 0; n < 3; n++) {
            algorithm.exceptionShift();
        }
        assertThat(diagonal).isNotEqualTo(before);
        DMatrixRMaj b = CommonOps_DDRM.diag(diagonal);
        for (int k = 0; k < above.length; k++) {
            b.set(k, k + 1, above[k]);
        }
        DMatrixRMaj left = new DMatrixRMaj(5, 5);
        DMatrixRMaj all = new DMatrixRMaj(5, 5);
        CommonOps_DDRM.multTransA(ut, b, left);
        CommonOps_DDRM.mult(left, vt, all);
        return all;
    }

    /** EJML takes it from Math.pow, which need not be exact, and compares with it what counts as zero. */
    @Test
    void theSmallestRelativeDifferenceIsTheSameOnEveryMachine() {
        assertThat(UtilEjml.EPS).isEqualTo(0x1p-52);
    }

    @Test
    void productsAndMatricesOfTheWrongSizeAreNamed() {
        assertThatThrownBy(() -> DoubleMatrix.zeros(2, 3).times(DoubleMatrix.zeros(4, 5)))
                .hasMessage("matrix product: inner sizes differ, left [2, 3], right [4, 5]");
        assertThatThrownBy(() -> new DoubleMatrix(2, 3, new double[5]))
                .hasMessage("matrix: [2, 3] does not hold 5 values");
    }

    static void assertOrthonormalColumns(DoubleMatrix q) {
        DoubleMatrix gram = q.transpose().times(q);
        for (int i = 0; i < gram.rows(); i++) {
            for (int j = 0; j < gram.columns(); j++) {
                assertThat(gram.data()[i * gram.columns() + j])
                        .as("column %d times column %d", i, j)
                        .isCloseTo(i == j ? 1 : 0, offset(Tolerances.FACTORISATION));
            }
        }
    }

    private static void assertClose(DoubleMatrix actual, DoubleMatrix expected) {
        for (int i = 0; i < expected.data().length; i++) {
            assertThat(actual.data()[i]).isCloseTo(expected.data()[i], offset(Tolerances.FACTORISATION * 10));
        }
    }
}
