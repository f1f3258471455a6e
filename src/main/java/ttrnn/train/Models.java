package ttrnn.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import ttrnn.nn.Bidirectional;
import ttrnn.nn.CellType;
import ttrnn.nn.Classifier;
import ttrnn.nn.DenseProjection;
import ttrnn.nn.Linear;
import ttrnn.nn.MlpClassifier;
import ttrnn.nn.Parameter;
import ttrnn.nn.Projection;
import ttrnn.nn.RecurrentLayer;
import ttrnn.nn.SeparateGates;
import ttrnn.nn.SequenceClassifier;
import ttrnn.nn.SequenceLayer;
import ttrnn.nn.TtLinear;
import ttrnn.nn.init.Biases;
import ttrnn.nn.init.Dense;
import ttrnn.nn.init.Initializer;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;

/** Builds the model of a configuration, from random weights or from those of a file. */
public final class Models {
    private final TrainConfig config;
    private final int classes;
    /** Weights by name; null to draw them. */
    private final @Nullable Map<String, Tensor> given;

    private final Rng rng;

    private Models(TrainConfig config, int classes, @Nullable Map<String, Tensor> given) {
        this.config = config;
        this.classes = classes;
        this.given = given;
        this.rng = new Rng(config.seed()).split("weights");
    }

    /** A new model; its weights are a function of the configuration's seed. */
    public static Classifier create(TrainConfig config, int classes) {
        return new Models(config, classes, null).build();
    }

    /**
     * The model of a configuration with given weights, by their names in model files.
     *
     * @throws IllegalArgumentException naming a weight that is missing, too many, or of the wrong shape
     */
    public static Classifier of(TrainConfig config, Map<String, Tensor> weights) {
        Classifier model = new Models(config, given(weights, "head.bias").size(), weights).build();
        if (weights.size() != model.parameters().size()) {
            throw new IllegalArgumentException("model: a " + config.model() + " has "
                    + model.parameters().size() + " weights, the file has " + weights.size() + ": " + weights.keySet());
        }
        return model;
    }

    /**
     * Puts the weights of another model of the same architecture into {@code model}; if its classes are others, all but those
     * of the head.
     *
     * @throws IllegalArgumentException naming the weight that does not fit
     */
    public static void start(Classifier model, ModelFile from, List<String> classes) {
        Map<String, Tensor> given = new LinkedHashMap<>();
        from.model().parameters().forEach(parameter -> given.put(parameter.name(), parameter.value()));
        boolean sameClasses = from.classes().equals(classes);
        for (Parameter parameter : model.parameters()) {
            if (parameter.name().startsWith("head.") && !sameClasses) {
                continue;
            }
            Tensor value = given.get(parameter.name());
            if (value == null || !value.shape().equals(parameter.value().shape())) {
                throw new IllegalArgumentException("init: " + parameter.name() + " must be "
                        + parameter.value().shape() + ", the model has " + (value == null ? "none" : value.shape())
                        + "; train with the settings of its architecture");
            }
            System.arraycopy(value.data(), 0, parameter.value().data(), 0, value.size());
        }
    }

    private Classifier build() {
        Architecture architecture = Architecture.of(config);
        if (architecture.layers().get(0).cell() == null) {
            return perceptron(architecture.layers().get(0));
        }
        List<SequenceLayer> layers = new ArrayList<>();
        for (Architecture.Layer shape : architecture.layers()) {
            SequenceLayer layer = recurrent(shape);
            if (shape.backward()) {
                layers.set(layers.size() - 1, new Bidirectional(layers.get(layers.size() - 1), layer));
            } else {
                layers.add(layer);
            }
        }
        return new SequenceClassifier(layers, head(architecture.headInputs()), config.get(Settings.STEP_POOLING));
    }

    private Classifier perceptron(Architecture.Layer shape) {
        Projection projection = train("mlp", shape.trains().get(0), 1, shape.inputScale());
        Tensor bias = weight("mlp.bias", () -> Tensor.zeros(shape.hidden()));
        return new MlpClassifier(
                projection,
                bias,
                head(shape.hidden()),
                config.get(Settings.FRAMES),
                config.get(Settings.POOLING),
                config.get(Settings.DROPOUT).floatValue());
    }

    private RecurrentLayer recurrent(Architecture.Layer shape) {
        CellType cell = Objects.requireNonNull(shape.cell());
        String name = shape.name();
        int hidden = shape.hidden();
        int width = cell.gates() * hidden;
        RecurrentLayer.Options options = new RecurrentLayer.Options(
                config.get(Settings.GATE_ACTIVATION),
                config.get(Settings.DROPOUT).floatValue(),
                config.get(Settings.RECURRENT_DROPOUT).floatValue(),
                shape.backward(),
                shape.resetAfter());
        return new RecurrentLayer(
                name,
                cell,
                projection(shape, cell),
                weight(name + ".recurrent", () -> Dense.orthogonal(hidden, width, rng.split(name + ".recurrent"))),
                weight(name + ".bias", () -> bias(cell, shape)),
                options);
    }

    private Projection projection(Architecture.Layer shape, CellType cell) {
        String name = shape.name();
        List<TtShape> trains = shape.trains();
        if (trains.isEmpty()) {
            int width = cell.gates() * shape.hidden();
            Tensor kernel = weight(
                    name + ".kernel",
                    () -> initializer()
                            .dense(
                                    shape.inputSize(),
                                    width,
                                    cell.gates(),
                                    shape.inputScale(),
                                    rng.split(name + ".kernel")));
            if (!kernel.shape().equals(Shape.of(shape.inputSize(), width))) {
                throw new IllegalArgumentException("model: " + name + ".kernel must be [" + shape.inputSize() + ", "
                        + width + "], the file has " + kernel.shape());
            }
            return new DenseProjection(name, kernel);
        }
        if (trains.size() == 1) {
            return train(name, trains.get(0), cell.gates(), shape.inputScale());
        }
        List<Projection> gates = new ArrayList<>();
        for (int gate = 0; gate < trains.size(); gate++) {
            gates.add(train(name + "." + cell.gateName(gate), trains.get(gate), 1, shape.inputScale()));
        }
        return new SeparateGates(gates);
    }

    private TtLinear train(String name, TtShape shape, int gates, double inputScale) {
        Map<String, Tensor> weights = given;
        if (weights == null) {
            return new TtLinear(name, initializer().matrix(shape, gates, inputScale, rng.split(name)));
        }
        List<Tensor> cores = new ArrayList<>();
        for (int k = 0; k < shape.cores(); k++) {
            cores.add(given(weights, name + ".core." + k));
        }
        return new TtLinear(name, new TtMatrix(shape, cores));
    }

    private Initializer initializer() {
        return config.get(Settings.INITIALIZER);
    }

    private Tensor bias(CellType cell, Architecture.Layer shape) {
        return cell == CellType.LSTM
                ? Biases.lstm(shape.hidden(), config.get(Settings.FORGET_BIAS).floatValue())
                : Tensor.zeros((int) shape.biasParameters());
    }

    private Linear head(int inputs) {
        return new Linear(
                "head",
                weight("head.weight", () -> Dense.glorotUniform(inputs, classes, rng.split("head.weight"))),
                weight("head.bias", () -> Tensor.zeros(classes)));
    }

    private Tensor weight(String name, Supplier<Tensor> drawn) {
        return given == null ? drawn.get() : given(given, name);
    }

    private static Tensor given(Map<String, Tensor> weights, String name) {
        Tensor tensor = weights.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("model: the weight " + name + " is missing");
        }
        return tensor;
    }
}
