package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static ttrnn.testing.FloatAssert.assertClose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.Losses;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.io.Npy;
import ttrnn.nn.optim.Adam;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tolerances;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;

/**
 * A small TT-GRU against one computed in double precision by another implementation: forward pass, losses, every gradient
 * and Adam's steps. In the second set a third of the gates is clipped by the hard sigmoid.
 */
@Tag("kernels")
class TtGruReferenceTest {
    private static final TtShape SHAPE =
            new TtShape(new int[] {2, 3, 4, 3}, new int[] {6, 2, 2, 2}, new int[] {1, 2, 3, 2, 1});
    private static final int HIDDEN = 16;
    private static final int CLASSES = 4;
    private static final float L2 = 0.01f;

    /** One of the two sets, with the weights in our layout. */
    private static final class Reference {
        final Path folder;
        final List<Tensor> cores = new ArrayList<>();
        final Tensor recurrent;
        final Tensor bias;
        final Tensor headWeight;
        final Tensor headBias;
        final int[] labels;
        final byte[] frames;
        final byte[] valid;

        Reference(String name) throws Exception {
            folder = Path.of(TtGruReferenceTest.class
                            .getResource("/fixtures/" + name + "/fixture.json")
                            .toURI())
                    .getParent();
            for (int k = 0; k < SHAPE.cores(); k++) {
                cores.add(coreFromTheirs(k, floats("core" + k)));
            }
            recurrent = floats("recurrent_kernel");
            bias = floats("bias");
            headWeight = floats("dense_kernel");
            headBias = floats("dense_bias");
            labels = Npy.readInts(folder.resolve("labels.npy"));
            frames = Npy.readBytes(folder.resolve("frames_u8.npy"));
            valid = Npy.readBytes(folder.resolve("valid.npy"));
        }

        Tensor floats(String name) throws Exception {
            return Npy.readFloats(folder.resolve(name + ".npy"));
        }

        /** Name in the files, and our parameter. */
        Map<String, Tensor> parameters() {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            for (int k = 0; k < cores.size(); k++) {
                parameters.put("core" + k, cores.get(k));
            }
            parameters.put("recurrent_kernel", recurrent);
            parameters.put("bias", bias);
            parameters.put("dense_kernel", headWeight);
            parameters.put("dense_bias", headBias);
            return parameters;
        }

        /** The clips without the frames that the reference masks: padding, or all of a step whose state is carried. */
        List<FrameSequence> clips(boolean masked) {
            int steps = valid.length / labels.length;
            int size = SHAPE.inputSize();
            List<FrameSequence> clips = new ArrayList<>();
            for (int b = 0; b < labels.length; b++) {
                byte[] kept = new byte[steps * size];
                int count = 0;
                for (int t = 0; t < steps; t++) {
                    if (!masked || valid[b * steps + t] == 1) {
                        System.arraycopy(frames, (b * steps + t) * size, kept, count++ * size, size);
                    }
                }
                clips.add(FrameSequence.of(kept, count, size));
            }
            return clips;
        }
    }

    /** What a forward pass gives. */
    private record Result(
            Tape tape, RowSplits splits, Variable states, Variable scores, Variable crossEntropy, Variable loss) {}

    private static Result run(Reference ref, boolean masked, boolean dropout) throws Exception {
        Tape tape = Tape.recording();
        FrameRows rows = new FrameRows(ref.clips(masked), 1);
        float[] mask = dropout ? ref.floats("rec_dropout_mask").data() : null;
        TtLinear projection = new TtLinear("rnn", new TtMatrix(SHAPE, ref.cores));
        Variable states = GruSequence.apply(
                projection.apply(tape, rows),
                tape.leaf(ref.recurrent),
                tape.leaf(ref.bias),
                null,
                rows.splits(),
                GateActivation.HARD_SIGMOID,
                mask);
        Variable scores = new Linear("head", ref.headWeight, ref.headBias)
                .apply(Shaping.gatherRows(states, rows.splits().lastRows()));
        Variable crossEntropy = Losses.crossEntropy(scores, ref.labels, 1f / ref.labels.length);
        Variable loss = Elementwise.add(
                crossEntropy, Elementwise.scale(Reductions.sumOfSquares(tape.leaf(ref.headWeight)), L2));
        return new Result(tape, rows.splits(), states, scores, crossEntropy, loss);
    }

    @Test
    void theCoresRepresentTheDenseMatrix() throws Exception {
        Reference ref = new Reference("tt-gru");
        assertClose(
                new TtMatrix(SHAPE, ref.cores).toDense().data(),
                ref.floats("full_matrix").data(),
                Tolerances.REFERENCE,
                "dense matrix");
        Tape tape = Tape.withoutGradients();
        Variable y =
                new TtLinear("rnn", new TtMatrix(SHAPE, ref.cores)).apply(tape, new FrameRows(ref.clips(false), 1));
        assertClose(y.data(), ref.floats("tt_product").data(), Tolerances.REFERENCE, "product");
    }

