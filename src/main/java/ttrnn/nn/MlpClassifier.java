package ttrnn.nn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/**
 * A perceptron of one hidden layer on a few frames of each sequence: h = relu(x P + b), scores = h W + c. With {@link
 * TtLinear} as P the TT-MLP, which Yang et al. 2017, section 4, compare with; they do not say how they sample frames, here
 * it is {@link SampledFrames}. Dropout masks x.
 */
public final class MlpClassifier implements Classifier {
    private final Projection projection;
    private final Tensor bias;
    private final Linear head;
    private final int frames;
    private final SampledFrames.Pooling pooling;
    private final float dropout;

    /**
     * A model of given weights.
     *
     * @param projection from the sampled frames to the hidden layer
     * @param bias [hidden], called {@code mlp.bias}
     * @param frames number of frames that are taken of a sequence
     * @param dropout share of the input dropped in training, 0 … 1
     */
    public MlpClassifier(
            Projection projection, Tensor bias, Linear head, int frames, SampledFrames.Pooling pooling, float dropout) {
        int hidden = projection.outputSize();
        if (!bias.shape().equals(Shape.of(hidden)) || head.weight().shape().dimension(0) != hidden) {
            throw new IllegalArgumentException("mlp: a bias [" + hidden + "] and a head [" + hidden
                    + ", classes] are needed, got " + bias.shape() + " and "
                    + head.weight().shape());
        }
        this.projection = projection;
        this.bias = bias;
        this.head = head;
        this.frames = frames;
        this.pooling = pooling;
        this.dropout = dropout;
    }

    @Override
    public Linear head() {
        return head;
    }

    @Override
    public Variable scores(Tape tape, RowSource rows, @Nullable DropoutMasks masks) {
        RowSource sampled = new SampledFrames(rows, frames, pooling);
        if (masks != null && dropout > 0) {
            sampled = new MaskedRows(sampled, masks.draw("mlp.input", sampled.columns(), dropout));
        }
        return scores(projection.apply(tape, sampled));
    }

    @Override
    public Variable scores(Variable x, RowSplits splits) {
        Variable sampled = SampledFrames.of(x, splits, frames, pooling);
        return scores(projection.apply(sampled, SampledFrames.oneRowEach(splits)));
    }

    private Variable scores(Variable projected) {
        Variable hidden = Elementwise.add(projected, projected.tape().leaf(bias));
        return head.apply(Elementwise.relu(hidden));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(projection.parameters());
        parameters.add(new Parameter("mlp.bias", bias));
        parameters.addAll(head.parameters());
        return parameters;
    }
}
