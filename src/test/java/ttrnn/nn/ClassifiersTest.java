package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static ttrnn.testing.FloatAssert.assertClose;
import static ttrnn.testing.FloatAssert.assertSameBits;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import ttrnn.autograd.GradientCheck;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;
import ttrnn.testing.Tolerances;

/** The two ways into a model give the same, and models around models give what their formula says. */
class ClassifiersTest {
    /** Frames of 4 x 2 pixels. */
    private static final int INPUTS = 24;

    private static final int HIDDEN = 3;
    private static final RowSplits SPLITS = RowSplits.ofLengths(3, 1, 4);
    private static final Tensor X = Tensors.normal(1, 0.5, SPLITS.rows(), INPUTS);
    private static final RowSource ROWS = RowSource.of(X, SPLITS);

    private static Linear head(int inputs) {
        return new Linear("head", Tensors.normal(4, inputs, 2), Tensors.normal(5, 2));
    }

    private static RecurrentLayer layer(Projection projection, boolean backward) {
        return new RecurrentLayer(
                "rnn",
                CellType.GRU,
                projection,
                Tensors.normal(2, 0.4, HIDDEN, 3 * HIDDEN),
                Tensors.normal(3, 0.3, 3 * HIDDEN),
                new RecurrentLayer.Options(GateActivation.SIGMOID, 0.25f, 0.25f, backward));
    }

    private static RecurrentLayer layer() {
        return layer(new DenseProjection("rnn", Tensors.normal(1, 0.3, INPUTS, 3 * HIDDEN)), false);
    }

    private static SequenceClassifier sequences(SequenceClassifier.Pooling pooling) {
        return new SequenceClassifier(List.of(layer()), head(HIDDEN), pooling);
    }

    private static MlpClassifier perceptron(SampledFrames.Pooling pooling) {
        int inputs = pooling == SampledFrames.Pooling.AVERAGE ? INPUTS : 2 * INPUTS;
        Projection projection = new DenseProjection("mlp", Tensors.normal(6, 0.3, inputs, HIDDEN));
        return new MlpClassifier(projection, Tensor.of(new float[] {3, -3, 4}, HIDDEN), head(HIDDEN), 2, pooling, 0.3f);
    }

    private static InputPreparation preparation() {
        Tensor mean = Tensors.normal(7, 0.3, INPUTS);
        for (int j = 0; j < INPUTS; j++) {
            mean.data()[j] += 128;
        }
        return new InputPreparation(4, 2, 2, 1, 1, mean, Tensor.of(new float[] {32}, 1));
    }

    static List<Classifier> models() {
        List<Classifier> models = new ArrayList<>();
        for (SequenceClassifier.Pooling pooling : SequenceClassifier.Pooling.values()) {
            models.add(sequences(pooling));
        }
        for (SampledFrames.Pooling pooling : SampledFrames.Pooling.values()) {
            models.add(perceptron(pooling));
        }
        List<Projection> gates = new ArrayList<>();
        for (int gate = 0; gate < 3; gate++) {
            gates.add(new DenseProjection("rnn." + gate, Tensors.normal(gate, 0.3, INPUTS, HIDDEN)));
        }
        models.add(new SequenceClassifier(List.of(layer(new SeparateGates(gates), true)), head(HIDDEN)));
        for (boolean mirror : new boolean[] {false, true}) {
            for (boolean several : new boolean[] {false, true}) {
                models.add(new PreparedClassifier(
                        preparation(), mirror, several, sequences(SequenceClassifier.Pooling.LAST)));
            }
        }
        return models;
    }

    private static float[] scores(Classifier model, RowSource rows) {
        return model.scores(Tape.withoutGradients(), rows, null).data();
    }

    @ParameterizedTest
    @MethodSource("models")
    void loadedRowsAndGivenOnesGetTheSameScores(Classifier model) {
        Variable given = model.scores(Tape.withoutGradients().leaf(X), SPLITS);
        assertThat(given.shape()).hasToString("[3, 2]");
        assertSameBits(given.data(), scores(model, ROWS), "scores");
    }

    @ParameterizedTest
    @MethodSource("models")
    void theGradientOfTheRowsMatchesFiniteDifferences(Classifier model) {
        GradientCheck.of(v -> model.scores(v.get(0), SPLITS))
                .inputs(X.copy())
                .run()
                .assertPassed();
    }

    @Test
    void theHeadSeesTheLastStateOrTheMeanOfAll() {
        float[] states =
                layer().apply(Tape.withoutGradients(), ROWS, null).steps().data();
        Tensor last = Tensor.zeros(3, HIDDEN);
        Tensor mean = Tensor.zeros(3, HIDDEN);
        for (int b = 0; b < 3; b++) {
            for (int row = SPLITS.start(b); row < SPLITS.start(b + 1); row++) {
                for (int j = 0; j < HIDDEN; j++) {
                    last.data()[b * HIDDEN + j] = states[row * HIDDEN + j];
                    mean.data()[b * HIDDEN + j] += states[row * HIDDEN + j] / SPLITS.length(b);
                }
            }
        }
        Tape tape = Tape.withoutGradients();
        assertSameBits(
                scores(sequences(SequenceClassifier.Pooling.LAST), ROWS),
                head(HIDDEN).apply(tape.leaf(last)).data(),
                "of the last state");
        assertClose(
                scores(sequences(SequenceClassifier.Pooling.MEAN), ROWS),
                head(HIDDEN).apply(tape.leaf(mean)).data(),
                Tolerances.REORDERED,
                "of the mean");
        assertThat(SequenceClassifier.Pooling.MEAN).hasToString("mean");
    }

