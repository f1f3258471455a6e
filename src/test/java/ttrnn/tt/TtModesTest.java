package ttrnn.tt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TtModesTest {
    @ParameterizedTest
    @CsvSource({
        "57600, 4, '[15, 15, 16, 16]'",
        "256, 4, '[4, 4, 4, 4]'",
        "1, 3, '[1, 1, 1]'",
        "2, 3, '[1, 1, 2]'",
        "13, 2, '[1, 13]'",
        "57601, 1, '[57601]'",
        "12, 2, '[3, 4]'",
        "360, 3, '[5, 8, 9]'",
        "2147483647, 3, '[1, 1, 2147483647]'",
        "2147483646, 2, '[42966, 49981]'",
        "2095133040, 6, '[33, 34, 35, 36, 38, 39]'",
        "1073741824, 10, '[8, 8, 8, 8, 8, 8, 8, 8, 8, 8]'"
    })
    void knownSizes(int size, int count, String modes) {
        assertThat(Arrays.toString(TtModes.balanced(size, count))).isEqualTo(modes);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void noOtherFactorsHaveASmallerSumThenMaximum(int count) {
        for (int size = 1; size <= 240; size++) {
            int[] modes = TtModes.balanced(size, count);
            assertThat(Arrays.stream(modes).reduce(1, (a, b) -> a * b)).isEqualTo(size);
            assertThat(modes).isSorted();
            long found = Arrays.stream(modes).sum() * 1000L + modes[count - 1];
            assertThat(found).as("size %d in %d modes", size, count).isEqualTo(best(size, count, 0, 0));
        }
    }

    /** Smallest sum, times 1000, plus maximum, over all ordered factorisations. */
    private static long best(int rest, int count, long sum, int largest) {
        if (count == 1) {
            return (sum + rest) * 1000 + Math.max(largest, rest);
        }
        long best = Long.MAX_VALUE;
        for (int mode = 1; mode <= rest; mode++) {
            if (rest % mode == 0) {
                best = Math.min(best, best(rest / mode, count - 1, sum + mode, Math.max(largest, mode)));
            }
        }
        return best;
    }

    @Test
    void aPaddedSizeIsTheNextWhoseModesAreWithinAFactorOfTwo() {
        assertThat(TtModes.paddedSize(57600, 4)).isEqualTo(57600);
        assertThat(TtModes.paddedSize(57601, 4)).isEqualTo(57624);
        assertThat(TtModes.balanced(57624, 4)).containsExactly(14, 14, 14, 21);
        assertThat(TtModes.paddedSize(1, 4)).isEqualTo(1);
        assertThat(TtModes.paddedSize(3, 4)).isEqualTo(4);
        assertThat(TtModes.paddedSize(13, 2)).isEqualTo(15);
        for (int count = 1; count <= 5; count++) {
            for (int size = 1; size < 400; size += 7) {
                int padded = TtModes.paddedSize(size, count);
                assertThat(even(padded, count)).isTrue();
                for (int between = size; between < padded; between++) {
                    assertThat(even(between, count)).isFalse();
                }
            }
        }
    }

    private static boolean even(int size, int count) {
        int[] modes = TtModes.balanced(size, count);
        return modes[count - 1] <= 2 * modes[0];
    }

    @Test
    void theLargestRankUsesTheBudgetAndNoMore() {
        int[] in = {8, 20, 20, 18};
        int[] out = {12, 4, 4, 4};
        long ofRankFour = TtShape.of(in, out, 4).parameters();
        assertThat(TtModes.largestRank(in, out, ofRankFour)).isEqualTo(4);
        assertThat(TtModes.largestRank(in, out, ofRankFour - 1)).isEqualTo(3);
        assertThat(TtModes.largestRank(in, out, TtShape.of(in, out, 5).parameters() - 1))
                .isEqualTo(4);
        assertThat(TtModes.largestRank(in, out, TtShape.of(in, out, 1).parameters()))
                .isEqualTo(1);
        // Beyond this rank nothing is left to represent.
        assertThat(TtModes.largestRank(in, out, Long.MAX_VALUE)).isEqualTo(5760);
        assertThat(TtModes.largestRank(new int[] {7}, new int[] {5}, 35)).isEqualTo(1);
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> TtModes.balanced(0, 3))
                .hasMessage("tt modes: size and number of modes must be positive, got size 0, 3 modes");
        assertThatThrownBy(() -> TtModes.paddedSize(5, 0))
                .hasMessage("tt modes: size and number of modes must be positive, got size 5, 0 modes");
        assertThatThrownBy(() -> TtModes.paddedSize(Integer.MAX_VALUE, 2))
                .hasMessage("tt modes: no size from 2147483647 to 2^31 - 1 has 2 modes of like size");
        assertThatThrownBy(() -> TtModes.largestRank(new int[] {2, 3}, new int[] {2, 2}, 9))
                .hasMessage("tt modes: [2, 3] -> [2, 2], ranks [1, 1, 1] has 10 parameters, more than the 9 allowed;"
                        + " choose more and smaller modes");
    }
}
