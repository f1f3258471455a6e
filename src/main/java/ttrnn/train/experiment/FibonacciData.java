package ttrnn.train.experiment;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;
import ttrnn.train.Example;

/**
 * Pieces of number sequences to tell apart, after the authors' Experiment_FiboClass: Fibonacci, Lucas, Padovan or random.
 *
 * <p>Of each class the first 400 numbers are taken, each a vector of 512 bits, the most significant first. From these come 300
 * pieces a class of 3 to 30 consecutive numbers, both the length and the first number drawn uniformly, the latter from 0 to 399
 * - length. A piece is padded in front with zeros to 30 steps that are steps like any other. All are shuffled: 450 to learn
 * from, the other 750 for test. The numbers of the random class are drawn once, so that its pieces overlap like the others'.
 *
 * <p>A bit b is the byte 128 + b, which with an input scale of 1 a model sees as b.
 *
 * @param training what to learn from
 * @param test what to judge by
 */
public record FibonacciData(List<Example> training, List<Example> test) {
    static final int NUMBERS = 400;
    static final int PIECES = 300;
    static final int SHORTEST = 3;
    static final int STEPS = 30;
    static final int TRAINING = 450;
    private static final byte ZERO = (byte) 128;
    private static final byte ONE = (byte) 129;

    public FibonacciData {
        training = List.copyOf(training);
        test = List.copyOf(test);
    }

    /** The data of a seed. */
    public static FibonacciData of(long seed) {
        Rng rng = new Rng(seed).split("fibonacci");
        List<Example> pieces = new ArrayList<>();
        NumberSequence[] classes = NumberSequence.values();
        for (int label = 0; label < classes.length; label++) {
            NumberSequence sequence = classes[label];
            Rng own = rng.split(sequence.toString());
            List<BigInteger> numbers = sequence.first(NUMBERS, own.split("numbers"));
            Rng places = own.split("pieces");
            for (int n = 0; n < PIECES; n++) {
                int length = SHORTEST + places.nextInt(STEPS - SHORTEST + 1);
                int start = places.nextInt(NUMBERS - length);
                FrameSequence frames = frames(numbers.subList(start, start + length));
                pieces.add(new Example(sequence + "-" + n, frames, label));
            }
        }
        List<Example> shuffled = new ArrayList<>();
        for (int index : rng.split("order").permutation(pieces.size())) {
            shuffled.add(pieces.get(index));
        }
        return new FibonacciData(shuffled.subList(0, TRAINING), shuffled.subList(TRAINING, shuffled.size()));
    }

    private static FrameSequence frames(List<BigInteger> numbers) {
        int bits = NumberSequence.BITS;
        byte[] frames = new byte[STEPS * bits];
        Arrays.fill(frames, ZERO);
        int at = (STEPS - numbers.size()) * bits;
        for (BigInteger number : numbers) {
            for (int bit = 0; bit < number.bitLength(); bit++) {
                if (number.testBit(bit)) {
                    frames[at + bits - 1 - bit] = ONE;
                }
            }
            at += bits;
        }
        return FrameSequence.of(frames, STEPS, bits);
    }
}
