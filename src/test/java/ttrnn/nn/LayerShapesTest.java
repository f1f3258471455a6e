package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;

/** Sizes, names and messages of layers and models. */
class LayerShapesTest {
    private static final RecurrentLayer.Options PLAIN = RecurrentLayer.Options.of(GateActivation.SIGMOID);

    private static RecurrentLayer layer(CellType cell, int inputs, int hidden, RecurrentLayer.Options options) {
        int width = cell.gates() * hidden;
        return new RecurrentLayer(
                "rnn",
                cell,
                new DenseProjection("rnn", Tensors.normal(1, inputs, width)),
                Tensors.normal(2, hidden, width),
                Tensors.normal(3, width),
                options);
    }

    private static RecurrentLayer layer(CellType cell, int inputs, int hidden) {
        return layer(cell, inputs, hidden, PLAIN);
    }

    private static Linear head(int inputs, int classes) {
        return new Linear("head", Tensors.normal(4, inputs, classes), Tensors.normal(5, classes));
    }

    private static List<String> names(Module module) {
        return module.parameters().stream().map(Parameter::name).toList();
    }

    @Test
    void layersTellTheirSizesCellsAndParameters() {
        RecurrentLayer gru = layer(CellType.GRU, 7, 3);
        assertThat(gru.inputSize()).isEqualTo(7);
        assertThat(gru.outputSize()).isEqualTo(3);
        assertThat(gru.cell()).isEqualTo(CellType.GRU);
        assertThat(gru.projection().outputSize()).isEqualTo(9);
        assertThat(names(gru)).containsExactly("rnn.kernel", "rnn.recurrent", "rnn.bias");

        Bidirectional both = new Bidirectional(gru, layer(CellType.LSTM, 7, 4));
        assertThat(both.inputSize()).isEqualTo(7);
        assertThat(both.outputSize()).isEqualTo(7);
        assertThat(both.parameters()).hasSize(6);

        TtLinear train = train("tt");
        assertThat(train.inputSize()).isEqualTo(6);
        assertThat(train.outputSize()).isEqualTo(8);
        assertThat(train.plan().shape()).isEqualTo(train.matrix().shape());
        assertThat(names(train)).containsExactly("tt.core.0", "tt.core.1");
        SeparateGates gates = new SeparateGates(List.of(train, train("other")));
        assertThat(gates.inputSize()).isEqualTo(6);
        assertThat(gates.outputSize()).isEqualTo(16);
        assertThat(names(gates)).containsExactly("tt.core.0", "tt.core.1", "other.core.0", "other.core.1");

        SequenceClassifier model = new SequenceClassifier(List.of(gru), head(3, 2));
        assertThat(model.layers()).containsExactly(gru);
        assertThat(names(model.head())).containsExactly("head.weight", "head.bias");
        assertThat(names(model)).containsExactly("rnn.kernel", "rnn.recurrent", "rnn.bias", "head.weight", "head.bias");
        MlpClassifier mlp = new MlpClassifier(train, Tensor.zeros(8), head(8, 2), 1, SampledFrames.Pooling.AVERAGE, 0);
        assertThat(names(mlp)).containsExactly("tt.core.0", "tt.core.1", "mlp.bias", "head.weight", "head.bias");
        assertThat(mlp.head().weight().shape()).hasToString("[8, 2]");
    }

    private static TtLinear train(String name) {
        TtShape shape = TtShape.of(new int[] {2, 3}, new int[] {4, 2}, 2);
        return new TtLinear(
                name, new TtMatrix(shape, List.of(Tensors.normal(1, 1, 2, 4, 2), Tensors.normal(2, 2, 3, 2, 1))));
    }

    @Test
    void cellsTellTheirGatesAndStates() {
        assertThat(CellType.LSTM.gateName(1)).isEqualTo("f");
        assertThat(CellType.GRU.gateName(2)).isEqualTo("h");
        assertThat(CellType.LSTM.stateSize(5)).isEqualTo(10);
        assertThat(CellType.GRU.stateSize(5)).isEqualTo(5);
        assertThat(CellType.RNN).hasToString("rnn");
        assertThat(GateActivation.HARD_SIGMOID).hasToString("hard-sigmoid");
    }

