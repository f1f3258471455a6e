package ttrnn.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import ttrnn.video.FrameSource;
import ttrnn.video.FrameSources;
import ttrnn.video.Picture;

/**
 * Decoding of one clip on one thread, all its frames: {@code -Dclip=FILE}, by default the first clip of data/motion below the working
 * folder.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DecodeBenchmark {
    private static final Path CLIPS = Path.of("data", "motion");

    private Path clip;
    private int frames;

    @Setup
    public void setUp() throws IOException {
        String given = System.getProperty("clip");
        clip = given == null ? first() : Path.of(given);
        frames = decode();
        if (frames < 1) {
            throw new IllegalStateException(clip + " has no frames");
        }
    }

    private static Path first() throws IOException {
        if (!Files.isDirectory(CLIPS)) {
            throw new IOException("there is no " + CLIPS + " here; run from the project's folder, or give -Dclip=FILE");
        }
        try (Stream<Path> files = Files.walk(CLIPS)) {
            return files.filter(file -> file.toString().endsWith(".mpg"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Benchmark
    public int decode() throws IOException {
        int count = 0;
        try (FrameSource source = FrameSources.open(clip)) {
            for (Picture picture = source.next(); picture != null; picture = source.next()) {
                count++;
            }
        }
        if (frames != 0 && count != frames) {
            throw new IllegalStateException(clip + " had " + frames + " frames, now " + count);
        }
        return count;
    }
}
