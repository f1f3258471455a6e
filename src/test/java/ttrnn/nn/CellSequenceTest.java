package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.testing.FloatAssert.assertClose;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.GradientCheck;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.MatMul;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;
import ttrnn.testing.Tolerances;

class CellSequenceTest {
    private static final int HIDDEN = 5;
    private static final RowSplits SPLITS = RowSplits.ofLengths(3, 0, 1, 4);
    private static final float[] MASK =
            Tensors.normal(4, 0.5, SPLITS.count(), HIDDEN).data();

    private static Tensor[] inputs(int gates) {
        return new Tensor[] {
            Tensors.normal(1, 0.8, SPLITS.rows(), gates * HIDDEN),
            Tensors.normal(2, 0.4, HIDDEN, gates * HIDDEN),
            Tensors.normal(3, 0.3, gates * HIDDEN)
        };
    }

    @Test
    void gradientsOfTheSimpleCellMatchFiniteDifferences() {
        GradientCheck.of(v -> CellSequence.simple(v.get(0), v.get(1), v.get(2), null, SPLITS, MASK))
                .inputs(inputs(1))
                .run()
                .assertPassed();
    }

    @ParameterizedTest
    @EnumSource
    void gradientsOfTheLstmMatchFiniteDifferences(GateActivation activation) {
        GradientCheck.of(v -> CellSequence.lstm(v.get(0), v.get(1), v.get(2), null, SPLITS, activation, MASK))
                .inputs(inputs(4))
                .run()
                .assertPassed();
    }

    @ParameterizedTest
    @EnumSource
    void theFusedLstmEqualsTheComposedOne(GateActivation activation) {
        assertEqual(
                inputs(4),
                v -> Shaping.slice(
                        CellSequence.lstm(v.get(0), v.get(1), v.get(2), null, SPLITS, activation, MASK), 1, 0, HIDDEN),
                v -> composed(v, 4, (pre, state) -> {
                    Variable i = gate(activation, part(pre, 0));
                    Variable f = gate(activation, part(pre, 1));
                    Variable g = Elementwise.tanh(part(pre, 2));
                    Variable o = gate(activation, part(pre, 3));
                    Variable c = Elementwise.add(Elementwise.multiply(f, state[1]), Elementwise.multiply(i, g));
                    return new Variable[] {Elementwise.multiply(o, Elementwise.tanh(c)), c};
                }));
    }

    @Test
    void theFusedSimpleCellEqualsTheComposedOne() {
        assertEqual(
                inputs(1),
                v -> CellSequence.simple(v.get(0), v.get(1), v.get(2), null, SPLITS, MASK),
                v -> composed(v, 1, (pre, state) -> new Variable[] {Elementwise.tanh(pre), state[1]}));
    }

    @Test
    void weightsOfTheWrongShapeAreNamed() {
        Tape tape = Tape.withoutGradients();
        assertThatThrownBy(() -> CellSequence.simple(
                        tape.leaf(Tensor.zeros(8, 5)),
                        tape.leaf(Tensor.zeros(5, 6)),
                        tape.leaf(Tensor.zeros(5)),
                        null,
                        SPLITS,
                        null))
                .hasMessage("rnn: recurrent weights must be [hidden, 1 hidden], got [5, 6]");
    }

    private interface Step {
        /** From the gates before their activation and {h, c} to the next {h, c}. */
        Variable[] apply(Variable pre, Variable[] state);
    }

    private static Variable composed(List<Variable> v, int gates, Step step) {
        Tape tape = v.get(0).tape();
        List<Variable> all = new ArrayList<>();
        for (int b = 0; b < SPLITS.count(); b++) {
            Variable zero = tape.constant(Tensor.zeros(1, HIDDEN));
            float[] own = new float[HIDDEN];
            System.arraycopy(MASK, b * HIDDEN, own, 0, HIDDEN);
            Variable mask = tape.constant(Tensor.of(own, 1, HIDDEN));
            Variable[] state = {zero, zero};
            for (int row = SPLITS.start(b); row < SPLITS.start(b + 1); row++) {
                Variable x = Shaping.gatherRows(v.get(0), row);
                Variable product = MatMul.matmul(Elementwise.multiply(state[0], mask), v.get(1));
                Variable bias = Shaping.reshape(v.get(2), 1, gates * HIDDEN);
                state = step.apply(Elementwise.add(Elementwise.add(x, bias), product), state);
                all.add(state[0]);
            }
        }
        return Shaping.concatenate(0, all.toArray(Variable[]::new));
    }

    private static Variable part(Variable pre, int gate) {
        return Shaping.slice(pre, 1, gate * HIDDEN, (gate + 1) * HIDDEN);
    }

    private static Variable gate(GateActivation activation, Variable x) {
        return activation == GateActivation.SIGMOID ? Elementwise.sigmoid(x) : Elementwise.hardSigmoid(x);
    }

    private static void assertEqual(
            Tensor[] inputs, Function<List<Variable>, Variable> fused, Function<List<Variable>, Variable> composed) {
        List<Gradients> gradients = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        for (Function<List<Variable>, Variable> function : List.of(fused, composed)) {
            Tape tape = Tape.recording();
            List<Variable> leaves = new ArrayList<>();
            for (Tensor input : inputs) {
                leaves.add(tape.leaf(input));
            }
            Variable y = function.apply(leaves);
            values.add(y.data().clone());
            Variable weights = tape.constant(Tensors.normal(9, y.shape().dimensions()));
            gradients.add(tape.backward(Reductions.sum(Elementwise.multiply(y, weights))));
        }
        assertClose(values.get(0), values.get(1), Tolerances.REORDERED, "states");
        for (Tensor input : inputs) {
            assertClose(
                    gradients.get(0).of(input).data(),
                    gradients.get(1).of(input).data(),
                    Tolerances.REORDERED,
                    "gradient of " + input.shape());
        }
    }
}
