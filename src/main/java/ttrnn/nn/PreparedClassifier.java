package ttrnn.nn;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.Exponentials;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;

/**
 * A model before which the rows are prepared, as {@link InputPreparation} says. Shapes and gradients are the model's.
 *
 * @param mirror whether, outside of training, the scores are ln(p + q), the probabilities p being those of the clip and q those
 *     of its mirror image
 * @param severalLabels whether a clip may have several classes; mirrored, the scores are then ln(p + q) - ln(2 - p - q)
 */
public record PreparedClassifier(InputPreparation preparation, boolean mirror, boolean severalLabels, Classifier model)
        implements Classifier {
    @Override
    public Variable scores(Tape tape, RowSource rows, @Nullable DropoutMasks dropout) {
        Variable scores = model.scores(tape, new PreparedRows(rows, preparation, false), dropout);
        if (!mirror || tape.isRecording()) {
            return scores;
        }
        Variable mirrored = model.scores(tape, new PreparedRows(rows, preparation, true), dropout);
        return mean(scores, mirrored);
    }

    @Override
    public Variable scores(Variable x, RowSplits splits) {
        Variable scores = model.scores(preparation.apply(x, false), splits);
        return mirror ? mean(scores, model.scores(preparation.apply(x, true), splits)) : scores;
    }

    private Variable mean(Variable scores, Variable mirrored) {
        if (severalLabels) {
            Variable both = Elementwise.add(Elementwise.sigmoid(scores), Elementwise.sigmoid(mirrored));
            Variable neither = Elementwise.add(
                    Elementwise.sigmoid(Elementwise.negate(scores)), Elementwise.sigmoid(Elementwise.negate(mirrored)));
            return Elementwise.subtract(Exponentials.log(both), Exponentials.log(neither));
        }
        return Exponentials.log(Elementwise.add(Exponentials.softmax(scores), Exponentials.softmax(mirrored)));
    }

    @Override
    public Linear head() {
        return model.head();
    }

    @Override
    public List<Parameter> parameters() {
        return model.parameters();
    }

    @Override
    public Map<String, Tensor> constants() {
        return preparation.tensors();
    }
}
