package ttrnn.nn;

import java.util.List;
import ttrnn.autograd.MatMul;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/** Affine map of rows: y = x W + b. Shapes x [rows, in], W [in, out], b [out], y [rows, out]. */
public final class Linear implements Module {
    private final String name;
    private final Tensor weight;
    private final Tensor bias;

    /** A layer of given weights, whose parameters are called {@code name.weight} and {@code name.bias}. */
    public Linear(String name, Tensor weight, Tensor bias) {
        if (weight.shape().rank() != 2
                || !bias.shape().equals(Shape.of(weight.shape().dimension(1)))) {
            throw new IllegalArgumentException("linear: weights [in, out] and a bias [out] are needed, got "
                    + weight.shape() + " and " + bias.shape());
        }
        this.name = name;
        this.weight = weight;
        this.bias = bias;
    }

    /** The matrix, [inputs, outputs]; not a copy. */
    public Tensor weight() {
        return weight;
    }

    /** x W + b for each row; [rows, inputs] to [rows, outputs]. */
    public Variable apply(Variable x) {
        Tape tape = x.tape();
        return MatMul.affine(x, tape.leaf(weight), tape.leaf(bias));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter(name + ".weight", weight), new Parameter(name + ".bias", bias));
    }
}
