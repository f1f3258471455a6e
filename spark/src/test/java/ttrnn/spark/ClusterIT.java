package ttrnn.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.io.Safetensors;
import ttrnn.tensor.Tensor;

/** Two executors do what one machine does, and lose a member now and then. */
class ClusterIT {
    private static final String[] PREPARE = {"--layout", "ucf11", "--size", "40x30", "--max-frames", "24"};
    private static final String[] TRAIN = {
        "--model",
        "tt-gru",
        "--input-modes",
        "6,10,10,6",
        "--output-modes",
        "2,4,4,2",
        "--ranks",
        "3,3,3",
        "--epochs",
        "1",
        "--batch-size",
        "16",
        "--seed",
        "7",
        "--dropout",
        "0.2",
        "--shift",
        "0.2"
    };

    @TempDir
    static Path folder;

    private static String clips;

    @BeforeAll
    static void oneMachineMakesAStoreAndAModel() throws Exception {
        clips = SingleMachine.root().resolve("data/motion").toString();
        SingleMachine.run(with(PREPARE, "prepare", clips, "--out", at("store")));
        SingleMachine.run(with(TRAIN, "train", at("store"), "--out", at("run"), "--no-checks"));
    }

    private static String at(String name) {
        return folder.resolve(name).toString();
    }

    private static String[] with(String[] options, String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(Arrays.asList(options));
        return all.toArray(String[]::new);
    }

    private static Submitted submit(List<String> settings, String... command) throws IOException {
        return Submitted.start(folder, settings, command);
    }

    /** Clips that are noted as prepared, while the preparation goes on. */
    private static long prepared(Path store) {
        try (Stream<String> lines = Files.lines(store.resolve(".prepare/clips.jsonl"))) {
            return lines.count();
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }

    /** Steps of the newest state that was saved. */
    private static int steps(Path run) {
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("step-\\d+\\.safetensors"))
                    .mapToInt(name -> Integer.parseInt(name.replaceAll("\\D", "")))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void aStoreIsTheSameAfterALostExecutorALostDriverAndTwinsOfTasks() throws Exception {
        Path store = folder.resolve("store-of-two");
        List<String> twins = List.of(
                "spark.speculation=true",
                "spark.speculation.multiplier=1.01",
                "spark.speculation.quantile=0.1",
                "spark.speculation.minTaskRuntime=1ms",
                "spark.speculation.interval=10ms");
        String[] command = with(PREPARE, "prepare", clips, "--out", "file://" + store);
        try (Submitted first = submit(twins, command)) {
            first.await(() -> prepared(store) > 60);
            first.killAnExecutor();
            first.await(() -> prepared(store) > 200);
            first.killTheDriver();
        }
        assertThat(store.resolve("clips.jsonl")).doesNotExist();
        try (Submitted second = submit(twins, command)) {
            second.result();
        }
        assertThat(SingleMachine.content(store).equals(SingleMachine.content(folder.resolve("store"))))
                .as("the store's bytes")
                .isTrue();
    }

    @Test
    void aTrainingHasTheBitsOfOneMachineAfterALostExecutorAndALostDriver() throws Exception {
        Path run = folder.resolve("run-of-two");
        String[] command =
                with(TRAIN, "train", at("store"), "--out", run.toString(), "--checkpoint-steps", "1", "-q", "--resume");
        try (Submitted first = submit(List.of(), command)) {
            first.await(() -> steps(run) > 3);
            first.killAnExecutor();
            int then = steps(run);
            first.await(() -> steps(run) > then + 3);
            first.killTheDriver();
        }
        assertThat(run.resolve("model.safetensors")).doesNotExist();
        assertThat(steps(run)).isBetween(4, 21);
        try (Submitted second = submit(List.of(), command)) {
            second.result();
        }
        for (String name : List.of("model.safetensors", "predictions.jsonl", "config.json")) {
            assertThat(run.resolve(name))
                    .hasSameBinaryContentAs(folder.resolve("run").resolve(name));
        }
    }

    @Test
    void sumsOfEachExecutorGiveTheSameWeightsButForRounding() throws Exception {
        // A few steps of many clips, each task in several local batches.
        String[] large = {"--batch-size", "110", "--no-checks", "-q"};
        String[] few = with(large, with(TRAIN, "train", at("store")));
        SingleMachine.run(with(new String[] {"--out", at("few")}, few));
        for (String exchange : List.of("tree", "gather")) {
            Path run = folder.resolve("few-" + exchange);
            List<String> settings = List.of(
                    "spark.ttrnn.exchange=" + exchange,
                    "spark.ttrnn.localBatch=16",
                    "spark.scheduler.barrier.maxConcurrentTasksCheck.interval=1s");
            try (Submitted training = submit(settings, with(new String[] {"--out", run.toString()}, few))) {
                training.result();
            }
            Map<String, Tensor> own =
                    Safetensors.read(run.resolve("model.safetensors")).tensors();
            Map<String, Tensor> expected =
                    Safetensors.read(folder.resolve("few/model.safetensors")).tensors();
            assertThat(own.keySet()).isEqualTo(expected.keySet());
            for (String name : expected.keySet()) {
                assertThat(distance(own.get(name).data(), expected.get(name).data()))
                        .as("%s, %s", exchange, name)
                        .isLessThan(1e-4);
            }
        }
    }

    /** Largest difference, in parts of the largest value. */
    private static double distance(float[] a, float[] b) {
        double most = 0;
        double size = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
            size = Math.max(size, Math.abs(b[i]));
        }
        return most / size;
    }

    @Test
    void answersAreThoseOfOneMachine() throws Exception {
        String[] evaluate = {"evaluate", at("run"), at("store"), "--split", "all", "--json", "-q"};
        try (Submitted judged = submit(List.of(), evaluate)) {
            assertThat(judged.result()).isEqualTo(SingleMachine.run(evaluate));
        }
        Path some = Files.createDirectories(folder.resolve("some"));
        try (Stream<Path> walk = Files.walk(Path.of(clips))) {
            for (Path clip : walk.filter(file -> file.toString().endsWith(".mpg"))
                    .sorted()
                    .limit(5)
                    .toList()) {
                Files.copy(clip, some.resolve(clip.getFileName()));
            }
        }
        Files.writeString(some.resolve("z.txt"), "no clip");
        String[] predict = {"predict", at("run"), some.toString(), "--json", "-q"};
        try (Submitted predicted = submit(List.of(), predict)) {
            assertThat(predicted.result()).isEqualTo(SingleMachine.run(predict));
        }
    }

    @Test
    void aStoreIsCopiedByHadoopsFileSystem() throws Exception {
        try (Submitted copied = submit(List.of(), "copy", at("store"), "file://" + at("copied"))) {
            assertThat(copied.result()).startsWith("550 clips, ");
        }
        Map<String, String> content = SingleMachine.content(folder.resolve("copied"));
        // Hadoop's own sums of what it wrote.
        content.keySet().removeIf(name -> name.endsWith(".crc"));
        assertThat(content.equals(SingleMachine.content(folder.resolve("store"))))
                .isTrue();
    }

    @Test
    void whatIsWrongIsToldInOneLineWithTheExitCodesOfTheCommandLine() throws Exception {
        try (Submitted none = submit(List.of(), "train", at("nowhere"), "--out", at("x"))) {
            assertThat(none.exitCode()).isEqualTo(2);
            assertThat(none.errors()).contains("ttrnn: no such store: " + at("nowhere"));
        }
        try (Submitted remote = submit(List.of(), "evaluate", at("run"), "hdfs://name/store")) {
            assertThat(remote.exitCode()).isEqualTo(2);
        }
    }
}
