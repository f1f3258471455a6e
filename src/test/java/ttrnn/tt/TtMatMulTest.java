package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.testing.FloatAssert.assertClose;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.GradientCheck;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.MatMul;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;
import ttrnn.testing.Tolerances;

@Tag("kernels")
class TtMatMulTest {
    /** One to six cores, odd modes and modes of 1, ranks 1 to 32, some larger than the modes can use. */
    static Stream<TtShape> shapes() {
        return Stream.of(
                new TtShape(new int[] {7}, new int[] {5}, new int[] {1, 1}),
                TtShape.of(new int[] {5, 3}, new int[] {3, 7}, 1),
                TtShape.of(new int[] {4, 5}, new int[] {3, 2}, 3),
                TtShape.of(new int[] {3, 7}, new int[] {5, 3}, 32),
                TtShape.of(new int[] {3, 1, 5}, new int[] {2, 7, 1}, 4, 1),
                TtShape.of(new int[] {3, 5, 3}, new int[] {3, 1, 5}, 32, 9),
                TtShape.of(new int[] {2, 3, 4, 3}, new int[] {6, 2, 2, 2}, 2, 3, 2),
                TtShape.of(new int[] {3, 3, 2, 5}, new int[] {3, 1, 3, 3}, 8, 17, 5),
                TtShape.of(new int[] {2, 3, 2, 3, 2}, new int[] {2, 1, 3, 2, 2}, 2),
                TtShape.of(new int[] {3, 1, 2, 3, 2, 3}, new int[] {1, 3, 2, 1, 2, 1}, 1, 5, 2, 7, 3));
    }

    private static List<TtPlan> plans(TtShape shape) {
        return IntStream.range(0, shape.cores())
                .mapToObj(split -> new TtPlan(shape, split))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theProductOfEveryPlanEqualsThatWithTheDenseMatrix(TtShape shape) {
        List<Tensor> cores = cores(shape, 3);
        Tensor x = Tensors.normal(5, 11, shape.inputSize());
        Tape tape = Tape.withoutGradients();
        Tensor dense = new TtMatrix(shape, cores).toDense();
        Variable expected = MatMul.matmul(tape.leaf(x), tape.leaf(dense));
        for (TtPlan plan : plans(shape)) {
            Variable y = TtMatMul.product(
                    tape.leaf(x), plan, cores.stream().map(tape::leaf).toList());
            assertClose(y.data(), expected.data(), Tolerances.REORDERED, plan.toString());
        }
    }

    /** One plan a shape, since each comparison takes dozens of products; the others are compared with it below. */
    @ParameterizedTest
    @MethodSource("shapes")
    void gradientsOfCoresAndInputMatchFiniteDifferences(TtShape shape) {
        List<Tensor> inputs = new ArrayList<>(cores(shape, 7));
        inputs.add(Tensors.normal(9, 5, shape.inputSize()));
        int d = shape.cores();
        TtPlan plan = new TtPlan(shape, d / 2);
        GradientCheck.of(v -> TtMatMul.product(v.get(d), RowSplits.ofLengths(2, 0, 3), plan, v.subList(0, d)))
                .inputs(inputs.toArray(Tensor[]::new))
                .coordinates(2)
                .run()
                .assertPassed();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void gradientsOfAllPlansAreTheSame(TtShape shape) {
        List<float[]> expected = gradients(new TtPlan(shape, shape.cores() / 2));
        for (TtPlan plan : plans(shape)) {
            List<float[]> found = gradients(plan);
            for (int k = 0; k < found.size(); k++) {
                assertClose(found.get(k), expected.get(k), Tolerances.REORDERED, "gradient " + k + " of " + plan);
            }
        }
    }

    /** Of a weighted sum of the product, with respect to the cores and the input. */
    private static List<float[]> gradients(TtPlan plan) {
        List<Tensor> inputs = new ArrayList<>(cores(plan.shape(), 7));
        inputs.add(Tensors.normal(9, 5, plan.shape().inputSize()));
        Tape tape = Tape.recording();
        List<Variable> leaves = inputs.stream().map(tape::leaf).toList();
        int d = plan.shape().cores();
        Variable y = TtMatMul.product(leaves.get(d), RowSplits.ofLengths(2, 0, 3), plan, leaves.subList(0, d));
        Tensor weights = Tensors.normal(11, 5, plan.shape().outputSize());
        Gradients gradients = tape.backward(Reductions.sum(Elementwise.multiply(y, tape.constant(weights))));
        return inputs.stream().map(x -> gradients.of(x).data()).toList();
    }

    @Test
    void anInputOfTheWrongSizeIsNamedWithAllShapes() {
        TtPlan plan = TtPlan.of(TtShape.of(new int[] {4, 5}, new int[] {3, 2}, 3));
        Tape tape = Tape.withoutGradients();
        List<Variable> cores = cores(plan.shape(), 1).stream().map(tape::leaf).toList();
        assertThatThrownBy(() -> TtMatMul.product(tape.leaf(Tensor.zeros(3, 21)), plan, cores))
                .hasMessage("tt product: input must be [3, 20] for [4, 5] -> [3, 2], ranks [1, 3, 1], got [3, 21]");
    }

    @Test
    void thePlanCountsMultiplyAddsOfBothOrders() {
        TtShape shape = TtShape.of(new int[] {8, 20, 20, 18}, new int[] {12, 4, 4, 4}, 4);
        assertThat(TtPlan.rightToLeft(shape)).isEqualTo(1_929_216);
        assertThat(TtPlan.leftToRight(shape)).isEqualTo(9_455_616);
        assertThat(shape.parameters()).isEqualTo(3232);
        assertThat(TtPlan.of(shape).split()).isEqualTo(2);
        assertThat(TtPlan.of(shape).toString()).contains("cores 2…3 merged: [160, 360] x [360, 64] -> [160, 64]");
    }

    private static List<Tensor> cores(TtShape shape, long seed) {
        List<Tensor> cores = new ArrayList<>();
        for (int k = 0; k < shape.cores(); k++) {
            cores.add(Tensors.normal(seed + k, 0.7, shape.coreShape(k).dimensions()));
        }
        return cores;
    }
}
