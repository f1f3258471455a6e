package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.tensor.Rng;
import ttrnn.testing.TinyStore;

/**
 * Trainings that are killed at random moments, and go on, end with the bits of one that was left in peace. By default a few
 * kills on a tiny store; {@code -Dttrnn.kills=100 -Dttrnn.parentKills=20} makes it the test whose figures are in
 * docs/robustness.md, on the clips in {@code data/}.
 */
@Timeout(3600)
class KillTest {
    private static final int KILLS = Integer.getInteger("ttrnn.kills", 5);
    private static final int PARENT_KILLS = Integer.getInteger("ttrnn.parentKills", 1);
    private static final int LATEST_MILLIS = Integer.getInteger("ttrnn.latestMillis", KILLS > 10 ? 2000 : 1000);
    private static final long SEED = Long.getLong("ttrnn.killSeed", 2024);
    private static final String TINY = "--input-modes 4,6,6 --output-modes 2,2,2 --ranks 2 --epochs 8 --batch-size 2"
            + " --test-groups c --validation-groups d";
    private static final String MOTION = "--input-modes 6,10,10,6 --output-modes 2,4,4,2 --ranks 3 --epochs 6"
            + " --batch-size 16 --max-length 10 --no-checks";
    private static final String MODEL = "model.safetensors";
    /** With the module given by hand there is no relaunch: the process started is the one that works. */
    private static final List<String> ONE_JVM = List.of("--add-modules", "jdk.incubator.vector");

    @TempDir
    static Path folder;

    private static Path store;
    private static byte[] undisturbed;

    private final List<ProcessHandle> started = Collections.synchronizedList(new ArrayList<>());
    private final Rng rng = new Rng(SEED);
    private int number;
    private int inWriting;

    @BeforeAll
    static void trainInPeace() throws Exception {
        store = folder.resolve("a störe");
        if (KILLS > 10) {
            Run prepared = Run.of("prepare", "data/motion", "--size", "40x30", "--out", store.toString(), "-q");
            assertThat(prepared.exit()).as(prepared.err()).isZero();
        } else {
            TinyStore.write(store, 4, 7);
        }
        Path run = folder.resolve("undisturbed");
        Run done = Run.of(arguments(run, "-q").toArray(String[]::new));
        assertThat(done.exit()).as(done.err()).isZero();
        undisturbed = Files.readAllBytes(run.resolve(MODEL));
    }

    @AfterEach
    void leaveNothingBehind() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static List<String> arguments(Path run, String... more) {
        List<String> line = new ArrayList<>(List.of("train", store.toString(), "--out", run.toString()));
        line.addAll(List.of((KILLS > 10 ? MOTION : TINY).split(" ")));
        line.addAll(List.of("--threads", "1", "--checkpoint-steps", "2", "--dropout", "0.2"));
        line.addAll(List.of(more));
        return line;
    }

    @Test
    void killedJvmsGoOnToTheSameBits() throws Exception {
        int rounds = killAndResume(KILLS, ONE_JVM);
        System.err.println(KILLS + " kills of the working JVM in " + rounds + " trainings, " + inWriting
                + " while a file was being written: all with the same bits");
    }

    @Test
    void killedParentsTakeTheirChildAlongAndTheRunGoesOnToTheSameBits() throws Exception {
        int rounds = killAndResume(PARENT_KILLS, List.of());
        System.err.println(PARENT_KILLS + " kills of the parent in " + rounds + " trainings: all with the same bits");
    }

