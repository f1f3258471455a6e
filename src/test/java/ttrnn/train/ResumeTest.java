package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.dataset.ClipStore;
import ttrnn.io.Json;
import ttrnn.testing.TinyStore;

/** Trainings that are interrupted, and go on: eight training clips, three steps an epoch, four epochs. */
class ResumeTest {
    private static final String CONFIG = "{\"inputModes\":[4,6,6],\"outputModes\":[2,2,2],\"ranks\":[2],\"epochs\":4,"
            + "\"batchSize\":3,\"dropout\":0.2,\"shift\":0.3,\"testGroups\":[\"c\"],\"validationGroups\":[\"d\"]";

    @TempDir
    static Path stores;

    @TempDir
    Path folder;

    private static Path store;

    /** Ends after so many steps. */
    private static final class Stopping implements TrainListener {
        private final List<String> messages = new ArrayList<>();
        private int left;

        Stopping(int steps) {
            this.left = steps;
        }

        @Override
        public void step(int epoch, int clips, double loss) {
            left--;
        }

        @Override
        public void message(String line) {
            messages.add(line);
        }

        @Override
        public boolean stopRequested() {
            return left <= 0;
        }
    }

    @BeforeAll
    static void makeStore() throws IOException {
        store = TinyStore.write(stores.resolve("store"), 2, 1);
    }

    private static TrainConfig config(String more) throws IOException {
        return TrainConfig.defaults().with(Json.parse(CONFIG + more + "}"));
    }

    private static TrainRun run(TrainConfig config) {
        return new TrainRun(ClipStore.open(store), config);
    }

    /** Trains in {@code at}, at most {@code steps} steps, and returns the messages. */
    private static List<String> train(TrainConfig config, RunFolder at, int steps) throws IOException {
        Stopping listener = new Stopping(steps);
        run(config).run(at, RunOptions.of("1"), listener);
        return listener.messages;
    }

    private static void stop(TrainConfig config, RunFolder at, int steps) {
        assertThatThrownBy(() -> train(config, at, steps)).isInstanceOf(TrainException.Stopped.class);
    }

    private byte[] undisturbed(TrainConfig config) throws IOException {
        train(config, RunFolder.create(folder.resolve("undisturbed")), 1000);
        return model("undisturbed");
    }

