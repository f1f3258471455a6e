package ttrnn.nn;

import java.util.List;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;

/**
 * A projection of its own for each gate, side by side: one train per gate, where {@link TtLinear} over all gates shares one
 * (Yang et al. 2017, section 3.2, says why sharing is cheaper). Shapes x [rows, inputSize], y [rows, sum of the sizes].
 */
public final class SeparateGates implements Projection {
    private final List<Projection> gates;

    /** Projections in the order of the cell's gates, all from inputs of one size. */
    public SeparateGates(List<? extends Projection> gates) {
        this.gates = List.copyOf(gates);
        if (gates.isEmpty()
                || gates.stream().mapToInt(Projection::inputSize).distinct().count() != 1) {
            throw new IllegalArgumentException(
                    "separate gates: at least one projection is needed, all from inputs of one"
                            + " size, got sizes "
                            + gates.stream().map(Projection::inputSize).toList());
        }
    }

    @Override
    public int inputSize() {
        return gates.get(0).inputSize();
    }

    @Override
    public int outputSize() {
        return gates.stream().mapToInt(Projection::outputSize).sum();
    }

    @Override
    public Variable apply(Tape tape, RowSource rows) {
        return sideBySide(gates.stream().map(gate -> gate.apply(tape, rows)).toList());
    }

    @Override
    public Variable apply(Variable x, RowSplits splits) {
        return sideBySide(gates.stream().map(gate -> gate.apply(x, splits)).toList());
    }

    private static Variable sideBySide(List<Variable> parts) {
        return Shaping.concatenate(1, parts.toArray(Variable[]::new));
    }

    @Override
    public List<Parameter> parameters() {
        return gates.stream().flatMap(gate -> gate.parameters().stream()).toList();
    }
}
