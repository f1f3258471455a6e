package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.dataset.ClipStore;
import ttrnn.io.Json;
import ttrnn.testing.TinyStore;

/**
 * A long training keeps no more heap at its end than at its begin. Some seconds by default; {@code -Dttrnn.soakMinutes=45
 * -Dttrnn.soakSteps=20000 -Dttrnn.soakPauseMillis=20} makes it the run whose figures are in docs/robustness.md.
 */
@Timeout(6000)
class SoakTest {
    private static final double MINUTES = Double.parseDouble(System.getProperty("ttrnn.soakMinutes", "0"));
    private static final int STEPS = Integer.getInteger("ttrnn.soakSteps", 300);
    /** Between steps, to leave the machine to others. */
    private static final long PAUSE_MILLIS = Long.getLong("ttrnn.soakPauseMillis", 0);

    private static final int SAMPLES = MINUTES > 1 ? 80 : 20;

    @TempDir
    Path folder;

    /** Looks at the heap after a collection, {@link #SAMPLES} times in the whole run. */
    private static final class Watch implements TrainListener {
        private final long start = System.nanoTime();
        private final List<Long> used = new ArrayList<>();
        private int steps;
        private int epochs;

        @Override
        public void step(int epoch, int clips, double loss) {
            steps++;
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void epoch(EpochMetrics metrics) {
            epochs++;
        }

        private double minutes() {
            return (System.nanoTime() - start) / 60e9;
        }

        @Override
        public boolean stopRequested() {
            double share = (used.size() + 1.0) / SAMPLES;
            if (minutes() >= MINUTES * share && (MINUTES > 1 || steps >= STEPS * share)) {
                System.gc();
                used.add(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
            return minutes() >= MINUTES && steps >= STEPS;
        }
    }

    @Test
    void aLongTrainingKeepsNoMoreHeapAtItsEndThanAtItsBegin() throws IOException {
        Path store = TinyStore.write(folder.resolve("store"), 100, 3);
        TrainConfig config = TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,6,6],\"outputModes\":[2,2,2],\"ranks\":[2],\"epochs\":1000000,"
                        + "\"batchSize\":2,\"dropout\":0.2,\"shift\":0.3,\"testGroups\":[\"c\"],"
                        + "\"validationGroups\":[\"d\"]}"));
        Watch watch = new Watch();
        RunOptions options = new RunOptions("1", 100, 0, false);
        TrainRun run = new TrainRun(ClipStore.open(store), config);
        RunFolder at = RunFolder.create(folder.resolve("run"));
        assertThatThrownBy(() -> run.run(at, options, watch)).isInstanceOf(TrainException.Stopped.class);

        int quarter = watch.used.size() / 4;
        long first = median(watch.used.subList(0, quarter));
        long last = median(watch.used.subList(watch.used.size() - quarter, watch.used.size()));
        System.err.printf(
                Locale.ROOT,
                "%.1f minutes, %d steps, %d epochs, heap after %d collections: median %d bytes in the first quarter,"
                        + " %d in the last%n",
                watch.minutes(),
                watch.steps,
                watch.epochs,
                watch.used.size(),
                first,
                last);
        assertThat(last).isLessThan(first + (1 << 20));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
