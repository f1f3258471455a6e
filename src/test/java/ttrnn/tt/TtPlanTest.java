package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures that were added up by hand, core by core. */
class TtPlanTest {
    /** UCF11's, with the gates of a GRU. */
    private static final TtShape PUBLISHED = TtShape.of(new int[] {8, 20, 20, 18}, new int[] {12, 4, 4, 4}, 4);

    /** A shape whose train as one matrix takes fewer multiply-adds than core by core. */
    private static final TtShape SMALL = TtShape.of(new int[] {64, 9}, new int[] {2, 2}, 2);

    @Test
    void thePublishedProductIsPrintedStepByStep() {
        assertThat(TtPlan.rightToLeft(PUBLISHED)).isEqualTo(921_600 + 819_200 + 163_840 + 24_576);
        assertThat(TtPlan.leftToRight(PUBLISHED)).isEqualTo(2_764_800 + 5_529_600 + 1_105_920 + 55_296);
        assertThat(new TtPlan(PUBLISHED, 2).toString().lines())
                .containsExactly(
                        "TT product [8, 20, 20, 18] -> [12, 4, 4, 4], ranks [1, 4, 4, 4, 1]",
                        "  multiply-adds a row: right to left 1,929,216, left to right 9,455,616, this plan 1,929,216,"
                                + " dense 44,236,800",
                        "  cores 2…3 merged: [160, 360] x [360, 64] -> [160, 64]",
                        "  core 1: 8 x [16, 80] x [80, 16] -> [8, 4, 64]",
                        "  core 0: 1 x [12, 32] x [32, 64] -> [1, 1, 768]");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 57600, 768", "1, 8, 7200, 256", "2, 160, 360, 64", "3, 3200, 18, 16"})
    void theMergedFactorHasTheTrailingModes(int split, int leadingInputs, int trailingInputs, int columns) {
        TtPlan plan = new TtPlan(PUBLISHED, split);
        assertThat(plan.leadingInputs()).isEqualTo(leadingInputs);
        assertThat(plan.trailingInputs()).isEqualTo(trailingInputs);
        assertThat(plan.factorColumns()).isEqualTo(columns);
        assertThat(plan.factorSize()).isEqualTo((long) trailingInputs * columns);
        assertThat(plan.mergesForward()).isFalse();
        assertThat(plan.multiplyAdds()).isEqualTo(1_929_216);
        assertThat(plan.intermediate(split)).isEqualTo((long) leadingInputs * columns);
    }

    @Test
    void coresAreMergedForwardsWhereThatTakesFewerMultiplyAdds() {
        TtPlan merged = new TtPlan(SMALL, 0);
        assertThat(merged.mergesForward()).isTrue();
        assertThat(merged.multiplyAdds()).isEqualTo(576 * 4);
        TtPlan one = new TtPlan(SMALL, 1);
        assertThat(one.mergesForward()).isFalse();
        assertThat(one.multiplyAdds()).isEqualTo(576 * 4 + 64 * 8).isEqualTo(TtPlan.rightToLeft(SMALL));
        assertThat(TtPlan.leftToRight(SMALL)).isEqualTo(576 * 4 + 9 * 8);
        assertThat(TtPlan.of(SMALL)).isEqualTo(merged);
        // [6, 2] -> [1, 2] with rank 2: 24 multiply-adds either way.
        TtShape even = TtShape.of(new int[] {6, 2}, new int[] {1, 2}, 1);
        assertThat(new TtPlan(even, 0).multiplyAdds()).isEqualTo(24);
        assertThat(TtPlan.rightToLeft(even)).isEqualTo(24 + 12);
        assertThat(new TtPlan(even, 0).mergesForward()).isTrue();
        TtShape single = TtShape.of(new int[] {6}, new int[] {5}, 1);
        assertThat(new TtPlan(single, 0).mergesForward()).isFalse();
        assertThat(TtPlan.of(single).multiplyAdds()).isEqualTo(30);
    }

    /** At most 64 lanes, and at most half a million elements of the input at a time. */
    @Test
    void soManyRowsAreTakenAtATimeAsThereAreLanes() {
        assertThat(new TtPlan(PUBLISHED, 2).leading()).isEqualTo(1);
        assertThat(new TtPlan(PUBLISHED, 2).parts()).isEqualTo(8);
        assertThat(new TtPlan(PUBLISHED, 2).rowsAtATime()).isEqualTo(8);
        assertThat(new TtPlan(PUBLISHED, 0).leading()).isZero();
        assertThat(new TtPlan(PUBLISHED, 0).parts()).isEqualTo(1);
        assertThat(new TtPlan(PUBLISHED, 0).rowsAtATime()).isEqualTo(16);
        assertThat(new TtPlan(SMALL, 0).rowsAtATime()).isEqualTo(64);
        assertThat(new TtPlan(SMALL, 1).leading()).isZero();
        assertThat(rows(8192)).isEqualTo(64);
        assertThat(rows(8193)).isEqualTo(32);
        assertThat(rows(16384)).isEqualTo(32);
        assertThat(rows(16385)).isEqualTo(16);
        assertThat(new TtPlan(leadingMode(32), 1).rowsAtATime()).isEqualTo(2);
        assertThat(new TtPlan(leadingMode(33), 1).leading()).isZero();
    }

    private static int rows(int inputs) {
        return new TtPlan(TtShape.of(new int[] {inputs, 1}, new int[] {2, 2}, 1), 0).rowsAtATime();
    }

    private static TtShape leadingMode(int mode) {
        return TtShape.of(new int[] {mode, 4}, new int[] {2, 2}, 2);
    }

    @Test
    void aSplitBeyondTheCoresIsNamed() {
        for (int split : new int[] {-1, 4}) {
            assertThatThrownBy(() -> new TtPlan(PUBLISHED, split))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("tt plan: the split must be 0 … 3, got " + split);
        }
    }
}
