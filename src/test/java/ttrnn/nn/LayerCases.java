package ttrnn.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.GradientCase;
import ttrnn.testing.Tensors;
import ttrnn.tt.TtMatMul;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtPlan;
import ttrnn.tt.TtShape;

/** Where the gradient of every cell and layer is checked: each kind of cell on each kind of projection, in each direction. */
public final class LayerCases {
    private static final RowSplits SPLITS = RowSplits.ofLengths(3, 0, 1, 4);
    private static final int INPUT = 6;
    private static final int HIDDEN = 4;
    private static final SortedMap<String, GradientCase.Source> CASES = new TreeMap<>();

    /** What the input of a cell goes through. */
    private enum Kind {
        SHARED_TRAIN,
        SEPARATE_TRAINS,
        DENSE
    }

    static {
        for (CellType cell : CellType.values()) {
            for (GateActivation activation : GateActivation.values()) {
                for (Kind kind : Kind.values()) {
                    for (boolean backward : new boolean[] {false, true}) {
                        recurrent(cell, activation, kind, backward);
                    }
                }
                CASES.put("RecurrentLayer.state " + cell + " " + activation, seed -> carried(cell, activation, seed));
            }
            CASES.put("Bidirectional.steps " + cell, seed -> bidirectional(cell, seed, SequenceLayer.Output::steps));
            CASES.put("Bidirectional.last " + cell, seed -> bidirectional(cell, seed, SequenceLayer.Output::last));
        }
        CASES.put("RecurrentLayer gru resetting after", LayerCases::resettingAfter);
        CASES.put("SequenceClassifier of two layers", LayerCases::stacked);
        CASES.put("SequenceClassifier of the mean of its states", LayerCases::meaned);
        for (SampledFrames.Pooling pooling : SampledFrames.Pooling.values()) {
            CASES.put("MlpClassifier " + pooling, seed -> perceptron(pooling, seed));
        }
        CASES.put("Linear", seed -> {
            Linear linear = new Linear("head", Tensors.normal(seed, INPUT, 3), Tensors.normal(seed, 3));
            return List.of(of(linear, x -> linear.apply(x), Tensors.normal(seed, 5, INPUT)));
        });
        CASES.put("TtMatMul", LayerCases::trains);
    }

    private LayerCases() {}

    /** All cases; a name begins with one of {@link #layers}. */
    public static SortedMap<String, GradientCase.Source> all() {
        return CASES;
    }

    /** The classes that have weights, and the product with a train. */
    public static List<String> layers() {
        return List.of("RecurrentLayer", "Bidirectional", "SequenceClassifier", "MlpClassifier", "Linear", "TtMatMul");
    }

    /** A case whose inputs are {@code x} and the weights of {@code module}. */
    private static GradientCase of(Module module, Function<Variable, Variable> function, Tensor x, Tensor... more) {
        List<Tensor> inputs = new ArrayList<>(List.of(x));
        inputs.addAll(Arrays.asList(more));
        module.parameters().forEach(parameter -> inputs.add(parameter.value()));
        return new GradientCase(v -> function.apply(v.get(0)), inputs.toArray(Tensor[]::new));
    }

    private static void recurrent(CellType cell, GateActivation activation, Kind kind, boolean backward) {
        String name = "RecurrentLayer " + cell + " " + activation + " " + kind + (backward ? " backward" : " forward");
        CASES.put(name, seed -> {
            RecurrentLayer layer = layer("rnn", cell, activation, kind, INPUT, backward, seed);
            DropoutMasks masks = masks(seed);
            return List.of(of(layer, x -> layer.apply(x, SPLITS, masks).steps(), input(seed)));
        });
    }

    /** The state after a second part, with a gradient to the state after the first. */
    private static List<GradientCase> carried(CellType cell, GateActivation activation, long seed) {
        RecurrentLayer layer = layer("rnn", cell, activation, Kind.DENSE, INPUT, false, seed);
        Tensor initial = Tensors.normal(seed + 7, 0.5, SPLITS.count(), cell.stateSize(HIDDEN));
        DropoutMasks masks = masks(seed);
        return List.of(of(
                layer,
                x -> layer.apply(x, SPLITS, x.tape().leaf(initial), masks).state(),
                input(seed),
                initial));
    }

    private static List<GradientCase> resettingAfter(long seed) {
        RecurrentLayer layer = new RecurrentLayer(
                "rnn",
                CellType.GRU,
                projection("rnn", CellType.GRU, Kind.SHARED_TRAIN, INPUT, seed),
                Tensors.normal(seed + 2, 0.4, HIDDEN, 3 * HIDDEN),
                Tensors.normal(seed + 3, 0.3, 4 * HIDDEN),
                new RecurrentLayer.Options(GateActivation.SIGMOID, 0.25f, 0.25f, false, true));
        Tensor initial = Tensors.normal(seed + 7, 0.5, SPLITS.count(), HIDDEN);
        DropoutMasks masks = masks(seed);
        return List.of(of(
                layer,
                x -> layer.apply(x, SPLITS, x.tape().leaf(initial), masks).steps(),
                input(seed),
                initial));
    }

    private static List<GradientCase> bidirectional(
            CellType cell, long seed, Function<SequenceLayer.Output, Variable> part) {
        Bidirectional layer = both("rnn", cell, INPUT, seed);
        return List.of(of(layer, x -> part.apply(layer.apply(x, SPLITS, null)), input(seed)));
    }