    @ParameterizedTest
    @CsvSource({
        "tt-gru, eval_masked",
        "tt-gru, train_unmasked",
        "tt-gru, train_masked",
        "tt-gru-saturated, eval_masked",
        "tt-gru-saturated, train_unmasked",
        "tt-gru-saturated, train_masked"
    })
    void statesLossAndEveryGradientEqualTheReference(String set, String mode) throws Exception {
        Reference ref = new Reference(set);
        boolean masked = mode.endsWith("_masked");
        Result result = run(ref, masked, mode.startsWith("train"));
        assertClose(
                everyStep(ref, masked, result), ref.floats(mode + "_states").data(), Tolerances.REFERENCE, "states");
        assertClose(result.scores.data(), ref.floats(mode + "_logits").data(), Tolerances.REFERENCE, "scores");
        float[] losses = {
            result.loss.value().item(), result.crossEntropy.value().item()
        };
        assertClose(losses, ref.floats(mode + "_loss").data(), Tolerances.REFERENCE, "losses");

        Gradients gradients = result.tape.backward(result.loss);
        for (Map.Entry<String, Tensor> parameter : ref.parameters().entrySet()) {
            String name = parameter.getKey();
            float[] gradient = gradients.of(parameter.getValue()).data();
            assertClose(
                    name.startsWith("core") ? coreToTheirs(name.charAt(4) - '0', gradient) : gradient,
                    ref.floats(mode + "_grad_" + name).data(),
                    Tolerances.REFERENCE,
                    "gradient of " + name);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void adamMovesAsTheReferenceDoes(int steps) throws Exception {
        double rate = 1e-4;
        Reference ref = new Reference("tt-gru");
        Reference start = new Reference("tt-gru");
        List<Parameter> parameters = new ArrayList<>();
        ref.parameters().forEach((name, value) -> parameters.add(new Parameter(name, value)));
        Adam adam = new Adam(parameters);
        Map<String, float[]> first = new LinkedHashMap<>();
        float[] losses = new float[3];
        for (int step = 0; step < steps; step++) {
            Result result = run(ref, true, true);
            losses[step] = result.loss.value().item();
            Gradients gradients = result.tape.backward(result.loss);
            for (Parameter p : parameters) {
                first.putIfAbsent(p.name(), gradients.of(p.value()).data().clone());
            }
            adam.step(gradients, rate);
        }
        float[] expectedLosses = ref.floats("adam_losses").data();
        for (int step = 0; step < steps; step++) {
            assertThat(losses[step])
                    .isCloseTo(expectedLosses[step], org.assertj.core.data.Percentage.withPercentage(1e-3));
        }
        int compared = 0;
        for (Parameter p : parameters) {
            float[] after = theirs(p.name(), p.value().data());
            float[] before = theirs(p.name(), start.parameters().get(p.name()).data());
            float[] gradient = theirs(p.name(), first.get(p.name()));
            float[] expected = ref.floats("adam_step" + steps + "_" + p.name()).data();
            for (int i = 0; i < after.length; i++) {
                if (Math.abs(gradient[i]) < 1e-6) {
                    continue;
                }
                compared++;
                double update = (double) after[i] - before[i];
                double wanted = (double) expected[i] - before[i];
                assertThat(Math.abs(update - wanted))
                        .as("update of %s[%d]: %s, expected %s", p.name(), i, update, wanted)
                        .isLessThanOrEqualTo(Tolerances.ADAM_UPDATE * rate);
            }
        }
        assertThat(compared).isGreaterThan(900);
    }

    private static float[] theirs(String name, float[] values) {
        return name.startsWith("core") ? coreToTheirs(name.charAt(4) - '0', values) : values;
    }

    /** States of all steps of the reference's grid, a masked step carrying the state before it. */
    private static float[] everyStep(Reference ref, boolean masked, Result result) {
        int steps = ref.valid.length / ref.labels.length;
        float[] all = new float[ref.valid.length * HIDDEN];
        for (int b = 0; b < ref.labels.length; b++) {
            int row = result.splits.start(b) - 1;
            for (int t = 0; t < steps; t++) {
                if (!masked || ref.valid[b * steps + t] == 1) {
                    row++;
                }
                if (row >= result.splits.start(b)) {
                    System.arraycopy(result.states.data(), row * HIDDEN, all, (b * steps + t) * HIDDEN, HIDDEN);
                }
            }
        }
        return all;
    }

    /** From rows (m, r') and columns (r, n) to [r, m, n, r']. */
    private static Tensor coreFromTheirs(int k, Tensor theirs) {
        Tensor core = Tensor.zeros(SHAPE.coreShape(k));
        float[] ours = core.data();
        eachElement(k, (mine, other) -> ours[mine] = theirs.data()[other]);
        return core;
    }

    private static float[] coreToTheirs(int k, float[] ours) {
        float[] theirs = new float[ours.length];
        eachElement(k, (mine, other) -> theirs[other] = ours[mine]);
        return theirs;
    }

    private interface Pair {
        void at(int ours, int theirs);
    }

    private static void eachElement(int k, Pair pair) {
        int m = SHAPE.inputMode(k);
        int n = SHAPE.outputMode(k);
        int left = SHAPE.rank(k);
        int right = SHAPE.rank(k + 1);
        for (int r = 0; r < left; r++) {
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    for (int s = 0; s < right; s++) {
                        pair.at(((r * m + i) * n + j) * right + s, (i * right + s) * left * n + r * n + j);
                    }
                }
            }
        }
    }
}
