package ttrnn.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import ttrnn.dataset.ClipStore;
import ttrnn.io.Json;
import ttrnn.io.NpyFrameWriter;
import ttrnn.tensor.Rng;
import ttrnn.train.Example;
import ttrnn.train.ModelFile;
import ttrnn.train.Models;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainRun;

/**
 * {@code measure --folder DIR}: what steps of a TT-GRU cost on this cluster, with each way to exchange gradients, on a few clips
 * of noise that are written to a folder all machines see and removed again.
 */
final class MeasureCommand {
    private static final int STORED = 4;
    private static final List<String> CLASSES = List.of("a", "b");

    private MeasureCommand() {}

    static String run(JavaSparkContext spark, String[] args) throws IOException {
        String place = Tool.option(args, "--folder", "");
        if (place.isEmpty()) {
            throw new IllegalArgumentException("--folder is missing: name a folder that all machines see");
        }
        int frames = (int) Tool.number(args, "--frames", 200);
        int batch = (int) Tool.number(args, "--batch", 32);
        int steps = (int) Tool.number(args, "--steps", 10);
        Path store = Path.of(place).resolve("measure-" + JobName.fresh());
        try {
            write(store, frames);
            return table(spark, ClipStore.open(store), Tool.option(args, "--output-modes", "4,4,4,4"), batch, steps);
        } finally {
            remove(store);
        }
    }

    private static String table(JavaSparkContext spark, ClipStore store, String outputModes, int batch, int steps)
            throws IOException {
        TrainConfig config = TrainConfig.defaults()
                .with(Json.parse("{\"outputModes\":[" + outputModes + "]}"))
                .with(Settings.BATCH_SIZE, batch);
        ModelFile model = new ModelFile(config, CLASSES, store.settings(), Models.create(config, CLASSES.size()));
        List<Example> examples = new ArrayList<>();
        List<String> ids = store.clips().stream().map(clip -> clip.id()).toList();
        for (int i = 0; i < batch; i++) {
            String id = ids.get(i % ids.size());
            examples.addAll(TrainRun.examples(store, List.of(id), CLASSES, config));
        }
        StringBuilder table = new StringBuilder(
                "| exchange | weights | batch | frames a clip | tasks | ms a step | of it"
                        + " computing, the slowest task | exchange ms | share | bytes a step |\n|---|---|---|---|---|---|---|---|---|---|\n");
        Traffic traffic = new Traffic();
        spark.sc().addSparkListener(traffic);
        for (Exchange exchange : Exchange.values()) {
            SparkWork work = new SparkWork(spark, store, model, exchange);
            for (int n = 0; n < 3; n++) {
                work.gradients(1, examples); // the executors open the store and compile
            }
            double[] all = new double[steps];
            double[] computing = new double[steps];
            traffic.reset(spark);
            for (int n = 0; n < steps; n++) {
                long begin = System.nanoTime();
                work.gradients(1, examples);
                all[n] = (System.nanoTime() - begin) / 1e6;
                computing[n] = work.longestNanos() / 1e6;
            }
            int tasks = Tasks.atOnce(spark, batch);
            long weights = model.model().parameterCount();
            double bytes = (double) traffic.bytes(spark) / steps + 4.0 * weights * tasks;
            if (exchange == Exchange.GATHER) {
                bytes += 4.0 * weights * 4 / 3 * tasks * (tasks + 1); // text, to the driver and from it to each
            }
            double step = median(all);
            double compute = median(computing);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %d | %d | %d | %.0f | %.0f | %.0f | %.1f %% | %.0f |%n",
                    exchange,
                    weights,
                    batch,
                    store.clips().get(0).frames(),
                    tasks,
                    step,
                    compute,
                    step - compute,
                    100 * (step - compute) / step,
                    bytes));
        }
        return table.toString();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Some clips of noise, 160x120. */
    private static void write(Path store, int frames) throws IOException {
        Files.createDirectories(store.resolve("frames"));
        Files.writeString(
                store.resolve("store.json"),
                "{\"format\":1,\"settings\":{\"layout\":\"folders\",\"width\":160,\"height\":120,\"every\":1,"
                        + "\"framesPerSecond\":0,\"maxFrames\":0}}");
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < STORED; n++) {
            Rng rng = new Rng(n);
            byte[] frame = new byte[160 * 120 * 3];
            try (NpyFrameWriter writer = new NpyFrameWriter(store.resolve("frames/" + n + ".npy"), 120, 160)) {
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = (byte) rng.nextInt(256);
                }
                for (int t = 0; t < frames; t++) {
                    frame[t % frame.length]++;
                    writer.write(frame);
                }
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("id", "" + n);
                line.put("label", CLASSES.get(n % CLASSES.size()));
                line.put("group", "" + n);
                line.put("frames", frames);
                line.put("framesPerSecond", 25);
                line.put("width", 160);
                line.put("height", 120);
                line.put("source", n + ".avi");
                line.put("sha256", writer.finish());
                lines.append(Json.line(line)).append('\n');
            }
        }
        Files.writeString(store.resolve("clips.jsonl"), lines);
    }

    private static void remove(Path store) throws IOException {
        for (int n = 0; n < STORED; n++) {
            Files.deleteIfExists(store.resolve("frames/" + n + ".npy"));
        }
        for (String name : List.of("frames", "store.json", "clips.jsonl", "")) {
            Files.deleteIfExists(store.resolve(name));
        }
    }
}
