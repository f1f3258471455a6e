package ttrnn.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/**
 * Layer of gated recurrent units on any projection of its input: with {@link TtLinear} the TT-GRU of Yang et al. 2017,
 * section 3.2. Formulas in {@link GruSequence}. Shapes input [rows, inputSize], result [rows, hidden], the state after
 * each step.
 */
public final class Gru implements Module {
    private final String name;
    private final Projection projection;
    private final Tensor recurrent;
    private final Tensor bias;
    private final GateActivation activation;
    private final float recurrentDropout;

    /**
     * A layer of given weights.
     *
     * @param name first part of the parameters' names
     * @param projection from the input to the three gates z, r, h
     * @param recurrent U [hidden, 3 hidden]
     * @param bias [3 hidden]
     * @param recurrentDropout share of the state dropped in training, 0 … 1
     */
    public Gru(
            String name,
            Projection projection,
            Tensor recurrent,
            Tensor bias,
            GateActivation activation,
            float recurrentDropout) {
        int hidden = projection.outputSize() / 3;
        if (projection.outputSize() != 3 * hidden
                || !recurrent.shape().equals(Shape.of(hidden, 3 * hidden))
                || !bias.shape().equals(Shape.of(3 * hidden))) {
            throw new IllegalArgumentException(
                    "gru: a projection to 3 hidden, recurrent weights [hidden, 3 hidden] and a"
                            + " bias [3 hidden] are needed, got " + projection.outputSize() + ", " + recurrent.shape()
                            + " and "
                            + bias.shape());
        }
        if (!(recurrentDropout >= 0 && recurrentDropout < 1)) {
            throw new IllegalArgumentException(
                    "gru: recurrent dropout must be at least 0 and less than 1, got " + recurrentDropout);
        }
        this.name = name;
        this.projection = projection;
        this.recurrent = recurrent;
        this.bias = bias;
        this.activation = activation;
        this.recurrentDropout = recurrentDropout;
    }

    public int hiddenSize() {
        return recurrent.shape().dimension(0);
    }

    public Projection projection() {
        return projection;
    }

    /** States of all steps, for rows that are loaded as needed; {@code dropout} is null outside of training. */
    public Variable apply(Tape tape, RowSource rows, @Nullable DropoutMasks dropout) {
        return run(projection.apply(tape, rows), rows.splits(), dropout);
    }

    /** States of all steps, for steps x [rows, inputSize]; {@code dropout} is null outside of training. */
    public Variable apply(Variable x, RowSplits splits, @Nullable DropoutMasks dropout) {
        return run(projection.apply(x, splits), splits, dropout);
    }

    private Variable run(Variable projected, RowSplits splits, @Nullable DropoutMasks dropout) {
        Tape tape = projected.tape();
        float[] masks = dropout == null || recurrentDropout == 0
                ? null
                : dropout.draw(name + ".recurrent", hiddenSize(), recurrentDropout);
        return GruSequence.apply(projected, tape.leaf(recurrent), tape.leaf(bias), splits, activation, masks);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(projection.parameters());
        parameters.add(new Parameter(name + ".recurrent", recurrent));
        parameters.add(new Parameter(name + ".bias", bias));
        return parameters;
    }
}
