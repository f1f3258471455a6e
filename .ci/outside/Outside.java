import ttrnn.kernel.Kernels;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/** A program of somebody else's, on the jar alone. */
final class Outside {
    private Outside() {}

    public static void main(String[] args) {
        Shape shape = Shape.of(2, 3);
        Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, shape);
        if (tensor.shape().size() != 6) {
            throw new AssertionError("a tensor of " + tensor.shape());
        }
        // The library never starts another JVM: here nobody asked for the Vector API.
        if (!Kernels.describe().equals("scalar")) {
            throw new AssertionError(Kernels.describe() + ": " + Kernels.reason());
        }
        System.out.println("outside: " + tensor.shape() + ", kernels " + Kernels.describe());
    }
}
