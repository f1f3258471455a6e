package ttrnn.nn;

import java.util.ArrayList;
import java.util.List;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtMatMul;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtPlan;

/**
 * Linear map whose matrix is a tensor train: y = x W. Shapes x [rows, inputSize], y [rows, outputSize]. See {@link
 * TtMatMul}. Yang et al. 2017, section 3.1 (the tensor-train layer), without its bias.
 */
public final class TtLinear implements Projection {
    private final String name;
    private final TtMatrix matrix;
    private final TtPlan plan;

    /** A layer of the given cores, whose parameters are called {@code name.core.0}, … */
    public TtLinear(String name, TtMatrix matrix) {
        this.name = name;
        this.matrix = matrix;
        this.plan = TtPlan.of(matrix.shape());
    }

    /** The matrix as it is now; its cores are the parameters. */
    public TtMatrix matrix() {
        return matrix;
    }

    /** In which order the cores are contracted. */
    public TtPlan plan() {
        return plan;
    }

    @Override
    public int inputSize() {
        return matrix.shape().inputSize();
    }

    @Override
    public int outputSize() {
        return matrix.shape().outputSize();
    }

    @Override
    public Variable apply(Tape tape, RowSource rows) {
        return TtMatMul.product(tape, rows, plan, cores(tape));
    }

    @Override
    public Variable apply(Variable x, RowSplits splits) {
        return TtMatMul.product(x, splits, plan, cores(x.tape()));
    }

    private List<Variable> cores(Tape tape) {
        return matrix.cores().stream().map(tape::leaf).toList();
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (Tensor core : matrix.cores()) {
            parameters.add(new Parameter(name + ".core." + parameters.size(), core));
        }
        return parameters;
    }
}
