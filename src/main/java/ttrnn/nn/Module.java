package ttrnn.nn;

import java.util.List;

/** A part of a model that has weights. */
public interface Module {
    /** The weights in a fixed order, that of model files and of the optimiser. */
    List<Parameter> parameters();

    /** Number of weights. */
    default long parameterCount() {
        return parameters().stream().mapToLong(p -> p.value().size()).sum();
    }
}
