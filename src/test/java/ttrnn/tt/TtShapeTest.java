package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Tensor;

class TtShapeTest {
    private static final TtShape SHAPE = TtShape.of(new int[] {2, 3, 5}, new int[] {7, 4, 1}, 3, 2);

    private static int[] of(int... values) {
        return values;
    }

    @Test
    void itTellsItsSizes() {
        assertThat(SHAPE.cores()).isEqualTo(3);
        assertThat(SHAPE.inputSize()).isEqualTo(30);
        assertThat(SHAPE.outputSize()).isEqualTo(28);
        assertThat(SHAPE.denseParameters()).isEqualTo(840);
        assertThat(SHAPE.parameters()).isEqualTo(2 * 7 * 3 + 3 * 3 * 4 * 2 + 2 * 5);
        assertThat(SHAPE.inputMode(1)).isEqualTo(3);
        assertThat(SHAPE.outputMode(1)).isEqualTo(4);
        assertThat(SHAPE.rank(2)).isEqualTo(2);
        assertThat(SHAPE.ranks()).containsExactly(1, 3, 2, 1);
        assertThat(SHAPE.coreShape(1)).hasToString("[3, 3, 4, 2]");
        assertThat(SHAPE.inputSize(1, 3)).isEqualTo(15);
        assertThat(SHAPE.outputSize(0, 2)).isEqualTo(28);
        assertThat(SHAPE).hasToString("[2, 3, 5] -> [7, 4, 1], ranks [1, 3, 2, 1]");
        assertThat(SHAPE.withFirstOutputMode(21)).hasToString("[2, 3, 5] -> [21, 4, 1], ranks [1, 3, 2, 1]");
    }

    @Test
    void itsArraysAreCopies() {
        int[] modes = of(2, 3);
        TtShape shape = TtShape.of(modes, of(1, 1), 1);
        modes[0] = 9;
        shape.inputModes()[0] = 9;
        shape.outputModes()[0] = 9;
        shape.ranks()[1] = 9;
        assertThat(shape).isEqualTo(TtShape.of(of(2, 3), of(1, 1), 1));
    }

    @Test
    void shapesOfEqualNumbersAreEqual() {
        TtShape same = TtShape.of(of(2, 3, 5), of(7, 4, 1), 3, 2);
        assertThat(same).isEqualTo(SHAPE).hasSameHashCodeAs(SHAPE);
        List<TtShape> others = List.of(
                TtShape.of(of(2, 3, 6), of(7, 4, 1), 3, 2),
                TtShape.of(of(2, 3, 5), of(7, 4, 2), 3, 2),
                TtShape.of(of(2, 3, 5), of(7, 4, 1), 3, 3));
        assertThat(others).doesNotContain(SHAPE);
        assertThat(others).extracting(TtShape::hashCode).doesNotContain(SHAPE.hashCode(), 0);
        assertThat(SHAPE).isNotEqualTo("shape");
    }

    @Test
    void numbersThatMakeNoTrainAreNamed() {
        refused("at least one core is needed; input modes [], output modes [], ranks [1]", of(), of(), of(1));
        refused(
                "as many output modes as input modes are needed; input modes [2, 3], output modes [2], ranks [1, 1, 1]",
                of(2, 3),
                of(2),
                of(1, 1, 1));
        refused(
                "2 cores have 3 ranks, the first and the last being 1; input modes [2, 3], output modes [2, 2],"
                        + " ranks [1, 1]",
                of(2, 3),
                of(2, 2),
                of(1, 1));
        for (int[] ranks : new int[][] {{2, 1, 1}, {1, 1, 2}}) {
            assertThatThrownBy(() -> new TtShape(of(2, 3), of(2, 2), ranks))
                    .hasMessageStartingWith("tensor train: the first and the last rank must be 1; ");
        }
        for (int wrong : of(0, -1)) {
            for (int[][] all : new int[][][] {
                {{2, wrong}, {2, 2}, {1, 1, 1}}, {{2, 2}, {wrong, 2}, {1, 1, 1}}, {{2, 2}, {2, 2}, {1, wrong, 1}}
            }) {
                assertThatThrownBy(() -> new TtShape(all[0], all[1], all[2]))
                        .hasMessageStartingWith("tensor train: modes and ranks must be positive; ");
            }
        }
        int half = 1 << 16;
        assertThatThrownBy(() -> TtShape.of(of(half, half / 2), of(1, 1), 1))
                .hasMessageStartingWith("tensor train: a side of more than 2^31 - 1; ");
        assertThatThrownBy(() -> TtShape.of(of(1, 1), of(half, half / 2), 1))
                .hasMessageStartingWith("tensor train: a side of more than 2^31 - 1; ");
        // 2^64, of which a long keeps nothing.
        int[] large = {1 << 16, 1 << 16, 1 << 16, 1 << 16};
        assertThatThrownBy(() -> TtShape.of(large, new int[] {1, 1, 1, 1}, 1))
                .hasMessageStartingWith("tensor train: a side of more than 2^31 - 1; ");
        assertThatCode(() -> TtShape.of(of(Integer.MAX_VALUE), of(Integer.MAX_VALUE), new int[0]))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> TtShape.of(of(2, 2, 2), of(2, 2, 2), 1, 2, 3))
                .hasMessage("tensor train: 3 cores have 2 inner ranks (or one number for all), got [1, 2, 3]");
    }

    private static void refused(String message, int[] inputModes, int[] outputModes, int[] ranks) {
        assertThatThrownBy(() -> new TtShape(inputModes, outputModes, ranks))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor train: " + message);
    }

    @Test
    void coresThatDoNotFitAreNamed() {
        TtShape shape = TtShape.of(of(2, 3), of(4, 5), 2);
        assertThatThrownBy(() -> new TtMatrix(shape, List.of(Tensor.zeros(1, 2, 4, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tensor train: " + shape + " has 2 cores, got 1");
        assertThatThrownBy(() -> new TtMatrix(shape, List.of(Tensor.zeros(1, 2, 4, 2), Tensor.zeros(2, 3, 5, 2))))
                .hasMessage("tensor train: core 1 must be [2, 3, 5, 1], got [2, 3, 5, 2]");
    }

    @Test
    void aPlansSplitIsOneOfTheCores() {
        for (int split : of(-1, 3)) {
            assertThatThrownBy(() -> new TtPlan(SHAPE, split))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("tt plan: the split must be 0 … 2, got " + split);
        }
        // Small odd numbers, so that each factor counts.
        TtShape shape = TtShape.of(of(2, 3), of(5, 7), 2);
        assertThat(TtPlan.rightToLeft(shape)).isEqualTo(2 * 3 * 2 * 7 + 2 * 5 * 7 * 2);
        assertThat(TtPlan.leftToRight(shape)).isEqualTo(2 * 3 * 5 * 2 + 3 * 2 * 5 * 7);
    }
}
