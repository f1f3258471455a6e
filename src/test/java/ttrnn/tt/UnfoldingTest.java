package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.testing.Tolerances;

class UnfoldingTest {
    /** Tall, square, of one stripe, of several pieces, of several stripes a piece. */
    @ParameterizedTest
    @CsvSource({
        "2, 3, 4, 2, 5",
        "3, 2, 2, 4, 3",
        "2, 3, 2, 9, 11",
        "2, 3, 2, 70, 95",
        "1, 3, 2, 100, 200",
        "1, 1, 1, 30, 50"
    })
    void theSvdAndTheProjectionAreThoseOfTheMatrixWrittenOut(int rank, int m, int n, int inputs, int outputs) {
        DoubleMatrix array = Trains.normal(rank * m * inputs, n * outputs, 1);
        DoubleMatrix matrix = DoubleMatrix.zeros(rank * m * n, inputs * outputs);
        for (int ri = 0; ri < rank * m; ri++) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < inputs; i++) {
                    System.arraycopy(
                            array.data(),
                            ((ri * inputs + i) * n + j) * outputs,
                            matrix.data(),
                            ((ri * n + j) * inputs + i) * outputs,
                            outputs);
                }
            }
        }
        Unfolding unfolding = new Unfolding(Unfolding.Source.of(array.data()), rank, m, n, inputs, outputs);
        LinearAlgebra.LeftSvd expected = LinearAlgebra.leftSvd(matrix);
        LinearAlgebra.LeftSvd found = unfolding.leftSvd();
        assertClose(found.values(), expected.values());
        assertClose(found.vectors().data(), expected.vectors().data());
        DoubleMatrix basis = Trains.normal(rank * m * n, 3, 2);
        assertClose(unfolding.project(basis), basis.transpose().times(matrix).data());
    }

    private static void assertClose(double[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            // Vectors of values that lie close to each other are known less well than the values.
            assertThat(actual[i]).isCloseTo(expected[i], offset(100 * Tolerances.FACTORISATION * largest));
        }
    }
}