    /** ln(p + q), and for several labels ln(p + q) - ln(2 - p - q), of the frames and of their mirror images. */
    @ParameterizedTest
    @EnumSource
    void aMirroredModelJudgesByBothImages(Labels labels) {
        SequenceClassifier inner = sequences(SequenceClassifier.Pooling.LAST);
        boolean several = labels == Labels.SEVERAL;
        PreparedClassifier model = new PreparedClassifier(preparation(), true, several, inner);
        float[] straight = scores(inner, new PreparedRows(ROWS, preparation(), false));
        float[] mirrored = scores(inner, new PreparedRows(ROWS, preparation(), true));
        float[] expected = new float[straight.length];
        for (int i = 0; i < expected.length; i++) {
            int other = i ^ 1;
            double p = share(straight, i, other, several);
            double q = share(mirrored, i, other, several);
            expected[i] = (float) (StrictMath.log(p + q) - (several ? StrictMath.log(2 - p - q) : 0));
        }
        assertClose(scores(model, ROWS), expected, Tolerances.REFERENCE, "scores");
        assertThat(mirrored).isNotEqualTo(straight);
        assertThat(model.severalLabels()).isEqualTo(several);
        // In training it is the model alone.
        assertSameBits(model.scores(Tape.recording(), ROWS, null).data(), straight, "scores in training");
        PreparedClassifier plain = new PreparedClassifier(preparation(), false, several, inner);
        assertSameBits(scores(plain, ROWS), straight, "scores without a mirror");
    }

    /** How many classes a clip may have. */
    enum Labels {
        ONE,
        SEVERAL
    }

    private static double share(float[] scores, int at, int other, boolean several) {
        return 1 / (1 + StrictMath.exp((several ? 0 : scores[other]) - scores[at]));
    }

    @Test
    void aPreparedModelHasTheWeightsOfItsModelAndConstantsOfItsOwn() {
        SequenceClassifier inner = sequences(SequenceClassifier.Pooling.LAST);
        PreparedClassifier model = new PreparedClassifier(preparation(), true, false, inner);
        assertThat(model.parameters()).isEqualTo(inner.parameters()).hasSize(5);
        assertThat(model.head()).isSameAs(inner.head());
        assertThat(model.classes()).isEqualTo(2);
        assertThat(model.constants()).containsOnlyKeys("input.mean", "input.deviation");
        assertThat(inner.constants()).isEmpty();
        assertThat(inner.severalLabels()).isFalse();
        assertThat(inner.parameterCount())
                .isEqualTo(INPUTS * 3 * HIDDEN + HIDDEN * 3 * HIDDEN + 3 * HIDDEN + HIDDEN * 2 + 2);
    }

    /** With a seed under which something is dropped. */
    @ParameterizedTest
    @EnumSource
    void aPerceptronDropsInputsInTrainingAlone(SampledFrames.Pooling pooling) {
        MlpClassifier model = perceptron(pooling);
        DropoutMasks masks = new DropoutMasks(List.of(new Rng(1), new Rng(2), new Rng(3)));
        Tape tape = Tape.withoutGradients();
        RowSource sampled = new SampledFrames(ROWS, 2, pooling);
        float[] drawn = masks.draw("mlp.input", sampled.columns(), 0.3f);
        Tensor x = Tensor.zeros(3, sampled.columns());
        sampled.load(0, 3, x.data());
        float[] whole = x.data().clone();
        for (int i = 0; i < x.size(); i++) {
            x.data()[i] *= drawn[i];
        }
        float[] expected = ofSampled(model, x);
        assertSameBits(model.scores(tape, ROWS, masks).data(), expected, "in training");
        assertSameBits(scores(model, ROWS), ofSampled(model, Tensor.of(whole, x.shape())), "afterwards");
        assertThat(scores(model, ROWS)).isNotEqualTo(expected);
    }

    /** The scores of frames that are sampled already. */
    private static float[] ofSampled(MlpClassifier model, Tensor x) {
        Tape tape = Tape.withoutGradients();
        MlpClassifier plain = new MlpClassifier(
                new DenseProjection("mlp", model.parameters().get(0).value()),
                model.parameters().get(1).value(),
                model.head(),
                1,
                SampledFrames.Pooling.CONCATENATE,
                0);
        RowSplits one = RowSplits.ofLengths(1, 1, 1);
        return plain.scores(tape, RowSource.of(x, one), null).data();
    }
}
