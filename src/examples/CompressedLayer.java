import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtSvd;
import ttrnn.tt.TtTruncation;

/** Makes a tensor train of a dense matrix by TT-SVD, to an error that is given: java -cp ttrnn.jar CompressedLayer.java */
public final class CompressedLayer {
    private static final int[] INPUT_MODES = {6, 5, 8};
    private static final int[] OUTPUT_MODES = {4, 4, 4};

    public static void main(String[] args) {
        Tensor dense = smooth();
        for (double error : new double[] {0.001, 0.01, 0.1}) {
            TtMatrix train = TtSvd.decompose(dense, INPUT_MODES, OUTPUT_MODES, TtTruncation.tolerance(error));
            System.out.printf(
                    java.util.Locale.ROOT,
                    "%d numbers instead of %d, relative error %.5f (asked: %.3f)%n",
                    train.shape().parameters(),
                    train.shape().denseParameters(),
                    distance(dense, train.toDense()),
                    error);
        }
    }

    /** A matrix of smooth waves and a little noise, as weights of neighbouring pixels are alike. */
    private static Tensor smooth() {
        Rng rng = new Rng(3);
        Tensor matrix = Tensor.zeros(240, 64);
        for (int i = 0; i < 240; i++) {
            for (int j = 0; j < 64; j++) {
                double wave = StrictMath.sin(0.02 * i + 0.05 * j) + StrictMath.cos(0.03 * i) * StrictMath.sin(0.1 * j);
                matrix.data()[i * 64 + j] = (float) (wave + 0.002 * rng.nextGaussian());
            }
        }
        return matrix;
    }

    private static double distance(Tensor a, Tensor b) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < a.size(); i++) {
            double d = a.data()[i] - b.data()[i];
            difference += d * d;
            norm += (double) a.data()[i] * a.data()[i];
        }
        return Math.sqrt(difference / norm);
    }
}
