package ttrnn.tt;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;
import org.ejml.dense.row.decomposition.svd.SvdImplicitQrDecompose_DDRM;
import org.ejml.dense.row.decomposition.svd.implicitqr.SvdImplicitQrAlgorithm_DDRM;

/**
 * QR and singular value decomposition; the one file that uses EJML. Only EJML's single-threaded classes are called, each
 * decomposition with an object of its own, so that a result is a function of the matrix alone (docs/decisions/0002).
 *
 * <p>Signs are made unique: the diagonal of R is not negative, and of each singular vector the first of its largest
 * elements is positive.
 */
final class LinearAlgebra {
    /** A = Q R with orthonormal columns of Q; for A of shape [m, n], Q [m, min(m, n)] and R [min(m, n), n]. */
    record Qr(DoubleMatrix q, DoubleMatrix r) {}

    /** Left singular vectors as columns, [m, min(m, n)], and singular values, the largest first. */
    record LeftSvd(DoubleMatrix vectors, double[] values) {}

    private LinearAlgebra() {}

    static Qr qr(DoubleMatrix a) {
        QRDecompositionHouseholderColumn_DDRM decomposition = decompose(a);
        DoubleMatrix q = of(decomposition.getQ(null, true));
        DoubleMatrix r = of(decomposition.getR(null, true));
        for (int k = 0; k < r.rows(); k++) {
            if (r.data()[k * r.columns() + k] < 0) {
                negate(r.data(), k * r.columns(), 1, r.columns());
                negate(q.data(), k, q.columns(), q.rows());
            }
        }
        return new Qr(q, r);
    }

    /** R of {@link #qr} alone, up to the signs of its rows. */
    static DoubleMatrix triangle(DoubleMatrix a) {
        return of(decompose(a).getR(null, true));
    }

    /** A wide matrix is first reduced to a square one by a QR decomposition, which leaves both results as they are. */
    static LeftSvd leftSvd(DoubleMatrix a) {
        if (a.columns() > a.rows()) {
            return leftSvd(triangle(a.transpose()).transpose());
        }
        Svd svd = new Svd();
        if (!svd.decompose(wrap(a))) {
            throw new ArithmeticException(
                    "svd: no convergence for a matrix of shape [" + a.rows() + ", " + a.columns() + "]");
        }
        int count = a.columns();
        double[] found = svd.getSingularValues();
        DMatrixRMaj transposed = svd.getU(null, true);
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted((x, y) -> Double.compare(found[y], found[x]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] values = new double[count];
        DoubleMatrix vectors = DoubleMatrix.zeros(a.rows(), count);
        for (int k = 0; k < count; k++) {
            values[k] = found[order[k]];
            double sign = sign(transposed.data, order[k] * a.rows(), a.rows());
            for (int i = 0; i < a.rows(); i++) {
                vectors.data()[i * count + k] = sign * transposed.data[order[k] * a.rows() + i];
            }
        }
        return new LeftSvd(vectors, values);
    }

    /** A column of zeros makes {@code decompose} return false, but leaves a correct result, so what it returns is no matter. */
    private static QRDecompositionHouseholderColumn_DDRM decompose(DoubleMatrix a) {
        QRDecompositionHouseholderColumn_DDRM decomposition = new QRDecompositionHouseholderColumn_DDRM();
        decomposition.decompose(wrap(a));
        return decomposition;
    }

    private static double sign(double[] data, int from, int count) {
        int largest = from;
        for (int i = from + 1; i < from + count; i++) {
            if (Math.abs(data[i]) > Math.abs(data[largest])) {
                largest = i;
            }
        }
        return data[largest] < 0 ? -1 : 1;
    }

    private static void negate(double[] data, int from, int step, int count) {
        for (int i = 0; i < count; i++) {
            data[from + i * step] = 0.0 - data[from + i * step];
        }
    }

    private static DMatrixRMaj wrap(DoubleMatrix a) {
        return DMatrixRMaj.wrap(a.rows(), a.columns(), a.data());
    }

    private static DoubleMatrix of(DMatrixRMaj a) {
        return new DoubleMatrix(a.numRows, a.numCols, a.data);
    }

    /** The thin decomposition without right vectors. */
    private static final class Svd extends SvdImplicitQrDecompose_DDRM {
        Svd() {
            super(true, true, false, false);
            qralg = new Steps();
        }
    }

    /**
     * EJML turns by a random angle (of a fixed seed) when 15 steps have not separated a value, and takes Math's sine and
     * cosine of it, whose last bit may differ between machines. Here the same turn is made by those of StrictMath.
     */
    static final class Steps extends SvdImplicitQrAlgorithm_DDRM {
        @Override
        protected void createBulge(int at, double p, double scale, boolean byAngle) {
            if (!byAngle) {
                super.createBulge(at, p, scale, false);
                return;
            }
            // The turn of a shift s has the cotangent ((b11 / k)^2 - s) / ((b11 / k) (b12 / k)); solved for s.
            double common = Math.max(Math.abs(diag[at]), Math.abs(off[at]));
            double b11 = diag[at] / common;
            double b12 = off[at] / common;
            double shift = b11 * b11 - b11 * b12 * (StrictMath.cos(p) / StrictMath.sin(p));
            super.createBulge(at, shift, common, false);
        }
    }
}
