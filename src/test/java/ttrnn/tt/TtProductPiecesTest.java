package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.testing.FloatAssert.assertClose;
import static ttrnn.testing.FloatAssert.assertSameBits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.GradientCheck;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.MatMul;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;
import ttrnn.testing.Tolerances;

/** Sequences of more rows than a piece has, and inputs of more values than are loaded at a time. */
@Tag("kernels")
class TtProductPiecesTest {
    private static final TtShape SHAPE = TtShape.of(new int[] {8, 16, 10}, new int[] {3, 2, 2}, 2, 3);
    private static final TtPlan PLAN = TtPlan.of(SHAPE);
    private static final int[] LENGTHS = {130, 1, 0, 65};
    private static final RowSplits SPLITS = RowSplits.ofLengths(LENGTHS);
    private static final Tensor X = Tensors.normal(1, SPLITS.rows(), SHAPE.inputSize());
    private static final Tensor WEIGHTS = Tensors.normal(2, SPLITS.rows(), SHAPE.outputSize());

    private static List<Tensor> cores() {
        List<Tensor> cores = new ArrayList<>();
        for (int k = 0; k < SHAPE.cores(); k++) {
            cores.add(Tensors.normal(3 + k, 0.4, SHAPE.coreShape(k).dimensions()));
        }
        return cores;
    }

    private static Gradients gradients(Tape tape, Variable y, Tensor weights) {
        return tape.backward(Reductions.sum(Elementwise.multiply(y, tape.constant(weights))));
    }

    @Test
    void theProductAndTheGradientOfTheRowsAreThoseOfTheDenseMatrix() {
        List<Tensor> cores = cores();
        Tape tape = Tape.recording();
        Variable y = TtMatMul.product(tape.leaf(X), SPLITS, PLAN, leaves(tape, cores));
        Tape denseTape = Tape.recording();
        Variable dense = MatMul.matmul(denseTape.leaf(X), denseTape.constant(new TtMatrix(SHAPE, cores).toDense()));
        assertClose(y.data(), dense.data(), Tolerances.REORDERED, "product");
        assertClose(
                gradients(tape, y, WEIGHTS).of(X).data(),
                gradients(denseTape, dense, WEIGHTS).of(X).data(),
                Tolerances.REORDERED,
                "gradient of the rows");
        // Without a gradient nothing is kept, and the bits are the same.
        Tape values = Tape.withoutGradients();
        assertSameBits(
                TtMatMul.product(values.leaf(X), SPLITS, PLAN, leaves(values, cores))
                        .data(),
                y.data(),
                "values alone");
    }

    @Test
    void gradientsOfTheCoresMatchFiniteDifferences() {
        GradientCheck.of(v -> TtMatMul.product(v.get(0).tape(), RowSource.of(X, SPLITS), PLAN, v))
                .inputs(cores().toArray(Tensor[]::new))
                .coordinates(3)
                .run()
                .assertPassed();
    }

    @Test
    void aBatchGivesTheRowsAndTheSumsOfItsSequences() {
        List<Tensor> cores = cores();
        Tape tape = Tape.recording();
        Variable y = TtMatMul.product(tape.leaf(X), SPLITS, PLAN, leaves(tape, cores));
        Gradients all = gradients(tape, y, WEIGHTS);
        List<float[]> sums = cores.stream().map(core -> new float[core.size()]).toList();
        for (int b = 0; b < LENGTHS.length; b++) {
            Tape own = Tape.recording();
            Tensor rows = rows(X, b);
            Variable part = TtMatMul.product(
                    own, RowSource.of(rows, RowSplits.ofLengths(LENGTHS[b])), PLAN, leaves(own, cores));
            assertSameBits(rows(y.value(), b).data(), part.data(), "rows of sequence " + b);
            Gradients gradients = gradients(own, part, rows(WEIGHTS, b));
            for (int k = 0; k < cores.size(); k++) {
                float[] gradient = gradients.of(cores.get(k)).data();
                for (int i = 0; i < gradient.length; i++) {
                    sums.get(k)[i] += gradient[i];
                }
            }
        }
        for (int k = 0; k < cores.size(); k++) {
            assertClose(all.of(cores.get(k)).data(), sums.get(k), Tolerances.REORDERED, "gradient of core " + k);
        }
    }

    /** None of the intermediates kept, those of the first piece of 64 rows, and those of the first two. */
    @Test
    void intermediatesThatAreMadeAgainGiveTheSameBits() {
        TtPlan plan = new TtPlan(SHAPE, SHAPE.cores() - 1); // the cheapest one keeps nothing
        List<Tensor> cores = cores();
        for (int rows : new int[] {0, 64, 150}) {
            Tape whole = Tape.recording();
            Tape part = Tape.recording();
            Variable y = TtMatMul.product(whole.leaf(X), SPLITS, plan, leaves(whole, cores));
            Variable again = TtMatMul.product(
                    part, RowSource.of(X, SPLITS), part.leaf(X), plan, leaves(part, cores), rows * plan.keptElements());
            assertSameBits(again.data(), y.data(), "product, " + rows + " rows kept");
            Gradients expected = gradients(whole, y, WEIGHTS);
            Gradients actual = gradients(part, again, WEIGHTS);
            for (Tensor core : cores) {
                assertSameBits(actual.of(core).data(), expected.of(core).data(), "core, " + rows + " rows kept");
            }
            assertSameBits(actual.of(X).data(), expected.of(X).data(), "rows, " + rows + " rows kept");
        }
        assertThat(plan.keptElements()).isGreaterThan(1);
    }

    @Test
    void rowsAndCoresThatDoNotFitAreNamed() {
        Tape tape = Tape.withoutGradients();
        RowSource rows = RowSource.of(Tensor.zeros(2, 3), RowSplits.ofLengths(2));
        assertThatThrownBy(() -> TtMatMul.product(tape, rows, PLAN, leaves(tape, cores())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tt product: rows have 3 values, the input modes of " + SHAPE + " make 1280");
        assertThatThrownBy(() -> TtMatMul.product(tape.leaf(X), PLAN, leaves(tape, cores().subList(0, 2))))
                .hasMessage("tensor train: " + SHAPE + " has 3 cores, got 2");
        assertThat(TtMatMul.product(tape.leaf(Tensor.zeros(0, 1280)), PLAN, leaves(tape, cores()))
                        .shape())
                .hasToString("[0, 12]");
    }

    private static List<Variable> leaves(Tape tape, List<Tensor> cores) {
        return cores.stream().map(tape::leaf).toList();
    }

    private static Tensor rows(Tensor x, int sequence) {
        int columns = x.shape().dimension(1);
        return Tensor.of(
                Arrays.copyOfRange(x.data(), SPLITS.start(sequence) * columns, SPLITS.start(sequence + 1) * columns),
                LENGTHS[sequence],
                columns);
    }
}
