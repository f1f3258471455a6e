package ttrnn.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Tensors;

class ShapingTest {
    private final Tape tape = Tape.recording();
    private final Variable x = tape.leaf(Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));

    private Variable zeros(int... dimensions) {
        return tape.leaf(Tensor.zeros(dimensions));
    }

    @Test
    void reshapingKeepsTheElements() {
        assertThat(Shaping.reshape(x, 3, 1, 2).shape()).isEqualTo(Shape.of(3, 1, 2));
        assertThat(Shaping.reshape(x, 6).data()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThatThrownBy(() -> Shaping.reshape(x, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reshape: [2, 3] has 6 elements, [4] has 4");
    }

    @Test
    void transposingSwapsTheLastTwoAxes() {
        assertThat(Shaping.transpose(x).data()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(Shaping.transpose(zeros(5, 2, 3)).shape()).isEqualTo(Shape.of(5, 3, 2));
        assertThatThrownBy(() -> Shaping.transpose(zeros(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transpose: at least two axes are needed, got [3]");
    }

    @Test
    void permutingMovesEveryAxis() {
        Variable y = tape.leaf(Tensors.normal(1, 2, 3, 4));
        Variable moved = Shaping.permute(y, 2, 0, -2);
        assertThat(moved.shape()).isEqualTo(Shape.of(4, 2, 3));
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 4; k++) {
                    assertThat(moved.data()[(k * 2 + i) * 3 + j]).isEqualTo(y.data()[(i * 3 + j) * 4 + k]);
                }
            }
        }
        assertThat(Shaping.permute(tape.leaf(Tensor.scalar(3))).data()).containsExactly(3);
        assertThat(Shaping.permute(zeros(0, 2), 1, 0).shape()).isEqualTo(Shape.of(2, 0));
        assertThatThrownBy(() -> Shaping.permute(x, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("permute: all axes of [2, 3] must be named once, got [1]");
        assertThatThrownBy(() -> Shaping.permute(x, 1, -1))
                .hasMessage("permute: an axis stands twice in [1, -1], shape [2, 3]");
        assertThatThrownBy(() -> Shaping.permute(x, 0, 2)).hasMessage("permute: no axis 2 in [2, 3]");
    }

    @Test
    void aSliceIsAPartAlongOneAxis() {
        assertThat(Shaping.slice(x, 1, 1, 3).data()).containsExactly(2, 3, 5, 6);
        assertThat(Shaping.slice(x, 0, 1, 2).data()).containsExactly(4, 5, 6);
        assertThat(Shaping.slice(x, -1, 1, 1).shape()).isEqualTo(Shape.of(2, 0));
        assertThat(tape.backward(Reductions.sum(Shaping.slice(x, 1, 1, 3)))
                        .of(x)
                        .data())
                .containsExactly(0, 1, 1, 0, 1, 1);
        int[][] outside = {{-1, 2}, {2, 1}, {0, 4}};
        for (int[] range : outside) {
            assertThatThrownBy(() -> Shaping.slice(x, -1, range[0], range[1]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("slice: " + range[0] + " to " + range[1] + " does not lie within axis -1 of [2, 3]");
        }
        assertThatThrownBy(() -> Shaping.slice(x, 2, 0, 1)).hasMessage("slice: no axis 2 in [2, 3]");
    }

    @Test
    void concatenatingUndoesSlicing() {
        assertThat(Shaping.concatenate(-1, Shaping.slice(x, 1, 0, 1), zeros(2, 0), Shaping.slice(x, 1, 1, 3))
                        .data())
                .containsExactly(x.data());
        assertThat(Shaping.concatenate(0, x, zeros(1, 3)).data()).containsExactly(1, 2, 3, 4, 5, 6, 0, 0, 0);
        assertThatThrownBy(() -> Shaping.concatenate(1, x, zeros(3, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("concatenate: shapes differ in more than axis 1, [2, 3] and [3, 3]");
        assertThatThrownBy(() -> Shaping.concatenate(1, x, zeros(2)))
                .hasMessage("concatenate: shapes differ in more than axis 1, [2, 3] and [2]");
        assertThatThrownBy(() -> Shaping.concatenate(2, x)).hasMessage("concatenate: no axis 2 in [2, 3]");
        assertThatThrownBy(() -> Shaping.concatenate(0)).hasMessage("concatenate: nothing to join");
    }

    @Test
    void stackingMakesANewAxis() {
        Variable a = tape.leaf(Tensor.of(new float[] {1, 2}, 2));
        Variable b = tape.leaf(Tensor.of(new float[] {3, 4}, 2));
        assertThat(Shaping.stack(0, a, b).data()).containsExactly(1, 2, 3, 4);
        assertThat(Shaping.stack(-1, a, b).data()).containsExactly(1, 3, 2, 4);
        assertThat(Shaping.stack(1, x, x, x).shape()).isEqualTo(Shape.of(2, 3, 3));
        assertThat(Shaping.stack(0, tape.leaf(Tensor.scalar(5)), tape.leaf(Tensor.scalar(6)))
                        .data())
                .containsExactly(5, 6);
        assertThatThrownBy(() -> Shaping.stack(0, a, x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stack: shapes differ, [2] and [2, 3]");
        assertThatThrownBy(() -> Shaping.stack(2, a, b)).hasMessage("stack: no axis 2 for a result of rank 2");
        assertThatThrownBy(() -> Shaping.stack(0)).hasMessage("stack: nothing to stack");
    }

    @Test
    void rowsAreGatheredInAnyOrderAndMoreThanOnce() {
        Variable y = Shaping.gatherRows(x, 1, -1, 1, 0);
        assertThat(y.shape()).isEqualTo(Shape.of(4, 3));
        assertThat(y.data()).containsExactly(4, 5, 6, 0, 0, 0, 4, 5, 6, 1, 2, 3);
        assertThat(Shaping.gatherRows(zeros(0, 3), -1).data()).containsExactly(0, 0, 0);
        assertThat(tape.backward(Reductions.sum(y)).of(x).data()).containsExactly(1, 1, 1, 2, 2, 2);
    }

    @Test
    void aRowThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Shaping.gatherRows(x, 0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gatherRows: no row 2 in [2, 3] (index 1)");
        assertThatThrownBy(() -> Shaping.gatherRows(x, -2)).hasMessage("gatherRows: no row -2 in [2, 3] (index 0)");
        assertThatThrownBy(() -> Shaping.gatherRows(tape.leaf(Tensor.scalar(1)), 0))
                .hasMessage("gatherRows: a scalar has no rows");
    }
}
