package ttrnn.train.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Rng;

class NumberSequenceTest {
    private static List<BigInteger> first(NumberSequence sequence, int count) {
        return sequence.first(count, new Rng(1));
    }

    private static List<Integer> small(NumberSequence sequence) {
        return first(sequence, 12).stream().map(BigInteger::intValueExact).toList();
    }

    @Test
    void theSequencesBeginAsInTheAuthorsCode() {
        assertThat(small(NumberSequence.FIBONACCI)).containsExactly(1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144);
        assertThat(small(NumberSequence.LUCAS)).containsExactly(2, 1, 3, 4, 7, 11, 18, 29, 47, 76, 123, 199);
        assertThat(small(NumberSequence.PADOVAN)).containsExactly(1, 1, 1, 2, 2, 3, 4, 5, 7, 9, 12, 16);
    }

    @Test
    void farNumbersAreExactAndFitIntoTheBits() {
        BigInteger hundredth = new BigInteger("354224848179261915075");
        assertThat(first(NumberSequence.FIBONACCI, 400).get(99)).isEqualTo(hundredth);
        // L(n) = F(n - 1) + F(n + 1), with L(0) = 2 the first of Lucas and F(1) = 1 the first of Fibonacci.
        List<BigInteger> fibonacci = first(NumberSequence.FIBONACCI, 400);
        assertThat(first(NumberSequence.LUCAS, 400).get(399))
                .isEqualTo(fibonacci.get(397).add(fibonacci.get(399)));
        for (NumberSequence sequence : NumberSequence.values()) {
            assertThat(first(sequence, 400))
                    .hasSize(400)
                    .allMatch(number -> number.signum() > 0 && number.bitLength() <= NumberSequence.BITS);
        }
    }

    @Test
    void halfOfTheRandomBitsAreOne() {
        List<BigInteger> numbers = first(NumberSequence.RANDOM, 400);
        assertThat(numbers.stream().mapToInt(BigInteger::bitCount).sum()).isBetween(400 * 253, 400 * 259);
        for (int bit : new int[] {0, 1, 255, 510, 511}) {
            assertThat(numbers.stream().filter(number -> number.testBit(bit)).count())
                    .as("bit %d", bit)
                    .isBetween(150L, 250L);
        }
        assertThat(numbers).doesNotHaveDuplicates();
    }
}
