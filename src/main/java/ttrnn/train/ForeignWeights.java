package ttrnn.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import ttrnn.nn.CellType;
import ttrnn.nn.GateActivation;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;
import ttrnn.tt.TtShape;

/**
 * Weights that other programs trained, put under our names and in our order; docs/model-files.md has the formulas.
 *
 * <p>Keras: the list that {@code get_weights()} gives, for each layer and direction kernel, recurrent kernel and bias, then
 * kernel and bias of the head. Its gates stand in our order. The kernel of the authors' TT layers is one vector: the last
 * core first, core k a matrix [m_k r_(k+1), r_k n_k].
 *
 * <p>PyTorch: the {@code state_dict()} of a GRU, LSTM or RNN and of one linear layer. Its matrices are transposed, the gates
 * of its GRU are r, z, n for our z, r, h, and of its two biases the sum counts.
 *
 * <p>Where the reset gate comes after the recurrent product (PyTorch's GRU, Keras with {@code reset_after=True}), the bias
 * within that product stays by itself, behind the others: see {@link ttrnn.nn.CellType}.
 */
public final class ForeignWeights {
    /** Whose weights they are. */
    public enum Source {
        /** Arrays with our own names. */
        TTRNN,
        /** Keras' names and order of the axes. */
        KERAS,
        /** PyTorch's names and order of the axes. */
        PYTORCH;

        /** For example {@code keras}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final TrainConfig config;
    private final Map<String, Tensor> arrays;
    private final Map<String, Tensor> weights = new TreeMap<>();

    private ForeignWeights(TrainConfig config, Map<String, Tensor> arrays) {
        this.config = config;
        this.arrays = arrays;
    }

    /**
     * The settings under which weights of that source work: PyTorch has one kind of gates, and a bias of Keras tells how its
     * GRU resets.
     */
    public static TrainConfig config(Source source, TrainConfig config, Map<String, Tensor> arrays) {
        if (source == Source.PYTORCH) {
            TrainConfig gates = config.with(Settings.GATE_ACTIVATION, GateActivation.SIGMOID);
            return config.model().cell() == CellType.GRU ? gates.with(Settings.RESET, Settings.AFTER) : gates;
        }
        boolean after = source == Source.KERAS
                && config.model().cell() == CellType.GRU
                && arrays.values().stream()
                        .anyMatch(array -> array.shape().equals(Shape.of(2, 3 * config.hiddenSize())));
        return after ? config.with(Settings.RESET, Settings.AFTER) : config;
    }

    /**
     * The weights by the names that a model of {@code config} has for them.
     *
     * @throws IllegalArgumentException naming the array that is missing, too many, or of the wrong shape
     */
    public static Map<String, Tensor> map(Source source, TrainConfig config, Map<String, Tensor> arrays) {
        ForeignWeights foreign = new ForeignWeights(config, arrays);
        switch (source) {
            case TTRNN -> foreign.weights.putAll(arrays);
            case KERAS -> foreign.keras();
            case PYTORCH -> foreign.pytorch();
        }
        return foreign.weights;
    }

    private List<Architecture.Layer> layers() {
        List<Architecture.Layer> layers = Architecture.of(config).layers();
        if (layers.get(0).cell() == null) {
            throw new IllegalArgumentException("import: a " + config.model() + " has no recurrent layer to be read");
        }
        return layers;
    }

    private void keras() {
        List<Architecture.Layer> layers = layers();
        List<String> names = kerasNames(3 * layers.size() + 2);
        int at = 0;
        for (Architecture.Layer layer : layers) {
            CellType cell = Objects.requireNonNull(layer.cell());
            int width = cell.gates() * layer.hidden();
            if (layer.trains().isEmpty()) {
                put(layer.name() + ".kernel", shaped(names.get(at), layer.inputSize(), width));
            } else {
                flatTrain(layer, names.get(at));
            }
            put(layer.name() + ".recurrent", shaped(names.get(at + 1), layer.hidden(), width));
            Tensor bias = array(names.get(at + 2));
            put(
                    layer.name() + ".bias",
                    resetsAfter(cell)
                            ? bothBiases(row(shaped(names.get(at + 2), 2, width), 0), row(bias, 1), layer.hidden())
                            : shaped(names.get(at + 2), width));
            at += 3;
        }
        int inputs = Architecture.of(config).headInputs();
        Tensor head = array(names.get(at));
        int classes = head.shape().rank() == 2 ? head.shape().dimension(1) : 0;
        put("head.weight", shaped(names.get(at), inputs, classes));
        put("head.bias", shaped(names.get(at + 1), classes));
    }

    /** Names by number, as {@code numpy.savez(file, *model.get_weights())} gives them: arr_0, arr_1, … */
    private List<String> kerasNames(int count) {
        List<String> names = IntStream.range(0, count).mapToObj(n -> "arr_" + n).toList();
        if (arrays.size() != count || !arrays.keySet().containsAll(names)) {
            throw new IllegalArgumentException("import: a " + config.model() + " of Keras has " + count
                    + " arrays, arr_0 … arr_" + (count - 1) + ", the file has " + arrays.keySet()
                    + "; write it by numpy.savez(file, *model.get_weights())");
        }
        return names;
    }