    private byte[] model(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name).resolve(ModelFile.NAME));
    }

    private List<String> files(String path) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(path))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"normalize\":\"standard\",\"patch\":2,\"input\":\"motion\",\"centre\":true,\"flip\":true,\"zoom\":0.2,"
                        + "\"stepPooling\":\"mean\",\"labelSmoothing\":0.1",
                ",\"optimizer\":\"sgd\",\"momentum\":0.9,\"schedule\":\"plateau\",\"rateEpochs\":1",
                ",\"optimizer\":\"rmsprop\",\"schedule\":\"step\",\"rateEpochs\":1",
                ",\"optimizer\":\"adamw\",\"warmUpEpochs\":1.5,\"patience\":2,\"learningRate\":0.05"
            })
    void aTrainingStoppedAfterEveryStepEndsWithTheSameModelFile(String more) throws Exception {
        TrainConfig config = config(more);
        byte[] expected = undisturbed(config);
        Path at = folder.resolve("run");
        boolean done = false;
        int stops = 0;
        while (!done) {
            try {
                train(config, RunFolder.resume(at), 1);
                done = true;
            } catch (TrainException.Stopped e) {
                stops++;
            }
        }
        assertThat(stops).isGreaterThan(2);
        assertThat(model("run")).isEqualTo(expected);
        assertThat(withoutSeconds("run")).isEqualTo(withoutSeconds("undisturbed"));
    }

    private List<String> withoutSeconds(String run) throws IOException {
        return Files.readAllLines(folder.resolve(run).resolve("metrics.csv")).stream()
                .map(line -> line.replaceAll(",[^,]*(,[^,]*)$", "$1")) // seconds stand before the saturation
                .toList();
    }

    @Test
    void onAFullDiskTheNewestWholeStateStays() throws Exception {
        Path at = folder.resolve("full");
        TrainConfig config = config("");
        run(config).run(RunFolder.create(at), new RunOptions("1", 1, 0, false, 4, 0), new TrainListener() {});
        List<String> before = files("full/checkpoints");
        assertThat(before).filteredOn(name -> name.startsWith("step-")).hasSize(4);
        Checkpoints checkpoints = new Checkpoints(at.resolve("checkpoints"));
        Path newest = checkpoints.files().get(0);
        Path second = checkpoints.files().get(1);
        Files.writeString(newest, "damaged");
        assertThat(checkpoints.newest(line -> {})).isNotNull();
        assertThat(checkpoints.makeRoom()).isTrue();
        assertThat(checkpoints.files()).containsExactly(second);
        assertThat(checkpoints.makeRoom()).isFalse();
        assertThat(checkpoints.files()).containsExactly(second);
    }

    @Test
    void whatComesBeforeAndAfterAllStepsCanBeBrokenOffToo() throws Exception {
        TrainConfig config = config("");
        byte[] expected = undisturbed(config);
        TrainRun run = run(config);
        List<String> ends = new ArrayList<>();
        run.stopInMidStep(ends::add);
        assertThat(ends).as("nothing is going on").isEmpty();
        boolean[] trained = new boolean[1];
        TrainListener listener = new TrainListener() {
            @Override
            public void epoch(EpochMetrics metrics) {
                trained[0] = metrics.epoch() == 4;
            }
        };
        Path at = folder.resolve("broken off");
        run.run(RunFolder.create(at), RunOptions.of("1"), listener, file -> {
            run.stopInMidStep(ends::add); // the steps have not begun
            ClipWork here = new LocalWork(config, file.model(), Augmentation.of(config, 8, 6));
            return new ClipWork() {
                @Override
                public StepGradients gradients(int epoch, List<Example> batch) {
                    return here.gradients(epoch, batch);
                }

                @Override
                public List<float[]> probabilities(List<Example> examples) {
                    if (trained[0]) {
                        run.stopInMidStep(ends::add); // the trained model is being judged
                        assertThat(at.resolve(ModelFile.NAME)).hasBinaryContent(expected);
                        assertThat(at.resolve("checkpoints")).isDirectoryContaining("glob:**/step-*");
                    }
                    return here.probabilities(examples);
                }
            };
        });
        assertThat(ends.get(0)).isEqualTo("stopped before the first step; --resume begins anew");
        assertThat(ends.subList(1, ends.size()))
                .hasSize(3)
                .containsOnly("stopped after the last epoch; the state is saved, train " + store + " --out " + at
                        + " --resume goes on");
        run.stopInMidStep(ends::add);
        assertThat(ends).hasSize(4);
    }

    @Test
    void aFinishedRunCanBeResumedAndIsWrittenAgain() throws Exception {
        TrainConfig config = config("");
        byte[] expected = undisturbed(config);
        Files.delete(folder.resolve("undisturbed/model.safetensors"));
        train(config, RunFolder.resume(folder.resolve("undisturbed")), 1000);
        assertThat(model("undisturbed")).isEqualTo(expected);
    }

    @Test
    void checkpointsByStepsKeepTheLastTwoAndTheBest() throws Exception {
        List<String> seen = new ArrayList<>();
        TrainListener listener = new TrainListener() {
            @Override
            public boolean stopRequested() {
                try {
                    seen.addAll(files("run/checkpoints"));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                return false;
            }
        };
        RunOptions everyStep = new RunOptions("1", 1, 0, false);
        run(config("")).run(RunFolder.create(folder.resolve("run")), everyStep, listener);
        assertThat(seen)
                .contains("step-00000000.safetensors", "step-00000001.safetensors", "step-00000007.safetensors");
        assertThat(files("run/checkpoints"))
                .containsExactly("best.safetensors", "lock", "step-00000011.safetensors", "step-00000012.safetensors");
        assertThat(ModelFile.read(folder.resolve("run/checkpoints/best.safetensors"))
                        .classes())
                .containsExactly("bright", "dark");
        assertThat(Files.readAllBytes(folder.resolve("run/checkpoints/best.safetensors")))
                .isEqualTo(model("run"));
    }

    @Test
    void aDamagedLastCheckpointFallsBackToTheOneBefore() throws Exception {
        TrainConfig config = config("");
        byte[] expected = undisturbed(config);
        Path at = folder.resolve("run");
        stop(config, RunFolder.create(at), 8);
        Path last = at.resolve("checkpoints/step-00000008.safetensors");
        byte[] bytes = Files.readAllBytes(last);
        bytes[bytes.length - 5] ^= 1;
        Files.write(last, bytes);
        List<String> messages = train(config, RunFolder.resume(at), 1000);
        assertThat(messages)
                .containsExactly(
                        "cannot use the checkpoint " + last
                                + ": its content does not match its checksum: it was damaged;"
                                + " trying the one before",
                        "goes on after epoch 3, step 0 of 3");
        assertThat(model("run")).isEqualTo(expected);
        assertThat(last).doesNotExist();
    }

    @Test
    void aTornCheckpointFallsBackToo() throws Exception {
        TrainConfig config = config("");
        byte[] expected = undisturbed(config);
        Path at = folder.resolve("run");
        stop(config, RunFolder.create(at), 8);
        Path last = at.resolve("checkpoints/step-00000008.safetensors");
        Files.write(last, java.util.Arrays.copyOf(Files.readAllBytes(last), 1000));
        assertThat(train(config, RunFolder.resume(at), 1000)).hasSize(2);
        assertThat(model("run")).isEqualTo(expected);
    }

    @Test
    void withoutAnyWholeCheckpointTheRunIsRefused() throws Exception {
        TrainConfig config = config("");
        Path at = folder.resolve("run");
        stop(config, RunFolder.create(at), 8);
        for (String name : files("run/checkpoints")) {
            Files.write(at.resolve("checkpoints").resolve(name), new byte[3]);
        }
        assertThatThrownBy(() -> train(config, RunFolder.resume(at), 1000))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no checkpoint of " + at.resolve("checkpoints") + " can be used: ")
                .hasMessageEndingWith("3 bytes are too few for a header; remove the folder of the run and train anew");
        assertThat(files("run/checkpoints")).hasSize(4);
    }

    @Test
    void changesAreNamedAndRefused() throws Exception {
        Path at = folder.resolve("run");
        stop(config(""), RunFolder.create(at), 5);
        TrainConfig other = config(",\"learningRate\":0.01");
        assertThatThrownBy(() -> train(other, RunFolder.resume(at), 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("resume: the run comes from something else: learningRate was 0.002 and is 0.01; restore"
                        + " that, or go on all the same with --accept-changes");
        assertThatThrownBy(() -> run(config("")).run(RunFolder.resume(at), RunOptions.of("2"), new Stopping(1000)))
                .hasMessageContaining("the version was 1 and is 2");
        Path changed = TinyStore.write(folder.resolve("store"), 2, 2);
        TrainRun onOtherClips = new TrainRun(ClipStore.open(changed), config(""));
        assertThatThrownBy(() -> onOtherClips.run(RunFolder.resume(at), RunOptions.of("1"), new Stopping(1000)))
                .hasMessageContaining("the clips are others");

        Stopping listener = new Stopping(1000);
        run(other).run(RunFolder.resume(at), new RunOptions("1", 0, 0, true), listener);
        assertThat(listener.messages.get(0)).isEqualTo("goes on although learningRate was 0.002 and is 0.01");
        assertThat(model("run")).isNotEmpty();
        assertThat(Files.readString(at.resolve("config.json"))).contains("\"learningRate\" : 0.01");
    }

    @Test
    void aStoreThatIsChangedUnderATrainingEndsIt() throws Exception {
        Path changing = TinyStore.write(folder.resolve("changing"), 2, 1);
        TrainConfig config = config("");
        Path at = folder.resolve("run");
        Path clip = changing.resolve("frames/dark-a-0.npy");
        byte[] good = Files.readAllBytes(clip);
        TrainListener changer = new TrainListener() {
            @Override
            public void step(int epoch, int clips, double loss) {
                if (epoch == 2) {
                    try {
                        byte[] other = good.clone();
                        other[other.length - 1] ^= 1;
                        Files.write(clip, other);
                        Files.setLastModifiedTime(clip, FileTime.fromMillis(1));
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            }
        };
        TrainRun run = new TrainRun(ClipStore.open(changing), config);
        RunFolder at1 = RunFolder.create(at);
        assertThatThrownBy(() -> run.run(at1, RunOptions.of("1"), changer))
                .isInstanceOf(TrainException.class)
                .hasMessage("training: the frames of clip dark-a-0 in " + changing
                        + " were changed while the training ran; run the store's prepare again, then go on with --resume"
                        + " from before the change");
        Files.write(clip, good);
        new TrainRun(ClipStore.open(changing), config)
                .run(RunFolder.resume(at), RunOptions.of("1"), new Stopping(1000));
        assertThat(model("run")).isEqualTo(undisturbed(config));
    }

    @Test
    void oneRunAFolder() throws Exception {
        Path at = folder.resolve("run");
        long process = ProcessHandle.current().pid();
        try (RunFolder open = RunFolder.create(at)) {
            assertThat(open.path()).isEqualTo(at);
            assertThatThrownBy(() -> RunFolder.resume(at))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("run: a training (process " + process + ") is at work in " + at
                            + "; wait for it, or name another folder");
        }
        RunFolder.resume(at).close();
    }

    @Test
    void whatAKilledProcessLeftHalfWrittenIsSwept() throws Exception {
        Path at = folder.resolve("run");
        Files.createDirectories(at.resolve("checkpoints"));
        Files.createFile(at.resolve(".metrics.csv.tmp"));
        Files.createFile(at.resolve("checkpoints/.step-00000003.safetensors.tmp"));
        RunFolder.resume(at).close();
        assertThat(files("run")).containsExactly("checkpoints");
        assertThat(files("run/checkpoints")).containsExactly("lock");
    }

    @Test
    void aRunThatFailsBeforeItsFirstStepLeavesNothing() throws Exception {
        Path at = folder.resolve("run");
        TrainConfig config = config("");
        TrainListener failing = new TrainListener() {
            @Override
            public void step(int epoch, int clips, double loss) {
                throw new TrainException("enough");
            }
        };
        assertThatThrownBy(() -> run(config).run(RunFolder.create(at), RunOptions.of("1"), failing))
                .hasMessage("enough");
        assertThat(at).doesNotExist();
    }

    @Test
    void aRunThatWasNotFinishedIsNotOverwritten() throws Exception {
        Path at = folder.resolve("run");
        stop(config(""), RunFolder.create(at), 5);
        assertThatThrownBy(() -> RunFolder.create(at))
                .hasMessage("run: " + at + " holds a run that was not finished; go on with it by --resume, name another"
                        + " folder, or remove it");
    }
}
