package ttrnn.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;

/**
 * Layers one upon the other, of whose last one the last state is classified: scores = h_T W + b, one row a sequence; or the
 * mean of all its states instead of h_T. Shapes input [rows, inputSize], scores [sequences, classes]. Yang et al. 2017,
 * section 4, with the last state.
 */
public final class SequenceClassifier implements Classifier {
    /** Which states the head sees. */
    public enum Pooling {
        /** The last one. */
        LAST,
        /** The mean of all. */
        MEAN;

        /** For example {@code mean}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final List<SequenceLayer> layers;
    private final Linear head;
    private final Pooling pooling;

    /** Layers from the input on; each takes what the one before it gives. The head sees the last state. */
    public SequenceClassifier(List<? extends SequenceLayer> layers, Linear head) {
        this(layers, head, Pooling.LAST);
    }

    /** Layers from the input on; each takes what the one before it gives. */
    public SequenceClassifier(List<? extends SequenceLayer> layers, Linear head, Pooling pooling) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("classifier: at least one layer is needed");
        }
        this.layers = List.copyOf(layers);
        this.head = head;
        this.pooling = pooling;
        for (int k = 1; k <= layers.size(); k++) {
            int given = layers.get(k - 1).outputSize();
            int wanted = k < layers.size()
                    ? layers.get(k).inputSize()
                    : head.weight().shape().dimension(0);
            if (given != wanted) {
                throw new IllegalArgumentException("classifier: layer " + (k - 1) + " gives " + given + " values, "
                        + (k < layers.size() ? "layer " + k : "the head") + " takes " + wanted);
            }
        }
    }

    /** The layers below the head, the first one first. */
    public List<SequenceLayer> layers() {
        return layers;
    }

    @Override
    public Linear head() {
        return head;
    }

    @Override
    public Variable scores(Tape tape, RowSource rows, @Nullable DropoutMasks dropout) {
        return scores(layers.get(0).apply(tape, rows, dropout), rows.splits(), dropout);
    }

    @Override
    public Variable scores(Variable x, RowSplits splits) {
        return scores(layers.get(0).apply(x, splits, null), splits, null);
    }

    private Variable scores(SequenceLayer.Output first, RowSplits splits, @Nullable DropoutMasks dropout) {
        SequenceLayer.Output output = first;
        for (SequenceLayer layer : layers.subList(1, layers.size())) {
            output = layer.apply(output.steps(), splits, dropout);
        }
        return head.apply(pooling == Pooling.LAST ? output.last() : Reductions.meanOfSequences(output.steps(), splits));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        layers.forEach(layer -> parameters.addAll(layer.parameters()));
        parameters.addAll(head.parameters());
        return parameters;
    }
}
