package ttrnn.nn.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;

/**
 * How the matrix starts that leads the input of a layer to its gates, as a tensor train or as an ordinary matrix.
 *
 * <p>The variance meant is always that of the elements of the matrix, which in a train of d cores are sums over the ranks of
 * products of d core elements. Each gate is a matrix of its own: fans are the inputs and one gate's outputs.
 */
public enum Initializer {
    /**
     * As in the authors' TTRNN.py: Keras' Glorot uniform on the vector of all cores, whose fans are both the square root of
     * its length. The matrix it represents is far too large for frames of value - 128: nearly every gate starts saturated. An
     * ordinary matrix starts as {@link #GLOROT_UNIFORM} of all gates together, as in Keras 2, whose fans are those of the
     * whole kernel.
     */
    PUBLISHED,
    /** Normal, with the variance 2 / (inputs + outputs) (Glorot and Bengio 2010). */
    GLOROT,
    /** Uniform, with Glorot's variance; in a train it is the elements of the cores that are uniform. */
    GLOROT_UNIFORM,
    /** Normal, with the variance 2 / inputs (He et al. 2015). */
    HE,
    /** Normal, with the variance 1 / inputs (LeCun et al. 1998, section 4.6). */
    LECUN,
    /**
     * An ordinary matrix has orthonormal columns in each gate, or rows where it has fewer (Saxe et al. 2014). In a train each
     * core, unfolded to [r_k m_k n_k, r_{k+1}], has orthonormal columns, or rows where it has fewer, times one number for
     * all cores that gives the represented matrix the Frobenius norm of such orthogonal gates: the mean square of its
     * elements is 1 / max(inputs, outputs), exactly.
     */
    ORTHOGONAL,
    /**
     * A matrix of zeros. In a train only the last core is zero, the others start as {@link #GLOROT}: with a second core of
     * zeros no core would ever have a gradient.
     */
    ZEROS,
    /**
     * Normal, such that the outputs start with a variance near 1 for frames (byte - 128) * scale: the variance is 1 / (inputs
     * * 64^2 * scale^2), 64 being a typical deviation from 128.
     */
    SCALED;

    private static final double TYPICAL_PIXEL = 64;

    /** Draws the train of a single gate. */
    public TtMatrix matrix(TtShape shape, double inputScale, Rng rng) {
        return matrix(shape, 1, inputScale, rng);
    }

    /**
     * Draws a train; what is random in core k depends on the generator and k alone.
     *
     * @param gates how many gates share its columns
     * @param inputScale factor on byte - 128, for {@link #SCALED}
     */
    public TtMatrix matrix(TtShape shape, int gates, double inputScale, Rng rng) {
        double variance = variance(shape.inputSize(), perGate(shape.outputSize(), gates), inputScale);
        Rng cores = rng.split("core");
        if (this == ORTHOGONAL) {
            double norm = StrictMath.sqrt(variance * shape.inputSize() * shape.outputSize());
            return new TtMatrix(shape, OrthogonalCores.draw(shape, norm, cores));
        }
        double paths = 1;
        for (int k = 1; k < shape.cores(); k++) {
            paths *= shape.rank(k);
        }
        double deviation = StrictMath.pow(variance / paths, 0.5 / shape.cores());
        List<Tensor> drawn = new ArrayList<>();
        for (int k = 0; k < shape.cores(); k++) {
            Rng own = cores.split(k);
            Tensor core = Tensor.zeros(shape.coreShape(k));
            switch (this) {
                case PUBLISHED ->
                    Dense.fillUniform(core, StrictMath.sqrt(3 / StrictMath.sqrt((double) shape.parameters())), own);
                case GLOROT_UNIFORM -> Dense.fillUniform(core, StrictMath.sqrt(3) * deviation, own);
                default -> {
                    if (this != ZEROS || k < shape.cores() - 1) {
                        Dense.fillNormal(core, deviation, own);
                    }
                }
            }
            drawn.add(core);
        }
        return new TtMatrix(shape, drawn);
    }

    /**
     * Draws an ordinary matrix [inputs, outputs].
     *
     * @param outputs of all gates together
     * @param gates how many gates share the columns, one after another
     * @param inputScale factor on byte - 128, for {@link #SCALED}
     */
    public Tensor dense(int inputs, int outputs, int gates, double inputScale, Rng rng) {
        int hidden = perGate(outputs, gates);
        if (this == ORTHOGONAL) {
            return Dense.orthogonalGates(inputs, hidden, gates, rng);
        }
        Tensor matrix = Tensor.zeros(inputs, outputs);
        double deviation = StrictMath.sqrt(variance(inputs, this == PUBLISHED ? outputs : hidden, inputScale));
        switch (this) {
            case ZEROS -> {}
            case PUBLISHED, GLOROT_UNIFORM -> Dense.fillUniform(matrix, StrictMath.sqrt(3) * deviation, rng);
            default -> Dense.fillNormal(matrix, deviation, rng);
        }
        return matrix;
    }

    private double variance(int inputs, int hidden, double inputScale) {
        double typical = TYPICAL_PIXEL * inputScale;
        return switch (this) {
            case PUBLISHED, GLOROT, GLOROT_UNIFORM, ZEROS -> 2.0 / ((double) inputs + hidden);
            case HE -> 2.0 / inputs;
            case LECUN -> 1.0 / inputs;
            case ORTHOGONAL -> 1.0 / Math.max(inputs, hidden);
            case SCALED -> 1 / (inputs * typical * typical);
        };
    }

    private static int perGate(int outputs, int gates) {
        if (gates < 1 || outputs % gates != 0) {
            throw new IllegalArgumentException(
                    "initializer: " + outputs + " outputs cannot be divided into " + gates + " gates");
        }
        return outputs / gates;
    }

    /** For example {@code glorot-uniform}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
