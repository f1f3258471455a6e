package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.testing.FloatAssert.assertClose;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ttrnn.autograd.GradientCheck;
import ttrnn.autograd.MatMul;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;
import ttrnn.testing.Tolerances;

@Tag("kernels")
class TtMatMulTest {
    static Stream<TtPlan> plans() {
        return Stream.of(
                        new TtShape(new int[] {7}, new int[] {5}, new int[] {1, 1}),
                        TtShape.of(new int[] {4, 5}, new int[] {3, 2}, 3),
                        TtShape.of(new int[] {2, 3, 4, 3}, new int[] {6, 2, 2, 2}, 2, 3, 2),
                        TtShape.of(new int[] {3, 1, 5}, new int[] {2, 7, 1}, 4, 1),
                        TtShape.of(new int[] {2, 3, 2, 3, 2}, new int[] {2, 1, 3, 2, 2}, 2),
                        TtShape.of(new int[] {2, 2, 2, 2, 2, 2}, new int[] {2, 2, 2, 2, 2, 2}, 2, 3, 4, 3, 2))
                .flatMap(shape ->
                        Stream.iterate(0, s -> s < shape.cores(), s -> s + 1).map(s -> new TtPlan(shape, s)));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void theProductEqualsThatWithTheDenseMatrix(TtPlan plan) {
        List<Tensor> cores = cores(plan.shape(), 3);
        Tensor x = Tensors.normal(5, 11, plan.shape().inputSize());
        Tape tape = Tape.withoutGradients();
        Variable y = TtMatMul.product(
                tape.leaf(x), plan, cores.stream().map(tape::leaf).toList());
        Tensor dense = new TtMatrix(plan.shape(), cores).toDense();
        Variable expected = MatMul.matmul(tape.leaf(x), tape.leaf(dense));
        assertClose(y.data(), expected.data(), Tolerances.REORDERED, plan.toString());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void gradientsOfCoresAndInputMatchFiniteDifferences(TtPlan plan) {
        List<Tensor> inputs = new ArrayList<>(cores(plan.shape(), 7));
        inputs.add(Tensors.normal(9, 5, plan.shape().inputSize()));
        int d = plan.shape().cores();
        GradientCheck.of(v -> TtMatMul.product(v.get(d), RowSplits.ofLengths(2, 0, 3), plan, v.subList(0, d)))
                .inputs(inputs.toArray(Tensor[]::new))
                .run()
                .assertPassed();
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
