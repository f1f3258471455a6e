package ttrnn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Feeds a reader with mutants for some time. It must answer each with what is in the file or with an IOException of one line,
 * soon, and without much memory; what it does not so answer is kept as target/fuzz-NAME-N. {@code -Dttrnn.fuzzMinutes=30}
 * makes the runs whose figures are in docs/robustness.md.
 */
public final class Fuzz {
    private static final double MINUTES = Double.parseDouble(System.getProperty("ttrnn.fuzzMinutes", "0.02"));
    private static final long FIRST = Long.getLong("ttrnn.fuzzFirst", 0);
    private static final int LEAST = 500;
    private static final double MOST_SECONDS = 20;
    private static final int MOST_FINDS = 20;

    /** What is tried. */
    public interface Reader {
        void read(Path file) throws IOException;
    }

    private final String name;
    private final Mutants mutants;
    private final long mostBytes;

    /**
     * A run.
     *
     * @param mostBytes that reading one mutant may allocate
     */
    public Fuzz(String name, Mutants mutants, long mostBytes) {
        this.name = name;
        this.mutants = mutants;
        this.mostBytes = mostBytes;
    }

    /** Tries until the time is over; fails if there were finds. */
    public void run(Path folder, Reader reader) throws IOException {
        Path file = folder.resolve("mutant");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<String> finds = new ArrayList<>();
        long start = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        long refused = 0;
        Map<String, Long> places = new HashMap<>();
        long most = 0;
        double slowest = 0;
        long n = FIRST;
        while ((System.nanoTime() - start < MINUTES * 60e9 || n < FIRST + LEAST) && finds.size() < MOST_FINDS) {
            byte[] mutant = mutants.mutant(n);
            Files.write(file, mutant);
            long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            long begun = System.nanoTime();
            String wrong = null;
            try {
                reader.read(file);
            } catch (IOException e) {
                refused++;
                places.merge(place(e), 1L, Long::sum);
                String message = String.valueOf(e.getMessage());
                wrong = message.contains("\n") || message.isBlank() || message.length() > 2000
                        ? "a bad message: " + message
                        : null;
            } catch (RuntimeException | Error e) {
                wrong = e + " at " + (e.getStackTrace().length == 0 ? "?" : e.getStackTrace()[0]);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytes;
            slowest = Math.max(slowest, seconds);
            most = Math.max(most, bytes);
            if (wrong == null && seconds > MOST_SECONDS) {
                wrong = "it took " + seconds + " s";
            }
            if (wrong == null && bytes > mostBytes) {
                wrong = "it took " + bytes + " bytes of heap";
            }
            if (wrong != null) {
                finds.add("mutant " + n + ": " + wrong);
                Files.createDirectories(Path.of("target"));
                Files.write(Path.of("target", "fuzz-" + name + "-" + n), mutant);
            }
            n++;
        }
        System.err.printf(
                Locale.ROOT,
                "fuzz %s: %d inputs from %d on in %.1f minutes (%.1f of processor), %d refused at %d places, %.0f %% of them"
                        + " at one, %d finds, slowest %.3f s, at most %d bytes of heap for one%n",
                name,
                n - FIRST,
                FIRST,
                (System.nanoTime() - start) / 60e9,
                (threads.getCurrentThreadCpuTime() - cpu) / 60e9,
                refused,
                places.size(),
                places.values().stream().mapToLong(count -> count).max().orElse(0) * 100.0 / Math.max(1, refused),
                finds.size(),
                slowest,
                most);
        assertThat(finds).as(name).isEmpty();
        assertThat(refused).isPositive();
    }

    /** Where a mutant was refused: the innermost three methods of ours, with their lines, at the root of the refusal. */
    private static String place(IOException refusal) {
        Throwable root = refusal;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Arrays.stream(root.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("ttrnn."))
                .limit(3)
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining(" "));
    }
}
