package ttrnn.nn;

import java.util.List;
import ttrnn.autograd.RowProduct;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;

/** An ordinary matrix as projection: y = x W. Shapes x [rows, inputSize], W [inputSize, outputSize]. */
public final class DenseProjection implements Projection {
    private final String name;
    private final Tensor kernel;

    /** A projection whose parameter is called {@code name.kernel}. */
    public DenseProjection(String name, Tensor kernel) {
        if (kernel.shape().rank() != 2) {
            throw new IllegalArgumentException(
                    "dense projection: a matrix [inputs, outputs] is needed, got " + kernel.shape());
        }
        this.name = name;
        this.kernel = kernel;
    }

    @Override
    public int inputSize() {
        return kernel.shape().dimension(0);
    }

    @Override
    public int outputSize() {
        return kernel.shape().dimension(1);
    }

    @Override
    public Variable apply(Tape tape, RowSource rows) {
        return RowProduct.product(tape, rows, tape.leaf(kernel));
    }

    @Override
    public Variable apply(Variable x, RowSplits splits) {
        return RowProduct.product(x, splits, x.tape().leaf(kernel));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(name + ".kernel", kernel));
    }
}
