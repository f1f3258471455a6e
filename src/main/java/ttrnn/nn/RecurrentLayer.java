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
 * Recurrent cells on a projection of their input: with {@link TtLinear} the TT-RNN, TT-GRU and TT-LSTM of Yang et al. 2017,
 * section 3.2, with {@link DenseProjection} their dense twins.
 *
 * <p>Formulas in {@link GruSequence} and {@link CellSequence}. Shapes input [rows, inputSize], result [rows, hidden], the
 * state h after each step. In training whole inputs and states are dropped by masks, one for all steps of a sequence (Gal
 * and Ghahramani 2016).
 */
public final class RecurrentLayer implements SequenceLayer {
    private final String name;
    private final CellType cell;
    private final Projection projection;
    private final Tensor recurrent;
    private final Tensor bias;
    private final Options options;

    /**
     * What a layer does beside its cell.
     *
     * @param activation what squashes the gates
     * @param dropout share of the input dropped in training, 0 … 1
     * @param recurrentDropout share of the state dropped in training, 0 … 1
     * @param backward whether it runs from the last step to the first
     * @param resetAfter whether the reset gate of a GRU comes after the recurrent product; its bias is [4 hidden] then
     */
    public record Options(
            GateActivation activation, float dropout, float recurrentDropout, boolean backward, boolean resetAfter) {
        public Options(GateActivation activation, float dropout, float recurrentDropout, boolean backward) {
            this(activation, dropout, recurrentDropout, backward, false);
        }

        public Options {
            checkShare("dropout", dropout);
            checkShare("recurrent dropout", recurrentDropout);
        }

        /** Forward and without dropout. */
        public static Options of(GateActivation activation) {
            return new Options(activation, 0, 0, false);
        }

        private static void checkShare(String name, float share) {
            if (!(share >= 0 && share < 1)) {
                throw new IllegalArgumentException(
                        "recurrent layer: " + name + " must be at least 0 and less than 1, got " + share);
            }
        }
    }

    /**
     * A layer of given weights.
     *
     * @param name first part of the parameters' names
     * @param projection from the input to the gates, in the order of {@link CellType}
     * @param recurrent U [hidden, gates hidden]
     * @param bias [gates hidden]
     */
    public RecurrentLayer(
            String name, CellType cell, Projection projection, Tensor recurrent, Tensor bias, Options options) {
        int hidden = projection.outputSize() / cell.gates();
        int width = cell.gates() * hidden;
        int biases = options.resetAfter ? width + hidden : width;
        if (options.resetAfter && cell != CellType.GRU) {
            throw new IllegalArgumentException(cell + ": only a gru has a reset gate");
        }
        if (projection.outputSize() != width
                || !recurrent.shape().equals(Shape.of(hidden, width))
                || !bias.shape().equals(Shape.of(biases))) {
            String gates = cell.gates() == 1 ? "hidden" : cell.gates() + " hidden";
            throw new IllegalArgumentException(cell + ": a projection to " + gates + ", recurrent weights [hidden, "
                    + gates + "] and a bias [" + (options.resetAfter ? "4 hidden" : gates) + "] are needed, got "
                    + projection.outputSize() + ", "
                    + recurrent.shape() + " and " + bias.shape());
        }
        this.name = name;
        this.cell = cell;
        this.projection = projection;
        this.recurrent = recurrent;
        this.bias = bias;
        this.options = options;
    }

    /** Which cell the layer runs. */
    public CellType cell() {
        return cell;
    }

    /** What multiplies the inputs. */
    public Projection projection() {
        return projection;
    }

    @Override
    public int inputSize() {
        return projection.inputSize();
    }

    /** The hidden size. */
    @Override
    public int outputSize() {
        return recurrent.shape().dimension(0);
    }

    @Override
    public RecurrentStates apply(Tape tape, RowSource rows, @Nullable DropoutMasks dropout) {
        return apply(tape, rows, null, dropout);
    }

    /**
     * Runs over rows that are loaded as needed.
     *
     * @param initial states before the first steps [sequences, state], such as {@link RecurrentStates#state} of the part
     *     before; null for zeros
     */
    public RecurrentStates apply(
            Tape tape, RowSource rows, @Nullable Variable initial, @Nullable DropoutMasks dropout) {
        RowSource seen = dropout == null || options.dropout == 0
                ? rows
                : new MaskedRows(rows, dropout.draw(name + ".input", inputSize(), options.dropout));
        return run(projection.apply(tape, seen), rows.splits(), initial, dropout);
    }

    @Override
    public RecurrentStates apply(Variable x, RowSplits splits, @Nullable DropoutMasks dropout) {
        return apply(x, splits, null, dropout);
    }

    /** Runs over steps x [rows, inputSize], from given states or null for zeros. */
    public RecurrentStates apply(
            Variable x, RowSplits splits, @Nullable Variable initial, @Nullable DropoutMasks dropout) {
        Variable seen = dropout == null || options.dropout == 0
                ? x
                : MaskedRows.multiply(x, splits, dropout.draw(name + ".input", inputSize(), options.dropout));
        return run(projection.apply(seen, splits), splits, initial, dropout);
    }

    private RecurrentStates run(
            Variable projected, RowSplits splits, @Nullable Variable initial, @Nullable DropoutMasks dropout) {
        Tape tape = projected.tape();
        float[] masks = dropout == null || options.recurrentDropout == 0
                ? null
                : dropout.draw(name + ".recurrent", outputSize(), options.recurrentDropout);
        Variable x = options.backward ? RecurrentStates.reversed(projected, splits) : projected;
        Variable u = tape.leaf(recurrent);
        Variable b = tape.leaf(bias);
        Variable states = options.resetAfter
                ? ResetAfterCell.run(x, u, b, initial, splits, options.activation, masks)
                : cell.run(x, u, b, initial, splits, options.activation, masks);
        return new RecurrentStates(states, initial, splits, outputSize(), options.backward);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(projection.parameters());
        parameters.add(new Parameter(name + ".recurrent", recurrent));
        parameters.add(new Parameter(name + ".bias", bias));
        return parameters;
    }
}
