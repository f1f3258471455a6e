package ttrnn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ttrnn.nn.Gru;
import ttrnn.nn.Linear;
import ttrnn.nn.SequenceClassifier;
import ttrnn.nn.TtLinear;
import ttrnn.nn.init.Dense;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;

/** Builds the model of a configuration, from random weights or from those of a file. */
public final class Models {
    private Models() {}

    /** A new model; its weights are a function of the configuration's seed. */
    public static SequenceClassifier create(TrainConfig config, int classes) {
        Rng rng = new Rng(config.seed()).split("weights");
        int hidden = config.hiddenSize();
        TtMatrix matrix = config.initializer().matrix(config.trainShape(), config.inputScale(), rng.split("rnn"));
        return build(
                config,
                matrix,
                Dense.orthogonal(hidden, 3 * hidden, rng.split("rnn.recurrent")),
                Tensor.zeros(3 * hidden),
                Dense.glorotUniform(hidden, classes, rng.split("head.weight")),
                Tensor.zeros(classes));
    }

    /**
     * The model of a configuration with given weights, by their names in model files.
     *
     * @throws IllegalArgumentException naming a weight that is missing, too many, or of the wrong shape
     */
    public static SequenceClassifier of(TrainConfig config, Map<String, Tensor> weights) {
        TtShape shape = config.trainShape();
        List<Tensor> cores = new ArrayList<>();
        for (int k = 0; k < shape.cores(); k++) {
            cores.add(weight(weights, "rnn.core." + k));
        }
        SequenceClassifier model = build(
                config,
                new TtMatrix(shape, cores),
                weight(weights, "rnn.recurrent"),
                weight(weights, "rnn.bias"),
                weight(weights, "head.weight"),
                weight(weights, "head.bias"));
        if (weights.size() != model.parameters().size()) {
            throw new IllegalArgumentException("model: a " + config.model() + " has "
                    + model.parameters().size() + " weights, the file has " + weights.size() + ": " + weights.keySet());
        }
        return model;
    }

    private static SequenceClassifier build(
            TrainConfig config, TtMatrix matrix, Tensor recurrent, Tensor bias, Tensor headWeight, Tensor headBias) {
        Gru rnn = new Gru("rnn", new TtLinear("rnn", matrix), recurrent, bias, config.gateActivation(), (float)
                config.recurrentDropout());
        return new SequenceClassifier(rnn, new Linear("head", headWeight, headBias));
    }

    private static Tensor weight(Map<String, Tensor> weights, String name) {
        Tensor tensor = weights.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("model: the weight " + name + " is missing");
        }
        return tensor;
    }
}
