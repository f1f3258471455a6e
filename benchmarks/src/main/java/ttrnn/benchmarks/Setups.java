package ttrnn.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import ttrnn.nn.init.Initializer;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;
import ttrnn.tt.TtMatrix;
import ttrnn.tt.TtShape;

/** Shapes of the data sets of Yang et al. 2017 and others, and made-up frames. */
enum Setups {
    UCF11(new int[] {8, 20, 20, 18}, new int[] {4, 4, 4, 4}, 4),
    UCF11_RANK_8(new int[] {8, 20, 20, 18}, new int[] {4, 4, 4, 4}, 8),
    HOLLYWOOD2(new int[] {10, 18, 13, 30}, new int[] {4, 4, 4, 4}, 4),
    FACES(new int[] {4, 20, 20, 36}, new int[] {4, 4, 4, 4}, 4),
    TWO_CORES(new int[] {160, 360}, new int[] {16, 16}, 8),
    SIX_CORES(new int[] {4, 5, 8, 6, 6, 10}, new int[] {2, 2, 2, 4, 4, 2}, 5);

    private final int[] inputModes;
    private final int[] outputModes;
    private final int rank;

    Setups(int[] inputModes, int[] outputModes, int rank) {
        this.inputModes = inputModes;
        this.outputModes = outputModes;
        this.rank = rank;
    }

    /** By its name in lower case with hyphens, for example {@code ucf11-rank-8}. */
    static Setups of(String name) {
        return valueOf(name.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    /** A GRU's input matrix: one train for three gates. */
    TtMatrix matrix() {
        TtShape shape = TtShape.of(inputModes, outputModes, rank).withFirstOutputMode(3 * outputModes[0]);
        return Initializer.SCALED.matrix(shape, 3, 1.0 / 128, new Rng(1));
    }

    /** The model of a training: a TT-GRU with hard sigmoid gates and a quarter of the states dropped, as published. */
    TrainConfig config() {
        return TrainConfig.defaults()
                .with(Settings.INPUT_MODES, IntStream.of(inputModes).boxed().toList())
                .with(Settings.OUTPUT_MODES, IntStream.of(outputModes).boxed().toList())
                .with(Settings.RANKS, List.of(rank))
                .with(Settings.RECURRENT_DROPOUT, 0.25);
    }

    int frameSize() {
        return IntStream.of(inputModes).reduce(1, Math::multiplyExact);
    }

    /** Clips of random bytes in memory; {@code distinct} different ones, the rest repeats them. */
    static List<FrameSequence> clips(int count, int distinct, int length, int frameSize) {
        List<byte[]> made = new ArrayList<>();
        for (int i = 0; i < Math.min(count, distinct); i++) {
            made.add(bytes(Math.multiplyExact(length, frameSize), new Rng(2).split(i)));
        }
        return IntStream.range(0, count)
                .mapToObj(i -> FrameSequence.of(made.get(i % made.size()), length, frameSize))
                .toList();
    }

    private static byte[] bytes(int size, Rng rng) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i += Long.BYTES) {
            long eight = rng.nextLong();
            for (int j = i; j < Math.min(size, i + Long.BYTES); j++, eight >>>= Byte.SIZE) {
                bytes[j] = (byte) eight;
            }
        }
        return bytes;
    }
}
