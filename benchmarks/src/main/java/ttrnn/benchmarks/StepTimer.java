package ttrnn.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;

/**
 * Times training steps in this JVM and prints one JSON object: {@code --clips=16 --frames=200 --steps=7 --warmup=5 --threads=2
 * --model=tt-gru --shape=ucf11}.
 */
final class StepTimer {
    private StepTimer() {}

    static void main(Options options) throws IOException {
        int clips = options.whole("clips", 16);
        int frames = options.whole("frames", 200);
        Parallel.setThreads(options.whole("threads", Parallel.threads()));
        Setups setup = Setups.of(options.text("shape", "ucf11"));
        TrainConfig config = setup.config()
                .with(Settings.MODEL, Settings.MODEL.parse(options.text("model", "tt-gru")));
        int distinct = options.whole("distinct", clips);
        TrainingStep step = new TrainingStep(config, Setups.clips(clips, distinct, frames, setup.frameSize()));
        for (int i = options.whole("warmup", 5); i > 0; i--) {
            step.run();
        }
        double[] seconds = new double[options.whole("steps", 7)];
        float loss = 0;
        long allocated = allocated();
        long processor = processorTime();
        for (int i = 0; i < seconds.length; i++) {
            long start = System.nanoTime();
            loss = step.run();
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        processor = processorTime() - processor;
        allocated = allocated() - allocated;
        Arrays.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "{\"clips\":%d,\"frames\":%d,\"threads\":%d,\"kernels\":\"%s\",\"java\":\"%s\",\"median_s\":%.4f,"
                        + "\"min_s\":%.4f,\"max_s\":%.4f,\"processor_s\":%.4f,\"allocated_MB_step\":%.2f,\"peak_rss_MB\":%d,\"loss\":%.5f}%n",
                clips,
                frames,
                Parallel.threads(),
                Kernels.describe(),
                Runtime.version(),
                seconds[seconds.length / 2],
                seconds[0],
                seconds[seconds.length - 1],
                processor / 1e9 / seconds.length,
                allocated / 1e6 / seconds.length,
                peakResident(),
                loss);
    }

    /** Bytes that all threads have allocated. */
    private static long allocated() {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    /** Processor time of this process, of all threads, in nanoseconds. */
    private static long processorTime() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Most memory that the process had, in megabytes; 0 where the system does not tell. */
    private static long peakResident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