    /** Returns how many trainings it took to be killed so often. */
    private int killAndResume(int kills, List<String> flags) throws Exception {
        int rounds = 0;
        int killed = 0;
        while (killed < kills) {
            Path run = folder.resolve("run-" + flags.size() + "-" + rounds++);
            boolean done = false;
            while (!done) {
                Process process = start(flags, run);
                boolean last = killed == kills;
                if (!last && rng.nextInt(5) > 0) {
                    awaitWork(process); // the other kills come early, while the JVM starts
                }
                boolean ended = process.waitFor(last ? 300_000 : rng.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
                if (ended) {
                    assertThat(process.exitValue()).as(log()).isZero();
                    done = true;
                } else {
                    kill(process);
                    killed++;
                    inWriting += Files.exists(run) && !leftovers(run).isEmpty() ? 1 : 0;
                }
            }
            assertThat(Files.readAllBytes(run.resolve(MODEL))).isEqualTo(undisturbed);
            assertThat(leftovers(run)).isEmpty();
        }
        return rounds;
    }

    /** Until the training says what it does. */
    private void awaitWork(Process process) throws Exception {
        while (process.isAlive() && !log().contains("train ")) {
            Thread.sleep(10);
        }
    }

    private void kill(Process process) throws Exception {
        List<ProcessHandle> children = process.descendants().toList();
        started.addAll(children);
        process.destroyForcibly().waitFor();
        for (ProcessHandle child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    private List<Path> leftovers(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tmp"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    @Test
    void aTerminatedTrainingSavesItsStateAndGoesOn() throws Exception {
        Path run = folder.resolve("terminated");
        Process process = start(List.of(), run);
        while (!Files.exists(run.resolve("metrics.csv"))) {
            assertThat(process.isAlive()).as(log()).isTrue();
            Thread.sleep(20);
        }
        started.addAll(process.descendants().toList());
        process.destroy();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(log()).isEqualTo(143);
        assertThat(log())
                .contains("stopped after epoch ", "the state is saved, train " + store + " --out " + run + " --resume");
        assertThat(run.resolve(MODEL)).doesNotExist();
        assertThat(start(List.of(), run).waitFor()).as(log()).isZero();
        assertThat(Files.readAllBytes(run.resolve(MODEL))).isEqualTo(undisturbed);
    }

    @Test
    void anInterruptedTrainingEndsWith130AndASecondSignalEndsItAtOnce() throws Exception {
        Path run = folder.resolve("interrupted");
        Process process = start(ONE_JVM, run, "--epochs", "1000");
        while (!Files.exists(run.resolve("metrics.csv"))) {
            assertThat(process.isAlive()).as(log()).isTrue();
            Thread.sleep(20);
        }
        signal("INT", process);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(log()).isEqualTo(130);
        assertThat(log()).contains("the state is saved");

        Path pid = folder.resolve("pid");
        Process stubborn = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestMain.class.getName(),
                        "stubborn",
                        "--pid",
                        pid.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log-stubborn").toFile())
                .start();
        started.add(stubborn.toHandle());
        while (!Files.exists(pid)) {
            assertThat(stubborn.isAlive()).isTrue();
            Thread.sleep(20);
        }
        signal("TERM", stubborn);
        assertThat(stubborn.waitFor(1500, TimeUnit.MILLISECONDS)).isFalse();
        signal("TERM", stubborn);
        assertThat(stubborn.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(stubborn.exitValue()).isEqualTo(143);
    }

    private static void signal(String name, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void aSecondTrainingInTheSameFolderIsRefused() throws Exception {
        Path run = folder.resolve("twice");
        Process first = start(ONE_JVM, run);
        while (!Files.exists(run.resolve("metrics.csv"))) {
            assertThat(first.isAlive()).as(log()).isTrue();
            Thread.sleep(20);
        }
        Run second = Run.of(arguments(run, "--resume", "-q").toArray(String[]::new));
        assertThat(second.exit()).isEqualTo(2);
        assertThat(second.err().strip())
                .isEqualTo("ttrnn: run: a training (process " + first.pid() + ") is at work in " + run
                        + "; wait for it, or name another folder");
        first.destroyForcibly().waitFor();
        Run third = Run.of(arguments(run, "--resume", "-q").toArray(String[]::new));
        assertThat(third.exit()).as(third.err()).isZero();
        assertThat(Files.readAllBytes(run.resolve(MODEL))).isEqualTo(undisturbed);
    }

    private Process start(List<String> flags, Path run, String... more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx200m");
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments(run, "--resume"));
        command.addAll(List.of(more));
        Path log = folder.resolve("log-" + ++number);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        started.add(process.toHandle());
        return process;
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log-" + number));
    }
}
