package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static ttrnn.cli.Run.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.io.NpyFrameWriter;

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
    void badInputIsToldInOneLineAndLeavesNothing() {
        Path out = folder.resolve("none");
        refused(
                2,
                "but a frame of " + store + " has 8x6x3 = 144 values",
                "train",
                store.toString(),
                "--out",
                out.toString());
        refused(2, "no such store", "train", folder.resolve("nowhere").toString(), "--out", out.toString());
        refused(
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
        refused(2, "no such model", "evaluate", folder.resolve("nowhere").toString(), store.toString());
        refused(
                2,
                "no such clip or folder",
                "predict",
                run.toString(),
                folder.resolve("nowhere.mpg").toString());
        assertThat(out).doesNotExist();
    }

    @Test
    void testGroupsNeedASplitByGroup() {
        refused(2, "test-groups: they need a split by group", split("random", "--test-groups", "a"));
    }

    private static String[] split(String kind, String... more) {
        List<String> line = new ArrayList<>(List.of(
                "train", store.toString(), "--out", folder.resolve("none").toString(), "--split", kind));
        line.addAll(List.of(more));
        line.addAll(List.of(MODEL));
        return line.toArray(String[]::new);
    }

    @Test
    void classesThatCannotBeLearntAreTold() throws Exception {
        Path one = folder.resolve("one");
        GreyClip.write(Files.createDirectories(one.resolve("only")).resolve("a.mpg"), 3);
        GreyClip.write(one.resolve("only").resolve("b.mpg"), 3);
        Path ofOne = folder.resolve("store-of-one");
        assertThat(Run.of("prepare", one.toString(), "--out", ofOne.toString(), "--size", "8x6")
                        .exit())
                .isZero();
        List<String> line = new ArrayList<>(List.of(
                "train", ofOne.toString(), "--out", folder.resolve("none").toString()));
        line.addAll(List.of(MODEL));
        refused(2, "has one class only, only; a model tells two or more apart", line.toArray(String[]::new));
    }

    @Test
    void aDamagedModelIsToldInOneLine() throws Exception {
        byte[] whole = Files.readAllBytes(run.resolve("model.safetensors"));
        Path cut = folder.resolve("cut.safetensors");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        refused(3, cut + ": ", "predict", cut.toString(), clips.toString());
        Files.writeString(cut, "not a model at all, but some text that is long enough");
        refused(3, cut + ": ", "info", cut.toString());
    }

    @Test
    void predictTakesFrameArraysAndPassesOverWhatIsNoClip() throws Exception {
        Path mixed = Files.createDirectories(folder.resolve("mixed"));
        Files.writeString(mixed.resolve("notes.txt"), "not a clip");
        Files.copy(clips.resolve("short/0.mpg"), mixed.resolve("a.mpg"));
        try (NpyFrameWriter writer = new NpyFrameWriter(mixed.resolve("b.npy"), 6, 8)) {
            for (int t = 0; t < 3; t++) {
                writer.write(new byte[8 * 6 * 3]);
            }
            writer.finish();
        }
        JsonNode answer =
                Run.of("predict", run.toString(), mixed.toString(), "--json").json();
        assertThat(answer.get("clips")).hasSize(2);
        assertThat(answer.get("bad")).hasSize(1);
        assertThat(answer.get("bad").get(0).get("clip").asText()).endsWith("notes.txt");
        Path text = mixed.resolve("notes.txt");
        refused(3, text.toString(), "predict", run.toString(), text.toString());
        Path only = Files.createDirectories(folder.resolve("only-text"));
        Files.writeString(only.resolve("notes.txt"), "not a clip");
        refused(3, "none of its 1 files is a clip; ", "predict", run.toString(), only.toString(), "-q");
    }

    @Test
    void initBeginsWithTheWeightsOfAModel() throws Exception {
        Path tuned = folder.resolve("tuned");
        Run done = Run.of(
                "train",
                store.toString(),
                "--out",
                tuned.toString(),
                "--init",
                run.toString(),
                "--epochs",
                "1",
                "--learning-rate",
                "1e-9",
                "--json");
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.json().get("accuracy").asDouble())
                .isEqualTo(result.get("trainAccuracy").asDouble());
        Path none = folder.resolve("none");
        refused(
                2,
                "init: rnn.core.0 must be [1, 4, 6, 3], the model has [1, 4, 6, 2]; train with the settings of its",
                "train",
                store.toString(),
                "--out",
                none.toString(),
                "--init",
                run.toString(),
                "--ranks",
                "3");
        assertThat(none).doesNotExist();
    }

    @Test
    void aDenseModelIsCompressedAndLearnsOn() throws Exception {
        Path dense = folder.resolve("dense");
        assertThat(run("train", store.toString(), "--out", dense.toString(), "--model", "gru")
                        .exit())
                .isZero();
        Path small = folder.resolve("small");
        JsonNode exact = Run.of("compress", dense.toString(), "--out", small.toString(), "--ranks", "99", "--json")
                .json();
        assertThat(exact.get("relativeError").asDouble()).isLessThan(1e-5);
        assertThat(exact.get("parametersBefore").asInt()).isEqualTo(144 * 24 + 8 * 24 + 24 + 9 * 2);
        String labels = labels(
                Run.of("predict", dense.toString(), clips.toString(), "--json").json());
        assertThat(labels(Run.of("predict", small.toString(), clips.toString(), "--json")
                        .json()))
                .isEqualTo(labels);
        Path smaller = folder.resolve("smaller.safetensors");
        JsonNode rounded = Run.of("compress", small.toString(), "--out", smaller.toString(), "--ranks", "2", "--json")
                .json();
        assertThat(rounded.get("relativeError").asDouble()).isBetween(0.01, 1.0);
        assertThat(rounded.get("ranks").toString()).isEqualTo("[1,2,2,1]");
        assertThat(rounded.get("inputParametersAfter").asInt()).isEqualTo(4 * 6 * 2 + 2 * 6 * 2 * 2 + 2 * 6 * 2);
        Path tuned = folder.resolve("tuned-after");
        Run done = Run.of(
                "train", store.toString(), "--out", tuned.toString(), "--init", smaller.toString(), "--epochs", "1");
        assertThat(done.exit()).as(done.err()).isZero();

        Path none = folder.resolve("none");
        refused(2, "give either --ranks or --tolerance", "compress", dense.toString(), "--out", none.toString());
        refused(2, "exists; name another", "compress", dense.toString(), "--out", small.toString(), "--ranks", "2");
        assertThat(none).doesNotExist();
    }

    private static String labels(JsonNode predicted) {
        StringBuilder labels = new StringBuilder();
        predicted.get("clips").forEach(clip -> labels.append(clip.get("label")));
        return labels.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tt-lstm", "tt-rnn", "gru", "lstm", "rnn", "tt-mlp"})
    void everyModelIsTrainedAndUsed(String model) throws Exception {
        Path trained = folder.resolve(model);
        Run done = run("train", store.toString(), "--out", trained.toString(), "--model", model, "--json");
        assertThat(done.exit()).as(done.err()).isZero();
        double accuracy = done.json().get("accuracy").asDouble();
        JsonNode judged = Run.of("evaluate", trained.toString(), store.toString(), "--split", "train", "--json")
                .json();
        assertThat(judged.get("accuracy").asDouble()).isEqualTo(accuracy);
        JsonNode plan =
                run("plan", store.toString(), "--model", model, "--json").json();
        JsonNode info = Run.of("info", trained.toString(), "--json").json();
        assertThat(info.get("model").get("parameters").asInt())
                .isEqualTo(plan.get("parameters").get("total").asInt());
    }

    @Test
    void whatWouldNotFitIntoMemoryIsRefusedBeforeItBegins() throws Exception {
        Path out = folder.resolve("large");
        String[] large = {"--input-modes", "4,6,6", "--output-modes", "32,16,32"};
        Run done = Run.of("train", store.toString(), "--out", out.toString(), large[0], large[1], large[2], large[3]);
        assertThat(done.exit()).as(done.err()).isEqualTo(4);
        assertThat(done.err())
                .contains(
                        "the training needs about ",
                        " of heap, this Java may take ",
                        "--no-checks begins all the same");
        assertThat(out).doesNotExist();
        Run plan = Run.of("plan", store.toString(), "--json", large[0], large[1], large[2], large[3]);
        assertThat(plan.exit()).isEqualTo(4);
        assertThat(plan.json().get("suffices").asBoolean()).isFalse();
        assertThat(plan.json().get("parameters").get("total").asLong()).isGreaterThan(500_000_000);
    }

    @Test
    void theEstimateStandsBesideWhatWasUsed() throws Exception {
        JsonNode resources =
                Run.parse(Files.readString(run.resolve("run.json"))).get("resources");
        assertThat(resources.get("heapBytesEstimated").asLong()).isGreaterThan(16 << 20);
        assertThat(resources.get("heapBytesPeak").asLong()).isPositive();
        assertThat(resources.get("diskBytes").asLong())
                .isPositive()
                .isLessThan(resources.get("diskBytesEstimated").asLong());
    }

    @Test
    void allFoldsAreTrainedAndGoOnWhereTheyStopped() throws Exception {
        Path folds = folder.resolve("folds");
        String[] line = {
            "--out", folds.toString(), "--folds", "3", "--split", "random", "--no-validate", "--normalize", "mean"
        };
        Run first = run("train", with(new String[] {store.toString(), "--json"}, line));
        assertThat(first.exit()).as(first.err()).isZero();
        JsonNode all = first.json();
        assertThat(all.get("folds")).hasSize(3);
        double sum = 0;
        int clipsOfAll = 0;
        for (JsonNode fold : all.get("folds")) {
            sum += fold.get("accuracy").asDouble();
            clipsOfAll += fold.get("clips").asInt();
        }
        assertThat(clipsOfAll).isEqualTo(12);
        assertThat(all.get("mean").asDouble()).isEqualTo(sum / 3);
        assertThat(all.get("interval")).hasSize(2);
        assertThat(Run.parse(Files.readString(folds.resolve("folds.json"))).get("mean"))
                .isEqualTo(all.get("mean"));

        byte[] model = Files.readAllBytes(folds.resolve("fold-1/model.safetensors"));
        for (String file : List.of("model.safetensors", "run.json")) {
            Files.delete(folds.resolve("fold-1").resolve(file));
        }
        Run again = Run.of("train", store.toString(), "--out", folds.toString(), "--resume", "--json");
        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.json().get("folds")).isEqualTo(all.get("folds"));
        assertThat(Files.readAllBytes(folds.resolve("fold-1/model.safetensors")))
                .isEqualTo(model);

        Path one = folder.resolve("one-fold");
        line[1] = one.toString();
        Run single = run("train", with(new String[] {store.toString(), "--json", "--fold", "1"}, line));
        assertThat(single.exit()).as(single.err()).isZero();
        assertThat(Files.readAllBytes(one.resolve("model.safetensors"))).isEqualTo(model);
        line[1] = folds.toString();
        refused(
                2,
                "--out: " + folds + " holds a run already; name another",
                with(new String[] {"train", store.toString()}, line));
        refused(2, "split: with all clips in the training", split("all", "--folds", "2"));
    }

    @Test
    void withAllClipsInTheTrainingNoneAreHeldOut() throws Exception {
        Path all = folder.resolve("all");
        Run done = run("train", store.toString(), "--out", all.toString(), "--split", "all", "--json");
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.json().get("test").isNull()).isTrue();
        assertThat(Run.parse(Files.readString(all.resolve("run.json")))
                        .get("split")
                        .get("train"))
                .hasSize(12);
    }

    @Test
    void aModelOfPreparedFramesJudgesAFileAsItJudgesTheStore() throws Exception {
        Path prepared = folder.resolve("prepared");
        Run done = run(
                "train",
                store.toString(),
                "--out",
                prepared.toString(),
                "--json",
                "--patch",
                "2",
                "--normalize",
                "standard",
                "--step-pooling",
                "mean",
                "--input",
                "motion",
                "--centre",
                "--flip",
                "--zoom",
                "0.1",
                "--mirror",
                "--label-smoothing",
                "0.1");
        assertThat(done.exit()).as(done.err()).isZero();
        Path csv = folder.resolve("prepared.csv");
        Run judged = Run.of(
                "evaluate", prepared.toString(), store.toString(), "--split", "all", "--predictions", csv.toString());
        assertThat(judged.exit()).as(judged.err()).isZero();
        JsonNode predicted = Run.of("predict", prepared.toString(), clips.toString(), "--json")
                .json();
        List<String> lines = Files.readAllLines(csv);
        for (int i = 0; i < 12; i++) {
            assertThat(predicted
                            .get("clips")
                            .get(i)
                            .get("probabilities")
                            .get("long")
                            .asDouble())
                    .isCloseTo(
                            Double.parseDouble(lines.get(1 + i).split(",")[4]),
                            org.assertj.core.data.Offset.offset(1e-6));
        }
        Path tuned = folder.resolve("prepared-tuned");
        assertThat(run("train", store.toString(), "--out", tuned.toString(), "--init", prepared.toString())
                        .exit())
                .isZero();
    }

    @Test
    void optionsOfSafetyAreChecked() {
        String[] start = {
            "train", store.toString(), "--out", folder.resolve("none").toString()
        };
        refused(2, "--checkpoint-steps: must be at least 0, not -1", with(start, "--checkpoint-steps", "-1"));
        refused(2, "--checkpoint-minutes: must be from 0 to 1000000", with(start, "--checkpoint-minutes", "-1"));
        refused(2, "--accept-changes: is for --resume only", with(start, "--accept-changes"));
        refused(2, "--init: is for a new run", with(start, "--resume", "--init", run.toString()));
    }

    private static String[] with(String[] start, String... more) {
        String[] line = java.util.Arrays.copyOf(start, start.length + more.length);
        System.arraycopy(more, 0, line, start.length, more.length);
        return line;
    }
}
