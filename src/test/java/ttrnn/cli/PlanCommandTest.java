package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static ttrnn.cli.Run.refused;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;

/** What a training would cost, told without clips, and the settings it is told of. */
class PlanCommandTest {
    @TempDir
    static Path folder;

    @Test
    void planCountsThePublishedModel() throws Exception {
        JsonNode plan = Run.of("plan", "--classes", "11", "--json").json();
        assertThat(plan.get("parameters").get("input").asInt()).isEqualTo(3232);
        assertThat(plan.get("parameters").get("total").asInt()).isEqualTo(203_435);
        assertThat(plan.get("denseInputParameters").asInt()).isEqualTo(44_236_800);
        assertThat(plan.get("inputMultiplyAddsPerFrame").asInt()).isEqualTo(1_929_216);
    }

    @ParameterizedTest
    @CsvSource({
        "tt-gru, 3, shared, 1944",
        "tt-gru, 4, shared, 3232",
        "tt-gru, 5, shared, 4840",
        "tt-lstm, 3, shared, 2040",
        "tt-lstm, 4, shared, 3360",
        "tt-lstm, 5, shared, 5000",
        "tt-gru, 3, separate, 5256",
        "tt-gru, 4, separate, 8928",
        "tt-gru, 5, separate, 13560"
    })
    void planCountsThePublishedInputMatrices(String model, String ranks, String trains, int parameters)
            throws Exception {
        JsonNode plan = Run.of(
                        "plan", "--model", model, "--ranks", ranks, "--gate-trains", trains, "--clips", "1", "--json")
                .json();
        assertThat(plan.get("parameters").get("input").asInt()).isEqualTo(parameters);
    }

    @Test
    void planCountsTheInputMatrixOfHollywood2() throws Exception {
        JsonNode plan = Run.of("plan", "--size", "234x100", "--input-modes", "10,18,13,30", "--clips", "1", "--json")
                .json();
        assertThat(plan.get("parameters").get("input").asInt()).isEqualTo(2944);
    }

    @Test
    void everyPresetIsInTheJarAndFits() {
        for (String name : Presets.names()) {
            Presets.read(name, TrainConfig.defaults()).checkShapes();
        }
        TrainConfig published = Presets.read("as-published", TrainConfig.defaults());
        assertThat(published.get(Settings.LEARNING_RATE)).isEqualTo(1e-4);
        assertThat(published.get(Settings.MASK_GREY)).isTrue();
    }

    @Test
    void aWrongSettingIsToldByItsOption() {
        refused(2, "--ranks: 2 ranks [2, 2] for 4 modes", "plan", "--ranks", "2,2");
        refused(2, "--epochs: must be at least 1, got 0", "plan", "--epochs", "0");
        refused(2, "--epochs: must be at least 1, got -3", "plan", "--epochs", "-3");
        refused(2, "'x' is not a whole number", "plan", "--batch-size", "x");
        refused(2, "--learning-rate: must be more than 0 and at most 10, got 0", "plan", "--learning-rate", "0");
        refused(2, "\"glorrot\" is none of published, glorot, ", "plan", "--initializer", "glorrot");
        refused(2, "\"tt-gnu\" is none of tt-gru, tt-lstm, ", "plan", "--model", "tt-gnu");
        refused(2, "there is no preset \"mine\"; there are ", "plan", "--preset", "mine");
    }

    @Test
    void anUnknownSettingInAFileIsTold() throws Exception {
        Path file = folder.resolve("wrong.json");
        Files.writeString(file, "{\"epoch\": 3}");
        refused(2, file + ": unknown setting \"epoch\"; there are model, ", "plan", "--config", file.toString());
        Files.writeString(file, "{\"epochs\": 3");
        refused(2, file + ": ", "plan", "--config", file.toString());
        refused(2, "no such file; name a JSON file of settings", "plan", "--config", "nowhere.json");
    }
}
