package ttrnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RngTest {
    private static final int DRAWS = 100_000;

    /** From an implementation of its own, which gives SplitMix64's published first values for the seed 1234567. */
    @Test
    void itGivesTheKnownNumbers() {
        Rng zero = new Rng(0);
        assertThat(zero.nextLong()).isEqualTo(-6411193824288604561L);
        assertThat(zero.nextLong()).isEqualTo(-5511663747979980962L);
        assertThat(zero.nextLong()).isEqualTo(7141179953334974231L);
        assertThat(zero.split("weights").nextLong()).isEqualTo(8884170248963761511L);
        assertThat(zero.split(3).nextLong()).isEqualTo(-3844567791186969987L);
        Rng other = new Rng(1234567);
        assertThat(other.nextLong()).isEqualTo(-8737229284132057911L);
        assertThat(other.split("weights").nextLong()).isEqualTo(-392343597813447726L);
        assertThat(other.split(3).nextLong()).isEqualTo(5037443056872612084L);
        assertThat(new Rng(7).nextFloat()).isEqualTo(0.7215081453323364f);
        assertThat(new Rng(7).nextDouble()).isEqualTo(0.7215081806049702);
        Rng dice = new Rng(7);
        assertThat(new int[] {dice.nextInt(10), dice.nextInt(10), dice.nextInt(10), dice.nextInt(10), dice.nextInt(10)})
                .containsExactly(7, 6, 5, 6, 3);
    }

    @Test
    void aPartOfItsOwnDoesNotDependOnWhatWasDrawnBefore() {
        Rng drawn = new Rng(5);
        for (int i = 0; i < 10; i++) {
            drawn.nextLong();
        }
        assertThat(drawn.split("order").nextLong())
                .isEqualTo(new Rng(5).split("order").nextLong());
        assertThat(drawn.split(3).nextLong()).isEqualTo(new Rng(5).split(3).nextLong());
    }

    @Test
    void splittingDrawsNothing() {
        Rng rng = new Rng(5);
        rng.split("a").nextLong();
        rng.split(1).nextLong();
        assertThat(rng.nextLong()).isEqualTo(new Rng(5).nextLong());
    }

    @Test
    void partsOfDifferentNamesAndSeedsDiffer() {
        Set<Long> first = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            Rng rng = new Rng(seed);
            first.add(rng.nextLong());
            for (String name : new String[] {"", "a", "b", "ab", "ba", "weights", "weights ", "Größe"}) {
                first.add(rng.split(name).nextLong());
            }
            for (long index = -10; index < 100; index++) {
                first.add(rng.split(index).nextLong());
            }
            first.add(rng.split("a").split("b").nextLong());
            first.add(rng.split("b").split("a").nextLong());
        }
        assertThat(first).hasSize(20 * (1 + 8 + 110 + 2));
    }

    @Test
    void partsAreNotCorrelated() {
        double product = 0;
        for (int i = 0; i < DRAWS; i++) {
            Rng rng = new Rng(1).split(i);
            product += (rng.split("a").nextDouble() - 0.5) * (rng.split("b").nextDouble() - 0.5) * 12;
        }
        assertThat(product / DRAWS).isCloseTo(0, offset(0.02));
    }

    @Test
    void floatsAndDoublesAreUniform() {
        Rng rng = new Rng(3);
        int[] counts = new int[16];
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            float f = rng.nextFloat();
            double d = rng.nextDouble();
            assertThat(f >= 0 && f < 1 && d >= 0 && d < 1).isTrue();
            counts[(int) (f * 16)]++;
            sum += d;
        }
        assertThat(sum / DRAWS).isCloseTo(0.5, offset(0.005));
        for (int count : counts) {
            assertThat(count).isBetween(DRAWS / 16 - 400, DRAWS / 16 + 400);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 1000, Integer.MAX_VALUE})
    void integersAreUniformBelowTheirBound(int bound) {
        Rng rng = new Rng(4);
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            int value = rng.nextInt(bound);
            assertThat(value >= 0 && value < bound).isTrue();
            sum += value;
        }
        assertThat(sum / DRAWS).isCloseTo((bound - 1) / 2.0, offset(0.005 * bound));
    }

    @Test
    void theBoundMustBePositive() {
        assertThatThrownBy(() -> new Rng(1).nextInt(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rng: bound must be positive, got 0");
    }

    @Test
    void gaussiansHaveTheirMoments() {
        Rng rng = new Rng(6);
        double[] moments = new double[5];
        for (int i = 0; i < DRAWS; i++) {
            double x = rng.nextGaussian();
            for (int k = 1; k <= 4; k++) {
                moments[k] += StrictMath.pow(x, k) / DRAWS;
            }
        }
        assertThat(moments[1]).isCloseTo(0, offset(0.02));
        assertThat(moments[2]).isCloseTo(1, offset(0.02));
        assertThat(moments[3]).isCloseTo(0, offset(0.05));
        assertThat(moments[4]).isCloseTo(3, offset(0.1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 17, 1000})
    void aPermutationHoldsEveryNumberOnce(int n) {
        int[] sorted = new Rng(7).permutation(n);
        Arrays.sort(sorted);
        for (int i = 0; i < n; i++) {
            assertThat(sorted[i]).isEqualTo(i);
        }
    }

    @Test
    void allPermutationsAreAsLikely() {
        Rng rng = new Rng(8);
        int[] counts = new int[1000];
        for (int i = 0; i < 24_000; i++) {
            int[] p = rng.permutation(4);
            counts[p[0] * 100 + p[1] * 10 + p[2]]++;
        }
        int seen = 0;
        for (int count : counts) {
            if (count > 0) {
                seen++;
                assertThat(count).isBetween(850, 1150);
            }
        }
        assertThat(seen).isEqualTo(24);
    }
}
