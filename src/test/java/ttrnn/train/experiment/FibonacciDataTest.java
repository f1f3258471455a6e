package ttrnn.train.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Rng;
import ttrnn.train.Example;

class FibonacciDataTest {
    private static final FibonacciData DATA = FibonacciData.of(3);

    private static Stream<Example> all(FibonacciData data) {
        return Stream.concat(data.training().stream(), data.test().stream());
    }

    private static byte[] bytes(Example example) {
        byte[] bytes = new byte[30 * 512];
        example.frames().read(0, 30, bytes, 0);
        return bytes;
    }

    /** The numbers of the thirty steps, read back from their bits. */
    private static List<BigInteger> numbers(Example example) {
        byte[] bytes = bytes(example);
        List<BigInteger> numbers = new ArrayList<>();
        for (int step = 0; step < 30; step++) {
            StringBuilder digits = new StringBuilder();
            for (int bit = 0; bit < 512; bit++) {
                digits.append((bytes[step * 512 + bit] & 0xFF) - 128);
            }
            numbers.add(new BigInteger(digits.toString(), 2));
        }
        return numbers;
    }

    private static int padding(List<BigInteger> numbers) {
        int steps = 0;
        while (numbers.get(steps).signum() == 0) {
            steps++;
        }
        return steps;
    }

    @Test
    void everyClassHasThreeHundredPieces() {
        assertThat(DATA.training()).hasSize(450);
        assertThat(DATA.test()).hasSize(750);
        Map<Integer, Integer> counts = new TreeMap<>();
        all(DATA).forEach(example -> counts.merge(example.label(), 1, Integer::sum));
        assertThat(counts).isEqualTo(Map.of(0, 300, 1, 300, 2, 300, 3, 300));
        assertThat(all(DATA).map(Example::id)).doesNotHaveDuplicates();
    }

    @Test
    void theClassesAreShuffled() {
        for (int label = 0; label < 4; label++) {
            int wanted = label;
            long count = DATA.training().stream()
                    .filter(example -> example.label() == wanted)
                    .count();
            assertThat(count).as("label %d", label).isBetween(80L, 145L);
        }
    }

    @Test
    void piecesAreConsecutiveNumbersOfTheirSequenceAfterZeros() {
        Rng rng = new Rng(3).split("fibonacci");
        List<List<BigInteger>> sequences = Arrays.stream(NumberSequence.values())
                .map(sequence ->
                        sequence.first(400, rng.split(sequence.toString()).split("numbers")))
                .toList();
        all(DATA).forEach(example -> {
            List<BigInteger> steps = numbers(example);
            List<BigInteger> piece = steps.subList(padding(steps), 30);
            List<BigInteger> own = sequences.get(example.label());
            // The last number, since the first ones of a sequence may occur twice.
            int end = own.lastIndexOf(piece.get(piece.size() - 1)) + 1;
            boolean found = false;
            for (; end >= piece.size() && !found; end--) {
                found = own.subList(end - piece.size(), end).equals(piece);
            }
            assertThat(found).as(example.id()).isTrue();
        });
    }

    @Test
    void lengthsAreUniformFromThreeToThirty() {
        Map<Integer, Integer> counts = new TreeMap<>();
        all(DATA).forEach(example -> counts.merge(30 - padding(numbers(example)), 1, Integer::sum));
        assertThat(counts.keySet())
                .containsExactlyElementsOf(
                        Stream.iterate(3, n -> n <= 30, n -> n + 1).toList());
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(20, 70));
    }

    /** The four hundredth Fibonacci number has 278 binary digits, a Lucas number two more at most. */
    @Test
    void theMostSignificantBitComesFirst() {
        all(DATA).forEach(example -> {
            boolean high = false;
            byte[] bytes = bytes(example);
            for (int at = 0; at < bytes.length; at++) {
                high |= at % 512 < 512 - 280 && bytes[at] == (byte) 129;
            }
            assertThat(high).as(example.id()).isEqualTo(example.label() == 3);
        });
    }

    @Test
    void theDataIsAFunctionOfTheSeed() {
        FibonacciData again = FibonacciData.of(3);
        FibonacciData other = FibonacciData.of(4);
        List<Example> first = all(DATA).toList();
        List<Example> second = all(again).toList();
        List<Example> third = all(other).toList();
        int same = 0;
        for (int n = 0; n < first.size(); n++) {
            assertThat(bytes(second.get(n))).isEqualTo(bytes(first.get(n)));
            assertThat(second.get(n).label()).isEqualTo(first.get(n).label());
            same += Arrays.equals(bytes(third.get(n)), bytes(first.get(n))) ? 1 : 0;
        }
        assertThat(same).isLessThan(10);
    }
}
