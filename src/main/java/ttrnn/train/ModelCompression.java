package ttrnn.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import ttrnn.nn.CellType;
import ttrnn.nn.Classifier;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtCompression;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;
import ttrnn.tt.TtTruncation;

/**
 * A model whose input matrix became a tensor train, or a train of lower ranks; all other weights are as they were.
 *
 * @param model the new model
 * @param compression what became of the input matrix
 */
public record ModelCompression(ModelFile model, TtCompression compression) {
    /**
     * Compresses a model of one recurrent layer: a dense one by TT-SVD, a train by rounding.
     *
     * @param file the model
     * @param inputModes factors of the frame size, for a dense model
     * @param outputModes factors of the hidden size, for a dense model
     * @throws IllegalArgumentException naming what does not fit
     */
    public static ModelCompression of(
            ModelFile file, List<Integer> inputModes, List<Integer> outputModes, TtTruncation truncation) {
        TrainConfig config = file.config();
        List<Architecture.Layer> layers = Architecture.of(config).layers();
        if (layers.size() != 1
                || layers.get(0).cell() == null
                || layers.get(0).trains().size() > 1) {
            throw new IllegalArgumentException(
                    "compress: a model of one recurrent layer with one input matrix is needed, this is a " + config
                            + " of " + layers.size() + " layers");
        }
        Architecture.Layer layer = layers.get(0);
        CellType cell = Objects.requireNonNull(layer.cell());
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Parameter parameter : file.model().parameters()) {
            weights.put(parameter.name(), parameter.value());
        }
        TtCompression compression = config.model().isTensorTrain()
                ? TtCompression.ofTrain(train(layer, weights), truncation)
                : TtCompression.ofDense(kernel(weights), cell.gates(), ints(inputModes), ints(outputModes), truncation);
        List<Tensor> cores = compression.matrix().cores();
        for (int k = 0; k < cores.size(); k++) {
            weights.put("rnn.core." + k, cores.get(k));
        }
        int[] ranks = compression.matrix().shape().ranks();
        TrainConfig changed = config.with(Settings.MODEL, ModelType.valueOf("TT_" + cell.name()))
                .with(Settings.GATE_TRAINS, "shared")
                .with(
                        Settings.RANKS,
                        Arrays.stream(ranks, 1, Math.max(2, ranks.length - 1))
                                .boxed()
                                .toList());
        if (!config.model().isTensorTrain()) {
            changed = changed.with(Settings.INPUT_MODES, inputModes).with(Settings.OUTPUT_MODES, outputModes);
        }
        Classifier model = Preparations.of(
                changed,
                file.preprocessing().width(),
                file.preprocessing().height(),
                file.model().constants(),
                Models.of(changed, weights));
        ModelFile result = new ModelFile(changed, file.classes(), file.preprocessing(), model);
        return new ModelCompression(result, compression);
    }

    private static TtMatrix train(Architecture.Layer layer, Map<String, Tensor> weights) {
        TtShape shape = layer.trains().get(0);
        Tensor[] cores = new Tensor[shape.cores()];
        for (int k = 0; k < cores.length; k++) {
            cores[k] = Objects.requireNonNull(weights.get("rnn.core." + k));
        }
        return new TtMatrix(shape, List.of(cores));
    }

    private static Tensor kernel(Map<String, Tensor> weights) {
        return Objects.requireNonNull(weights.remove("rnn.kernel"));
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
