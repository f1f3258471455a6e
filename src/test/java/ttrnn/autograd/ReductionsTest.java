package ttrnn.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

@Tag("kernels")
class ReductionsTest {
    private final Tape tape = Tape.recording();
    private final Variable x = tape.leaf(Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 2, 3, 2));

    @Test
    void sumsAndMeansOfAllElements() {
        assertThat(Reductions.sum(x).value().item()).isEqualTo(78);
        assertThat(Reductions.mean(x).value().item()).isEqualTo(6.5f);
        assertThat(Reductions.sumOfSquares(x).value().item()).isEqualTo(650);
        assertThat(Reductions.sum(tape.leaf(Tensor.zeros(0, 2))).value().item()).isZero();
    }

    @Test
    void sumsOverSomeAxes() {
        Variable y = Reductions.sum(x, false, 1);
        assertThat(y.shape()).isEqualTo(Shape.of(2, 2));
        assertThat(y.data()).containsExactly(9, 12, 27, 30);
        assertThat(Reductions.sum(x, true, -1).shape()).isEqualTo(Shape.of(2, 3, 1));
        assertThat(Reductions.sum(x, true, -1).data()).containsExactly(3, 7, 11, 15, 19, 23);
        assertThat(Reductions.sum(x, false, 2, 0).data()).containsExactly(18, 26, 34);
        assertThat(Reductions.sum(x, false, 0, 1, 2).shape()).isEqualTo(Shape.of());
        assertThat(Reductions.sum(x, true, 0, 1, 2).data()).containsExactly(78);
    }

    @Test
    void meansOverSomeAxes() {
        assertThat(Reductions.mean(x, false, 1).data()).containsExactly(3, 4, 9, 10);
        assertThat(Reductions.mean(x, true, 0, 2).data()).containsExactly(4.5f, 6.5f, 8.5f);
        assertThat(Reductions.mean(x, true, 0, 2).shape()).isEqualTo(Shape.of(1, 3, 1));
    }

    @Test
    void anEmptySumIsZeroAndAnEmptyMeanAnError() {
        Variable empty = tape.leaf(Tensor.zeros(0, 2));
        assertThat(Reductions.sum(empty, false, 0).data()).containsExactly(0, 0);
        assertThat(Reductions.mean(empty, false, 1).shape()).isEqualTo(Shape.of(0));
        assertThatThrownBy(() -> Reductions.mean(empty, false, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mean: no elements along axes [0] of [0, 2]");
        assertThatThrownBy(() -> Reductions.mean(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mean: no elements in [0, 2]");
    }

    @Test
    void axesThatAreNotThereOrTwiceOrNoneAreErrors() {
        assertThatThrownBy(() -> Reductions.sum(x, false, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sum: no axis 3 in [2, 3, 2]");
        assertThatThrownBy(() -> Reductions.mean(x, true, -4)).hasMessage("mean: no axis -4 in [2, 3, 2]");
        assertThatThrownBy(() -> Reductions.sum(x, false, 1, -2))
                .hasMessage("sum: an axis stands twice in [1, -2], shape [2, 3, 2]");
        assertThatThrownBy(() -> Reductions.sum(x, true)).hasMessage("sum: no axes named, shape [2, 3, 2]");
    }
}
