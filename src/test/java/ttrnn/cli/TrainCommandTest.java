package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands from clips to predictions, on small clips of two classes that differ in length. */
class TrainCommandTest {
    private static final String[] MODEL = {
        "--input-modes", "4,6,6", "--output-modes", "2,2,2", "--ranks", "2", "--epochs", "2", "--batch-size", "4"
    };

    @TempDir
    static Path folder;

    private static Path clips;
    private static Path run;
    private static Path store;
    private static JsonNode result;

    @BeforeAll
    static void runTheWholeChain() throws Exception {
        clips = folder.resolve("clips");
        for (int n = 0; n < 6; n++) {
            GreyClip.write(Files.createDirectories(clips.resolve("short")).resolve(n + ".mpg"), 2 + n % 2);
            GreyClip.write(Files.createDirectories(clips.resolve("long")).resolve(n + ".mpg"), 8 + n % 3);
        }
        Path job = folder.resolve("job");
        Run done = run("run", clips.toString(), "--out", job.toString(), "--size", "8x6", "--json");
        assertThat(done.exit()).as(done.err()).isZero();
        result = done.json();
        store = job.resolve("store");
        run = job.resolve("run");
    }

    private static Run run(String command, String... rest) {
        String[] line = new String[1 + rest.length + MODEL.length];
        line[0] = command;
        System.arraycopy(rest, 0, line, 1, rest.length);
        System.arraycopy(MODEL, 0, line, 1 + rest.length, MODEL.length);
        return Run.of(line);
    }

    @Test
    void runGivesResultAndReport() throws Exception {
        assertThat(result.get("accuracy").asDouble()).isBetween(0.0, 1.0);
        assertThat(result.get("chance").asDouble()).isEqualTo(0.5);
        assertThat(result.get("epochs").asInt()).isEqualTo(2);
        assertThat(Files.readString(Path.of(result.get("report").asText()))).contains("<svg", "Confusion");
        for (String name : List.of("config.json", "run.json", "metrics.csv", "events.jsonl", "model.safetensors")) {
            assertThat(run.resolve(name)).exists();
        }
    }

    @Test
    void trainingWithARunsConfigurationRepeatsItBitForBit() throws Exception {
        Path again = folder.resolve("again");
        Run done = Run.of(
                "train",
                store.toString(),
                "--out",
                again.toString(),
                "--config",
                run.resolve("config.json").toString());
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(again.resolve("model.safetensors")).hasSameBinaryContentAs(run.resolve("model.safetensors"));
    }

    @Test
    void predictSaysOfFilesWhatEvaluateSaysOfTheStore() throws Exception {
        Path csv = folder.resolve("answers.csv");
        JsonNode judged = Run.of(
                        "evaluate",
                        run.toString(),
                        store.toString(),
                        "--split",
                        "all",
                        "--predictions",
                        csv.toString(),
                        "--json")
                .json();
        assertThat(judged.get("clips").asInt()).isEqualTo(12);
        assertThat(judged.get("classes").toString()).isEqualTo("[\"long\",\"short\"]");
        JsonNode predicted =
                Run.of("predict", run.toString(), clips.toString(), "--json").json();
        assertThat(predicted.get("clips")).hasSize(12);
        List<String> lines = Files.readAllLines(csv);
        for (int i = 0; i < 12; i++) {
            JsonNode answer = predicted.get("clips").get(i);
            String[] fields = lines.get(1 + i).split(",");
            assertThat(answer.get("clip").asText()).endsWith(fields[0] + ".mpg");
            assertThat(answer.get("label").asText()).isEqualTo(fields[2]);
            assertThat(answer.get("probabilities").get("long").asDouble())
                    .isCloseTo(Double.parseDouble(fields[4]), org.assertj.core.data.Offset.offset(1e-6));
        }
    }

    @Test
    void planCountsThePublishedModel() throws Exception {
        JsonNode plan = Run.of("plan", "--classes", "11", "--json").json();
        assertThat(plan.get("parameters").get("input").asInt()).isEqualTo(3232);
        assertThat(plan.get("parameters").get("total").asInt()).isEqualTo(203_435);
        assertThat(plan.get("denseInputParameters").asInt()).isEqualTo(44_236_800);
        assertThat(plan.get("inputMultiplyAddsPerFrame").asInt()).isEqualTo(1_929_216);
    }

    @Test
    void badInputIsToldInOneLineAndLeavesNothing() {
        Path out = folder.resolve("none");
        check(
                2,
                "but a frame of " + store + " has 8x6x3 = 144 values",
                "train",
                store.toString(),
                "--out",
                out.toString());
        check(2, "--ranks: 2 ranks [2, 2] for 4 modes", "plan", "--ranks", "2,2");
        check(2, "no such store", "train", folder.resolve("nowhere").toString(), "--out", out.toString());
        check(
                2,
                "holds a run already",
                "train",
                store.toString(),
                "--out",
                run.toString(),
                MODEL[0],
                MODEL[1],
                MODEL[2],
                MODEL[3],
                MODEL[4],
                MODEL[5]);
        check(2, "no such model", "evaluate", folder.resolve("nowhere").toString(), store.toString());
        check(
                2,
                "no such clip or folder",
                "predict",
                run.toString(),
                folder.resolve("nowhere.mpg").toString());
        assertThat(out).doesNotExist();
    }

    private static void check(int exit, String words, String... line) {
        Run done = Run.of(line);
        assertThat(done.exit()).as(done.err()).isEqualTo(exit);
        assertThat(done.err().strip()).contains(words).doesNotContain("\n");
        assertThat(done.out()).isEmpty();
    }
}
