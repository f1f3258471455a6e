package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.dataset.PrepareSettings;
import ttrnn.io.Json;
import ttrnn.train.ModelFile;
import ttrnn.train.Models;
import ttrnn.train.TrainConfig;

class InfoCommandTest {
    private static final String RUN = """
            {"version": "0.1.0", "java": "17.0.1", "kernels": "vector-256", "threads": 2, "started": "2026-01-02T03:04:05Z",
             "ended": "2026-01-02T03:05:06Z", "store": "clips", "storeSha256": "abc", "bestEpoch": 7, "later": [1],
             "results": {"train": {"clips": 40, "accuracy": 1, "loss": 0.25}, "test": {"clips": 9, "accuracy": 0.875}}}
            """;

    @TempDir
    Path folder;

    private Path model() throws IOException {
        Path file = folder.resolve(ModelFile.NAME);
        TrainConfig config = TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,4,6],\"outputModes\":[2,2,2],\"ranks\":[2,3]}"));
        List<String> classes = List.of("jump", "run", "walk");
        PrepareSettings frames =
                new PrepareSettings(8, 4, 2, 0, 50, PrepareSettings.defaults().onBadClip());
        new ModelFile(config, classes, frames, Models.create(config, classes.size())).write(file);
        return file;
    }

    @Test
    void aModelIsToldByContentAndProvenance() throws IOException {
        Path file = model();
        Files.writeString(folder.resolve("run.json"), RUN);
        Run run = Run.of("info", folder.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("model       tt-gru [4, 4, 6] -> [2, 2, 2], ranks [2, 3]\nfile        " + file + ", ")
                .contains("\nclasses     3: jump, run, walk\n")
                .contains("\nframes      8x4 pixels, one of 2, at most 50\n")
                .contains("\nparameters  375; the input matrix has 132 of them, its dense twin would have 2304\n")
                .contains("\ntrained     2026-01-02T03:04:05Z to 2026-01-02T03:05:06Z\n")
                .contains("\nby          ttrnn 0.1.0, Java 17.0.1, vector-256, threads 2\n")
                .contains("\non          clips, sha256 abc\n")
                .contains("\naccuracy    100.0 % (train)\naccuracy    87.5 % (test)\n")
                .contains("\nrnn.core.0     [1 x 4 x 6 x 2]          48\n")
                .contains("\ngateActivation    hard-sigmoid\n");
    }

    @Test
    void theJsonHasTheMachineAndTheModel() throws IOException {
        Path file = model();
        JsonNode json = Run.of("info", file.toString(), "--json").json();
        assertThat(json.path("kernels").asText()).isNotEmpty();
        JsonNode model = json.path("model");
        assertThat(model.path("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(model.path("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(model.path("classes").toString()).isEqualTo("[\"jump\",\"run\",\"walk\"]");
        assertThat(model.path("parameters").asInt()).isEqualTo(375);
        assertThat(model.path("denseInputParameters").asInt()).isEqualTo(96 * 24);
        assertThat(model.path("tensors").path("rnn.core.1").toString())
                .isEqualTo("{\"shape\":[2,4,2,3],\"parameters\":48}");
        int sum = 0;
        for (JsonNode tensor : model.path("tensors")) {
            sum += tensor.path("parameters").asInt();
        }
        assertThat(sum).isEqualTo(375);
        assertThat(model.path("preprocessing").path("every").asInt()).isEqualTo(2);
        assertThat(model.path("config").path("ranks").toString()).isEqualTo("[2,3]");
        assertThat(model.has("run")).isFalse();

        Files.writeString(folder.resolve("run.json"), RUN);
        JsonNode run =
                Run.of("info", file.toString(), "--json").json().path("model").path("run");
        assertThat(run.path("bestEpoch").asInt()).isEqualTo(7);
        assertThat(run.path("results").path("test").path("clips").toString()).isEqualTo("9");
    }

    @Test
    void whatIsNoModelIsBadDataAndWhatIsNotThereAMistake() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        Run missing = Run.of("info", nowhere.toString());
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err())
                .isEqualTo("ttrnn: " + nowhere + ": no such model; name the folder of a run or a .safetensors file\n");

        Run empty = Run.of("info", folder.toString());
        assertThat(empty.exit()).isEqualTo(3);
        assertThat(empty.err())
                .isEqualTo("ttrnn: no model in " + folder
                        + ": model.safetensors is missing; train one with train STORE " + "--out RUN\n");

        Path text = Files.writeString(folder.resolve("text.safetensors"), "just some words, no model");
        Run words = Run.of("info", text.toString());
        assertThat(words.exit()).isEqualTo(3);
        assertThat(words.err())
                .startsWith("ttrnn: " + text)
                .contains("safetensors")
                .hasLineCount(1);

        Path file = model();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 5));
        Run cut = Run.of("info", file.toString());
        assertThat(cut.exit()).isEqualTo(3);
        assertThat(cut.err()).startsWith("ttrnn: " + file).hasLineCount(1);
    }

    @Test
    void aRunThatCannotBeReadIsNamed() throws IOException {
        model();
        Path run = Files.writeString(folder.resolve("run.json"), "{\"version\": 3}");
        Run broken = Run.of("info", folder.toString());
        assertThat(broken.exit()).isEqualTo(3);
        assertThat(broken.err())
                .isEqualTo("ttrnn: " + run + ": the field \"version\" must be a string, got 3; it can be removed, the "
                        + "model does without\n");
    }

    @Test
    void emulatedFmaIsToldWithItsPrice() {
        assertThat(new FmaSpeed(10, 9.5).description()).isEqualTo("in hardware");
        FmaSpeed emulated = new FmaSpeed(4800, 10);
        assertThat(emulated.emulated()).isTrue();
        assertThat(emulated.description()).startsWith("emulated, some 480 times slower than a product and a sum");
        FmaSpeed here = FmaSpeed.measure();
        assertThat(here.nanos()).isPositive().isLessThan(1e6);
        assertThat(Run.of("info").out()).contains("Math.fma  ");
    }
}