    @Test
    void partsThatDoNotFitEachOtherAreNamed() {
        assertThatThrownBy(() -> new SequenceClassifier(List.of(), head(3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("classifier: at least one layer is needed");
        assertThatThrownBy(() -> new SequenceClassifier(List.of(layer(CellType.GRU, 7, 3)), head(4, 2)))
                .hasMessage("classifier: layer 0 gives 3 values, the head takes 4");
        assertThatThrownBy(() -> new SequenceClassifier(
                        List.of(layer(CellType.GRU, 7, 3), layer(CellType.GRU, 2, 3)), head(3, 2)))
                .hasMessage("classifier: layer 0 gives 3 values, layer 1 takes 2");
        assertThatThrownBy(() -> new Bidirectional(layer(CellType.RNN, 7, 3), layer(CellType.RNN, 6, 3)))
                .hasMessage("bidirectional: both directions need inputs of one size, got 7 and 6");
        assertThatThrownBy(() -> new SeparateGates(List.of()))
                .hasMessage("separate gates: at least one projection is needed, all from inputs of one size, got"
                        + " sizes []");
        assertThatThrownBy(() ->
                        new SeparateGates(List.of(train("tt"), new DenseProjection("dense", Tensor.zeros(5, 8)))))
                .hasMessageEndingWith("got sizes [6, 5]");
        assertThatThrownBy(() -> new DenseProjection("dense", Tensor.zeros(5)))
                .hasMessage("dense projection: a matrix [inputs, outputs] is needed, got [5]");
        for (Tensor weight : List.of(Tensor.zeros(3), Tensor.zeros(3, 4))) {
            assertThatThrownBy(() -> new Linear("head", weight, Tensor.zeros(3)))
                    .hasMessage("linear: weights [in, out] and a bias [out] are needed, got " + weight.shape()
                            + " and [3]");
        }
        assertThatThrownBy(() -> new MlpClassifier(
                        train("tt"), Tensor.zeros(7), head(8, 2), 1, SampledFrames.Pooling.AVERAGE, 0))
                .hasMessage("mlp: a bias [8] and a head [8, classes] are needed, got [7] and [8, 2]");
        assertThatThrownBy(() -> new MlpClassifier(
                        train("tt"), Tensor.zeros(8), head(7, 2), 1, SampledFrames.Pooling.AVERAGE, 0))
                .hasMessage("mlp: a bias [8] and a head [8, classes] are needed, got [8] and [7, 2]");
    }

    @Test
    void weightsOfARecurrentLayerThatDoNotFitAreNamed() {
        int[][] wrong = {{7, 2, 6, 6}, {6, 3, 6, 6}, {6, 2, 6, 7}, {6, 2, 5, 6}};
        for (int[] sizes : wrong) {
            assertThatThrownBy(() -> new RecurrentLayer(
                            "rnn",
                            CellType.GRU,
                            new DenseProjection("rnn", Tensor.zeros(4, sizes[0])),
                            Tensor.zeros(sizes[1], sizes[2]),
                            Tensor.zeros(sizes[3]),
                            PLAIN))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("gru: a projection to 3 hidden, recurrent weights [hidden, 3 hidden] and a bias [3"
                            + " hidden] are needed, got " + sizes[0] + ", [" + sizes[1] + ", " + sizes[2] + "] and ["
                            + sizes[3] + "]");
        }
        assertThatThrownBy(() -> new RecurrentLayer(
                        "rnn",
                        CellType.RNN,
                        new DenseProjection("rnn", Tensor.zeros(4, 2)),
                        Tensor.zeros(2, 2),
                        Tensor.zeros(3),
                        PLAIN))
                .hasMessage("rnn: a projection to hidden, recurrent weights [hidden, hidden] and a bias [hidden] are"
                        + " needed, got 2, [2, 2] and [3]");
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 1, Float.NaN})
    void sharesToDropOutOfRangeAreNamed(float share) {
        assertThatThrownBy(() -> new RecurrentLayer.Options(GateActivation.SIGMOID, share, 0, false))
                .hasMessage("recurrent layer: dropout must be at least 0 and less than 1, got " + share);
        assertThatThrownBy(() -> new RecurrentLayer.Options(GateActivation.SIGMOID, 0, share, false))
                .hasMessage("recurrent layer: recurrent dropout must be at least 0 and less than 1, got " + share);
    }

    @Test
    void operandsOfACellThatDoNotFitAreNamed() {
        RowSplits splits = RowSplits.ofLengths(2, 1);
        assertRefused(splits, "[2]", 6, "recurrent weights must be [hidden, 3 hidden], got [2]", 2);
        assertRefused(splits, "[2, 7]", 6, "recurrent weights must be [hidden, 3 hidden], got [2, 7]", 2, 7);
        assertRefused(splits, "bias", 5, "bias must be [6], got [5]", 2, 6);
        assertThatThrownBy(() -> run(splits, 4, 6, null, null, 2, 6))
                .hasMessage("gru: projected input must be [3, 6], got [4, 6]");
        assertThatThrownBy(() -> run(splits, 3, 6, null, new float[3], 2, 6))
                .hasMessage("gru: dropout masks must be [2, 2], got 3 values");
        assertThatThrownBy(() -> run(splits, 3, 6, Tensor.zeros(3, 2), null, 2, 6))
                .hasMessage("gru: the initial state must be [2, 2], one row a sequence, got [3, 2]");
        assertThat(run(splits, 3, 6, Tensor.zeros(2, 2), new float[4], 2, 6).shape())
                .hasToString("[3, 2]");
    }

    private static void assertRefused(RowSplits splits, String what, int bias, String message, int... recurrent) {
        assertThatThrownBy(() -> run(splits, 3, bias, null, null, recurrent))
                .as(what)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gru: " + message);
    }

    private static Variable run(RowSplits splits, int rows, int bias, Tensor initial, float[] mask, int... recurrent) {
        Tape tape = Tape.recording();
        return GruSequence.apply(
                tape.leaf(Tensor.zeros(rows, 6)),
                tape.leaf(Tensor.zeros(recurrent)),
                tape.leaf(Tensor.zeros(bias)),
                initial == null ? null : tape.leaf(initial),
                splits,
                GateActivation.SIGMOID,
                mask);
    }

    /** Loaded rows are masked sequence by sequence, as rows that exist are. */
    @Test
    void dropoutOfLoadedRowsIsThatOfGivenOnes() {
        RowSplits splits = RowSplits.ofLengths(2, 0, 3, 1);
        Tensor x = Tensors.normal(7, 6, 5);
        RecurrentLayer layer =
                layer(CellType.GRU, 5, 3, new RecurrentLayer.Options(GateActivation.SIGMOID, 0.5f, 0.3f, false));
        DropoutMasks masks = new DropoutMasks(List.of(new Rng(1), new Rng(2), new Rng(3), new Rng(4)));
        Tape tape = Tape.withoutGradients();
        float[] given = layer.apply(tape.leaf(x), splits, masks).steps().data();
        assertThat(layer.apply(tape, RowSource.of(x, splits), masks).steps().data())
                .containsExactly(given);
        assertThat(layer.apply(tape, RowSource.of(x, splits), null).steps().data())
                .isNotEqualTo(given);
        float[] masked = new float[3 * 5];
        float[] drawn = masks.draw("rnn.input", 5, 0.5f);
        new MaskedRows(RowSource.of(x, splits), drawn).load(2, 3, masked);
        for (int i = 0; i < masked.length; i++) {
            assertThat(masked[i]).isEqualTo(x.data()[2 * 5 + i] * drawn[2 * 5 + i % 5]);
        }
        assertThat(drawn).containsOnly(0, 2).contains(0, 2);
    }
}
