package ttrnn.testing;

import java.util.Arrays;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/** Random tensors for tests. */
public final class Tensors {
    private Tensors() {}

    /** Standard normal values times {@code deviation}. */
    public static Tensor normal(long seed, double deviation, int... dimensions) {
        Rng rng = new Rng(seed).split(Arrays.toString(dimensions));
        float[] data = new float[new Shape(dimensions).size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (rng.nextGaussian() * deviation);
        }
        return Tensor.of(data, dimensions);
    }

    /** Standard normal values. */
    public static Tensor normal(long seed, int... dimensions) {
        return normal(seed, 1, dimensions);
    }
}
