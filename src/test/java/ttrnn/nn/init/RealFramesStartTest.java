package ttrnn.nn.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import ttrnn.autograd.Tape;
import ttrnn.nn.FrameRows;
import ttrnn.nn.TtLinear;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;
import ttrnn.testing.ReferenceData;
import ttrnn.tt.TtShape;
import ttrnn.video.FrameResizer;
import ttrnn.video.FrameSource;
import ttrnn.video.FrameSources;
import ttrnn.video.Picture;

/** Where the gates of a TT-GRU start on frames of UCF101 of 160x120, three gates of 256 in one train of rank 4. */
class RealFramesStartTest {
    private static final TtShape SHAPE = TtShape.of(new int[] {8, 20, 20, 18}, new int[] {12, 4, 4, 4}, 4);
    private static final int SEEDS = 5;
    private static final int EVERY = 25;
    private static final int LAST = 75;

    /** Gate inputs without bias and state: their deviation, and the share beyond hard sigmoid's -2.5 … 2.5. */
    private record Start(double deviation, double beyond) {
        static Start of(Initializer initializer, double inputScale, long seed, List<FrameSequence> clips) {
            TtLinear projection = new TtLinear("rnn", initializer.matrix(SHAPE, 3, inputScale, new Rng(seed)));
            float[] inputs = projection
                    .apply(Tape.withoutGradients(), new FrameRows(clips, (float) inputScale))
                    .data();
            double sum = 0;
            double squares = 0;
            int beyond = 0;
            for (float input : inputs) {
                sum += input;
                squares += (double) input * input;
                beyond += Math.abs(input) > 2.5 ? 1 : 0;
            }
            double mean = sum / inputs.length;
            return new Start(StrictMath.sqrt(squares / inputs.length - mean * mean), (double) beyond / inputs.length);
        }
    }

    /** One clip of each class. */
    private static List<FrameSequence> clips() throws Exception {
        Path folder = ReferenceData.file("data/ucf101-six");
        List<FrameSequence> clips = new ArrayList<>();
        for (Path category : sorted(folder)) {
            if (Files.isDirectory(category)) {
                clips.add(decode(sorted(category).get(0)));
            }
        }
        return clips;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Frames 0, 25, 50 and 75. */
    private static FrameSequence decode(Path clip) throws Exception {
        FrameResizer resizer = new FrameResizer(160, 120);
        int size = resizer.frameBytes();
        byte[] frames = new byte[0];
        try (FrameSource source = FrameSources.open(clip)) {
            int number = 0;
            for (Picture picture = source.next(); picture != null && number <= LAST; picture = source.next()) {
                if (number++ % EVERY == 0) {
                    frames = Arrays.copyOf(frames, frames.length + size);
                    resizer.toRgb(picture, frames, frames.length - size);
                }
            }
        }
        return FrameSequence.of(frames, frames.length / size, size);
    }

    @Test
    void publishedCoresSaturateTheGatesAndScaledOnesDoNot() throws Exception {
        List<FrameSequence> clips = clips();
        assertThat(clips).hasSize(6);
        double sum = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Start published = Start.of(Initializer.PUBLISHED, 1, seed, clips);
            assertThat(published.deviation).as("seed %d", seed).isBetween(30.0, 60.0);
            assertThat(published.beyond).as("seed %d", seed).isBetween(0.9, 0.96);
            Start scaled = Start.of(Initializer.SCALED, 1.0 / 64, seed, clips);
            assertThat(scaled.deviation).as("seed %d", seed).isBetween(0.5, 3.0);
            assertThat(scaled.beyond).as("seed %d", seed).isLessThan(0.3);
            sum += scaled.deviation;
        }
        assertThat(sum / SEEDS).isBetween(0.7, 1.7);
    }
}
