import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.GradientCheck;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.nn.DropoutMasks;
import ttrnn.nn.Parameter;
import ttrnn.nn.Projection;
import ttrnn.nn.SequenceLayer;
import ttrnn.nn.TtLinear;
import ttrnn.nn.init.Initializer;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtShape;

/**
 * A layer that the library does not have: what a tensor train makes of each step and of the step before it, h_t =
 * tanh(x_t P + x_{t-1} P), x_0 being zero. java -cp ttrnn.jar OwnLayer.java checks its gradient.
 */
public final class OwnLayer implements SequenceLayer {
    private final Projection projection;

    public OwnLayer(Projection projection) {
        this.projection = projection;
    }

    /** What SequenceClassifier asks of a layer's result. */
    private record Steps(Variable steps, RowSplits splits) implements Output {
        @Override
        public Variable last() {
            return Shaping.gatherRows(steps, splits.lastRows());
        }
    }

    @Override
    public int inputSize() {
        return projection.inputSize();
    }

    @Override
    public int outputSize() {
        return projection.outputSize();
    }

    @Override
    public Output apply(Tape tape, RowSource rows, @Nullable DropoutMasks dropout) {
        return steps(projection.apply(tape, rows), rows.splits());
    }

    @Override
    public Output apply(Variable x, RowSplits splits, @Nullable DropoutMasks dropout) {
        return steps(projection.apply(x, splits), splits);
    }

    /** Operations of the library bring their gradients with them. */
    private static Output steps(Variable projected, RowSplits splits) {
        int[] before = new int[splits.rows()];
        for (int b = 0; b < splits.count(); b++) {
            for (int row = splits.start(b); row < splits.start(b + 1); row++) {
                before[row] = row == splits.start(b) ? -1 : row - 1; // -1: a row of zeros
            }
        }
        Variable sum = Elementwise.add(projected, Shaping.gatherRows(projected, before));
        return new Steps(Elementwise.tanh(sum), splits);
    }

    @Override
    public List<Parameter> parameters() {
        return projection.parameters();
    }

    public static void main(String[] args) {
        Rng rng = new Rng(2);
        TtShape shape = TtShape.of(new int[] {2, 3}, new int[] {2, 2}, 2);
        OwnLayer layer = new OwnLayer(new TtLinear("own", Initializer.GLOROT.matrix(shape, 1, rng)));
        RowSplits splits = RowSplits.ofLengths(3, 2);
        Tensor x = Tensor.zeros(5, 6);
        for (int i = 0; i < x.size(); i++) {
            x.data()[i] = (float) rng.nextGaussian();
        }
        GradientCheck.of(v -> layer.apply(v.get(0), splits, null).steps())
                .input("x", x)
                .run()
                .assertPassed();
        System.out.println("the gradient is right");
    }
}