    private static Bidirectional both(String name, CellType cell, int inputs, long seed) {
        return new Bidirectional(
                layer(name, cell, GateActivation.SIGMOID, Kind.DENSE, inputs, false, seed),
                layer(name + ".backward", cell, GateActivation.SIGMOID, Kind.DENSE, inputs, true, seed + 5));
    }

    private static List<GradientCase> stacked(long seed) {
        SequenceClassifier model = new SequenceClassifier(
                List.of(
                        both("rnn.0", CellType.GRU, INPUT, seed),
                        layer(
                                "rnn.1",
                                CellType.LSTM,
                                GateActivation.HARD_SIGMOID,
                                Kind.DENSE,
                                2 * HIDDEN,
                                false,
                                seed + 1)),
                new Linear("head", Tensors.normal(seed, HIDDEN, 3), Tensors.normal(seed, 3)));
        return List.of(classifier(model, seed));
    }

    private static List<GradientCase> meaned(long seed) {
        SequenceClassifier model = new SequenceClassifier(
                List.of(both("rnn", CellType.GRU, INPUT, seed)),
                new Linear("head", Tensors.normal(seed, 2 * HIDDEN, 3), Tensors.normal(seed, 3)),
                SequenceClassifier.Pooling.MEAN);
        return List.of(classifier(model, seed));
    }

    private static List<GradientCase> perceptron(SampledFrames.Pooling pooling, long seed) {
        int inputs = pooling == SampledFrames.Pooling.AVERAGE ? INPUT : 2 * INPUT;
        Tensor bias = Tensors.normal(seed, HIDDEN);
        // Away from the kink of relu: a large bias, of either sign.
        for (int j = 0; j < HIDDEN; j++) {
            bias.data()[j] += bias.data()[j] < 0 ? -4 : 4;
        }
        MlpClassifier model = new MlpClassifier(
                new DenseProjection("mlp", Tensors.normal(seed, 0.3, inputs, HIDDEN)),
                bias,
                new Linear("head", Tensors.normal(seed, HIDDEN, 3), Tensors.normal(seed, 3)),
                2,
                pooling,
                0.3f);
        return List.of(classifier(model, seed));
    }

    /** The weights of a model are its inputs; the rows are loaded. */
    private static GradientCase classifier(Classifier model, long seed) {
        RowSource rows = RowSource.of(Tensors.normal(seed, 1.2, SPLITS.rows(), INPUT), SPLITS);
        DropoutMasks masks = masks(seed);
        Tensor[] weights = model.parameters().stream().map(Parameter::value).toArray(Tensor[]::new);
        return new GradientCase(v -> model.scores(v.get(0).tape(), rows, masks), weights);
    }

    private static List<GradientCase> trains(long seed) {
        List<GradientCase> cases = new ArrayList<>();
        for (TtShape shape : List.of(
                TtShape.of(new int[] {2, 3, 2}, new int[] {3, 2, 2}, new int[] {2, 3}),
                TtShape.of(new int[] {5, 3}, new int[] {2, 3}, new int[] {4}))) {
            List<Tensor> inputs = new ArrayList<>(List.of(Tensors.normal(seed, 0.5, 8, shape.inputSize())));
            for (int k = 0; k < shape.cores(); k++) {
                inputs.add(Tensors.normal(seed + k, 0.6, shape.coreShape(k).dimensions()));
            }
            cases.add(new GradientCase(
                    v -> TtMatMul.product(v.get(0), SPLITS, TtPlan.of(shape), v.subList(1, v.size())),
                    inputs.toArray(Tensor[]::new)));
        }
        return cases;
    }

    private static Tensor input(long seed) {
        return Tensors.normal(seed, 0.5, SPLITS.rows(), INPUT);
    }

    private static DropoutMasks masks(long seed) {
        List<Rng> sequences = new ArrayList<>();
        for (int b = 0; b < SPLITS.count(); b++) {
            sequences.add(new Rng(seed).split(b));
        }
        return new DropoutMasks(sequences);
    }

    private static RecurrentLayer layer(
            String name, CellType cell, GateActivation activation, Kind kind, int inputs, boolean backward, long seed) {
        int width = cell.gates() * HIDDEN;
        return new RecurrentLayer(
                name,
                cell,
                projection(name, cell, kind, inputs, seed),
                Tensors.normal(seed + 2, 0.4, HIDDEN, width),
                Tensors.normal(seed + 3, 0.3, width),
                new RecurrentLayer.Options(activation, 0.25f, 0.25f, backward));
    }

    private static Projection projection(String name, CellType cell, Kind kind, int inputs, long seed) {
        return switch (kind) {
            case DENSE -> new DenseProjection(name, Tensors.normal(seed + 1, 0.4, inputs, cell.gates() * HIDDEN));
            case SHARED_TRAIN -> train(name, cell.gates() * 2, seed + 1);
            case SEPARATE_TRAINS -> {
                List<Projection> gates = new ArrayList<>();
                for (int gate = 0; gate < cell.gates(); gate++) {
                    gates.add(train(name + "." + cell.gateName(gate), 2, seed + 10 + gate));
                }
                yield new SeparateGates(gates);
            }
        };
    }

    /** 6 inputs as 2 x 3, {@code firstMode} x 2 outputs. */
    private static TtLinear train(String name, int firstMode, long seed) {
        TtShape shape = TtShape.of(new int[] {2, 3}, new int[] {firstMode, 2}, new int[] {2});
        List<Tensor> cores = new ArrayList<>();
        for (int k = 0; k < shape.cores(); k++) {
            cores.add(Tensors.normal(seed + k, 0.6, shape.coreShape(k).dimensions()));
        }
        return new TtLinear(name, new TtMatrix(shape, cores));
    }
}
