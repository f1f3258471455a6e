package ttrnn.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.nn.Classifier;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/**
 * What a step learns from its clips.
 *
 * @param gradients of the mean loss, by the model's own arrays of weights
 * @param loss mean cross-entropy, with the targets as they are
 * @param right clips whose most probable class is theirs, or one of theirs
 * @param saturation share of the gates that are saturated; NaN for a model without gates
 */
public record StepGradients(Gradients gradients, double loss, int right, double saturation) {
    /**
     * What {@code sum} says of a whole batch, as a training takes it.
     *
     * @param sum scores of the batch's clips in their order, and the sums of their gradients
     */
    public static StepGradients of(TrainConfig config, Classifier model, List<Example> batch, ClipGradients sum) {
        Map<Tensor, Tensor> byLeaf = new LinkedHashMap<>();
        if (sum.gradients().length != model.parameterCount()) {
            throw new IllegalArgumentException("gradients: the model has " + model.parameterCount()
                    + " weights, there are gradients of " + sum.gradients().length);
        }
        int from = 0;
        for (Parameter parameter : model.parameters()) {
            Tensor gradient = Tensor.zeros(parameter.value().shape());
            System.arraycopy(sum.gradients(), from, gradient.data(), 0, gradient.size());
            from += gradient.size();
            byLeaf.put(parameter.value(), gradient);
        }
        Variable scores =
                Tape.withoutGradients().constant(Tensor.of(sum.scores(), Shape.of(batch.size(), model.classes())));
        double loss = StepLoss.crossEntropy(config, scores, batch, batch.size())
                .value()
                .item();
        return new StepGradients(
                Gradients.of(byLeaf), loss, right(scores, batch), (double) sum.saturated() / sum.gates());
    }

    static int right(Variable scores, List<Example> batch) {
        int classes = scores.shape().dimension(1);
        int right = 0;
        for (int i = 0; i < batch.size(); i++) {
            float[] row = new float[classes];
            System.arraycopy(scores.data(), i * classes, row, 0, classes);
            right += batch.get(i).labels().contains(Evaluation.best(row)) ? 1 : 0;
        }
        return right;
    }
}