    private void flatTrain(Architecture.Layer layer, String name) {
        if (layer.trains().size() > 1) {
            throw new IllegalArgumentException(
                    "import: the authors' layers have one train for all gates; use" + " gateTrains shared");
        }
        TtShape train = layer.trains().get(0);
        float[] flat = shaped(name, Math.toIntExact(train.parameters())).data();
        int at = 0;
        for (int k = train.cores() - 1; k >= 0; k--) {
            int left = train.rank(k);
            int right = train.rank(k + 1);
            int m = train.inputMode(k);
            int n = train.outputMode(k);
            float[] core = new float[left * m * n * right];
            for (int i = 0; i < core.length; i++) {
                int r = i % right;
                int j = i / right % n;
                int mode = i / (right * n) % m;
                int l = i / (right * n * m);
                core[i] = flat[at + (mode * right + r) * left * n + l * n + j];
            }
            put(layer.name() + ".core." + k, Tensor.of(core, left, m, n, right));
            at += core.length;
        }
    }

    private void pytorch() {
        List<String> left = new ArrayList<>(arrays.keySet());
        List<Architecture.Layer> layers = layers();
        for (int i = 0; i < layers.size(); i++) {
            Architecture.Layer layer = layers.get(i);
            if (!layer.trains().isEmpty()) {
                throw new IllegalArgumentException(
                        "import: PyTorch has no tensor-train layers; use --model gru, lstm or"
                                + " rnn, and compress the model then");
            }
            int number = config.get(Settings.BIDIRECTIONAL) ? i / 2 : i;
            pytorchLayer(layer, "_l" + number + (layer.backward() ? "_reverse" : ""), left);
        }
        left.sort(Comparator.comparingInt((String name) -> array(name).shape().rank()));
        if (left.size() != 2) {
            throw new IllegalArgumentException(
                    "import: beside the recurrent layers one linear layer was expected, there are " + left);
        }
        Tensor bias = array(left.get(0));
        put(
                "head.weight",
                transposed(
                        shaped(left.get(1), bias.size(), Architecture.of(config).headInputs())));
        put("head.bias", shaped(left.get(0), bias.size()));
    }

    private void pytorchLayer(Architecture.Layer layer, String suffix, List<String> left) {
        CellType cell = Objects.requireNonNull(layer.cell());
        int hidden = layer.hidden();
        int width = cell.gates() * hidden;
        String input = find("weight_ih" + suffix, left);
        String recurrent = find("weight_hh" + suffix, left);
        Tensor kernel = transposed(gates(cell, shaped(input, width, layer.inputSize())));
        Tensor u = transposed(gates(cell, shaped(recurrent, width, hidden)));
        put(layer.name() + ".kernel", kernel);
        put(layer.name() + ".recurrent", u);
        Tensor first = gates(cell, shaped(find("bias_ih" + suffix, left), width));
        Tensor second = gates(cell, shaped(find("bias_hh" + suffix, left), width));
        put(layer.name() + ".bias", resetsAfter(cell) ? bothBiases(first, second, hidden) : sum(first, second));
    }

    /** The one name that ends so, taken from the list. */
    private String find(String end, List<String> left) {
        List<String> found = left.stream().filter(name -> name.endsWith(end)).toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("import: one array whose name ends with " + end
                    + " is needed, there are " + found.size() + " among " + arrays.keySet());
        }
        left.remove(found.get(0));
        return found.get(0);
    }

    private boolean resetsAfter(CellType cell) {
        return cell == CellType.GRU && config.get(Settings.RESET).equals(Settings.AFTER);
    }

    /** Rows by gates, those of a GRU from r, z, n to z, r, h. */
    private static Tensor gates(CellType cell, Tensor rows) {
        if (cell != CellType.GRU) {
            return rows;
        }
        int block = rows.size() / 3;
        float[] data = rows.data().clone();
        System.arraycopy(rows.data(), 0, data, block, block);
        System.arraycopy(rows.data(), block, data, 0, block);
        return Tensor.of(data, rows.shape());
    }

    private static Tensor sum(Tensor a, Tensor b) {
        float[] sum = new float[a.size()];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a.data()[i] + b.data()[i];
        }
        return Tensor.of(sum, sum.length);
    }

    /** The sums of z and r, then both biases of h by themselves: [4 hidden]. */
    private static Tensor bothBiases(Tensor input, Tensor recurrent, int hidden) {
        float[] both = new float[4 * hidden];
        for (int j = 0; j < 2 * hidden; j++) {
            both[j] = input.data()[j] + recurrent.data()[j];
        }
        System.arraycopy(input.data(), 2 * hidden, both, 2 * hidden, hidden);
        System.arraycopy(recurrent.data(), 2 * hidden, both, 3 * hidden, hidden);
        return Tensor.of(both, both.length);
    }

    private static Tensor row(Tensor matrix, int row) {
        int columns = matrix.shape().dimension(1);
        float[] data = new float[columns];
        System.arraycopy(matrix.data(), row * columns, data, 0, columns);
        return Tensor.of(data, columns);
    }

    private static Tensor transposed(Tensor matrix) {
        int rows = matrix.shape().dimension(0);
        int columns = matrix.shape().dimension(1);
        float[] data = new float[matrix.size()];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                data[j * rows + i] = matrix.data()[i * columns + j];
            }
        }
        return Tensor.of(data, columns, rows);
    }

    private Tensor array(String name) {
        return Objects.requireNonNull(arrays.get(name), name);
    }

    private Tensor shaped(String name, int... dimensions) {
        Tensor array = array(name);
        if (!array.shape().equals(Shape.of(dimensions))) {
            throw new IllegalArgumentException("import: " + name + " must be " + Shape.of(dimensions) + " for a "
                    + config + ", the file has " + array.shape());
        }
        return array;
    }

    private void put(String name, Tensor tensor) {
        weights.put(name, tensor);
    }
}
