package ttrnn.testing;

import java.util.List;
import java.util.function.Function;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Tensor;

/** A function to differentiate, and where. */
public record GradientCase(Function<List<Variable>, Variable> function, Tensor... inputs) {
    /** The cases of an operation, for a seed. */
    public interface Source {
        List<GradientCase> of(long seed);
    }
}
