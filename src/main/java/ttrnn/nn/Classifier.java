package ttrnn.nn;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;

/** A model that tells the class of a sequence. */
public interface Classifier extends Module {
    /** Scores before the softmax, [sequences, classes]; {@code dropout} is null outside of training. */
    Variable scores(Tape tape, RowSource rows, @Nullable DropoutMasks dropout);

    /** The same of sequences whose steps are given, x [rows, inputSize], without dropout and with a gradient to them. */
    Variable scores(Variable x, RowSplits splits);

    /** The affine map to the scores. */
    Linear head();

    /** What belongs to the model, by its name in model files, but is no weight: training leaves it as it is. */
    default Map<String, Tensor> constants() {
        return Map.of();
    }

    /** Whether a clip may have several classes: the scores then go through logistic functions, not through a softmax. */
    default boolean severalLabels() {
        return false;
    }

    /** How many classes are told apart. */
    default int classes() {
        return head().weight().shape().dimension(1);
    }
}
