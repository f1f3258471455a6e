package ttrnn.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.FoundClips;
import ttrnn.dataset.Layouts;
import ttrnn.dataset.Prepare;
import ttrnn.dataset.PrepareListener;
import ttrnn.dataset.PrepareSettings;
import ttrnn.kernel.Parallel;
import ttrnn.tensor.FrameSequence;
import ttrnn.video.ClipDecoders;

/** Reading all frames of a store of 160x120 whose pages are in memory: the clips of data/motion, 550 of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class StoreBenchmark {
    private Path folder;
    private List<FrameSequence> clips;
    private long frames;
    private byte[] frame;
    private long sum;

    @Setup
    public void setUp() throws IOException {
        folder = Files.createTempDirectory("store");
        FoundClips found = Layouts.find(Path.of("data", "motion"), "ucf11");
        PrepareSettings settings = PrepareSettings.defaults();
        try (ClipDecoders decoders = new ClipDecoders()) {
            Prepare.run(
                    found, folder, settings, decoders::open, Parallel.threads(), PrepareListener.NONE);
        }
        ClipStore store = ClipStore.open(folder);
        clips = store.clips().stream().map(store::frames).toList();
        frames = clips.stream().mapToLong(FrameSequence::length).sum();
        frame = new byte[store.frameSize()];
        sum = read();
    }

    @Benchmark
    public long read() {
        long total = 0;
        long count = 0;
        for (FrameSequence clip : clips) {
            for (int t = 0; t < clip.length(); t++) {
                clip.read(t, 1, frame, 0);
                total += frame[(int) (count++ % frame.length)];
            }
        }
        if (count != frames || sum != 0 && total != sum) {
            throw new IllegalStateException("other frames than at first");
        }
        return total;
    }

    @TearDown
    public void tearDown() throws IOException {
        clips = List.of();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
