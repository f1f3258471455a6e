package ttrnn.nn.init;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;

/** How the cores of a tensor-train matrix start. */
public enum Initializer {
    /**
     * As in the authors' TTRNN.py: Keras' Glorot uniform on the vector of all cores, whose fans are both the square root of
     * its length. The matrix it represents is far too large for frames of value - 128: nearly every gate starts saturated.
     */
    PUBLISHED,
    /**
     * Normal cores such that the elements of the represented matrix have Glorot's variance 2 / (inputs + outputs) (Glorot
     * and Bengio 2010).
     */
    GLOROT,
    /**
     * Normal cores such that the outputs start with a variance near 1 for frames (byte - 128) * scale: the elements of the
     * represented matrix have the variance 1 / (inputs * 64^2 * scale^2), 64 being a typical deviation from 128.
     */
    SCALED;

    private static final double TYPICAL_PIXEL = 64;

    /** Draws a matrix; core k depends on the generator and k alone. */
    public TtMatrix matrix(TtShape shape, double inputScale, Rng rng) {
        double typical = TYPICAL_PIXEL * inputScale;
        double variance = switch (this) {
            case PUBLISHED -> 0;
            case GLOROT -> 2.0 / ((double) shape.inputSize() + shape.outputSize());
            case SCALED -> 1 / (shape.inputSize() * typical * typical);
        };
        double paths = 1;
        for (int k = 1; k < shape.cores(); k++) {
            paths *= shape.rank(k);
        }
        // An element of the matrix is a sum over the ranks of products of d core elements.
        double deviation = StrictMath.pow(variance / paths, 0.5 / shape.cores());
        double limit = StrictMath.sqrt(3 / StrictMath.sqrt((double) shape.parameters()));
        List<Tensor> cores = new ArrayList<>();
        for (int k = 0; k < shape.cores(); k++) {
            Rng own = rng.split("core").split(k);
            Tensor core = Tensor.zeros(shape.coreShape(k));
            for (int i = 0; i < core.size(); i++) {
                core.data()[i] = (float)
                        (this == PUBLISHED ? (2 * own.nextDouble() - 1) * limit : own.nextGaussian() * deviation);
            }
            cores.add(core);
        }
        return new TtMatrix(shape, cores);
    }

    /**
     * Draws an ordinary matrix [in, out] of which {@code gates} blocks of columns stand side by side.
     */
    public Tensor dense(int in, int out, double inputScale, Rng rng) {
        double typical = TYPICAL_PIXEL * inputScale;
        if (this == PUBLISHED) {
            return Dense.glorotUniform(in, out, rng);
        }
        double deviation = StrictMath.sqrt(this == GLOROT ? 2.0 / ((double) in + out) : 1 / (in * typical * typical));
        Tensor matrix = Tensor.zeros(in, out);
        for (int i = 0; i < matrix.size(); i++) {
            matrix.data()[i] = (float) (rng.nextGaussian() * deviation);
        }
        return matrix;
    }

    /** For example {@code glorot}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
