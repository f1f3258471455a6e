package ttrnn.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;

/**
 * A recurrent layer whose last state is classified: scores = h_T W + b, one row a sequence. Shapes input [rows,
 * inputSize], scores [sequences, classes]. Yang et al. 2017, section 4.
 */
public final class SequenceClassifier implements Module {
    private final Gru rnn;
    private final Linear head;

    public SequenceClassifier(Gru rnn, Linear head) {
        if (head.weight().shape().dimension(0) != rnn.hiddenSize()) {
            throw new IllegalArgumentException(
                    "classifier: a state of " + rnn.hiddenSize() + " values needs a head of as many rows, got "
                            + head.weight().shape());
        }
        this.rnn = rnn;
        this.head = head;
    }

    public Gru rnn() {
        return rnn;
    }

    public Linear head() {
        return head;
    }

    public int classes() {
        return head.weight().shape().dimension(1);
    }

    /** Scores before the softmax, [sequences, classes]; {@code dropout} is null outside of training. */
    public Variable scores(Tape tape, RowSource rows, @Nullable DropoutMasks dropout) {
        Variable states = rnn.apply(tape, rows, dropout);
        return head.apply(Shaping.gatherRows(states, rows.splits().lastRows()));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(rnn.parameters());
        parameters.addAll(head.parameters());
        return parameters;
    }
}
