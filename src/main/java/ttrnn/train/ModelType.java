package ttrnn.train;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The models that can be trained. */
public enum ModelType {
    /** Gated recurrent units on a tensor-train input matrix. */
    TT_GRU;

    /** The model of a name such as {@code tt-gru}. */
    public static ModelType of(String name) {
        for (ModelType type : values()) {
            if (type.toString().equals(name)) {
                return type;
            }
        }
        throw new IllegalArgumentException("model: no model is called \"" + name + "\"; there is "
                + Arrays.stream(values()).map(ModelType::toString).collect(Collectors.joining(", ")));
    }

    /** For example {@code tt-gru}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
