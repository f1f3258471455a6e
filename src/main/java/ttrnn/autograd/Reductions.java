package ttrnn.autograd;

import java.util.Arrays;
import ttrnn.kernel.Kernels;
import ttrnn.tensor.Shape;

/** Sums and what is made of them. */
public final class Reductions {
    private Reductions() {}

    /** Sum of all elements, a scalar. Gradient: dx += dy; keeps nothing. */
    public static Variable sum(Variable x) {
        float y = Kernels.get().sum(x.data().length, x.data(), 0);
        return x.tape().record("sum", Shape.of(), new float[] {y}, dy -> x.accumulate(filled(x, dy[0])), x);
    }

    /** Mean of all elements, a scalar. Gradient: dx += dy / size; keeps nothing. */
    public static Variable mean(Variable x) {
        int size = x.shape().size();
        if (size == 0) {
            throw new IllegalArgumentException("mean: no elements in " + x.shape());
        }
        float y = Kernels.get().sum(size, x.data(), 0) / size;
        return x.tape().record("mean", Shape.of(), new float[] {y}, dy -> x.accumulate(filled(x, dy[0] / size)), x);
    }

    /** Sum of the squares of all elements, a scalar. Gradient: dx += 2 dy x; keeps x. */
    public static Variable sumOfSquares(Variable x) {
        float y = Kernels.get().dot(x.data().length, x.data(), 0, x.data(), 0);
        return x.tape()
                .record(
                        "sumOfSquares",
                        Shape.of(),
                        new float[] {y},
                        dy -> {
                            float[] dx = new float[x.shape().size()];
                            for (int i = 0; i < dx.length; i++) {
                                dx[i] = 2 * dy[0] * x.data()[i];
                            }
                            x.accumulate(dx);
                        },
                        x);
    }

    private static float[] filled(Variable x, float value) {
        float[] filled = new float[x.shape().size()];
        Arrays.fill(filled, value);
        return filled;
    }
}
