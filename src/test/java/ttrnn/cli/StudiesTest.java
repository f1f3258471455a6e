package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.train.experiment.Study;

/** Studies on small clips of two classes that differ in length. */
class StudiesTest {
    private static final String STUDY = """
            {"preset": "ttrnn",
             "settings": {"inputModes": [4, 6, 6], "outputModes": [2, 2, 2], "ranks": [2], "patch": 0, "epochs": 2, "folds": 3},
             "folds": [0, 2], "seeds": [1],
             "rows": [{"name": "ours", "curve": true},
                      {"name": "last state, lstm", "settings": {"stepPooling": "last", "model": "tt-lstm"}, "curve": true},
                      {"name": "no validation", "settings": {"validate": false}}]}
            """;

    @TempDir
    static Path folder;

    private static Path store;
    private static Path study;

    @BeforeAll
    static void prepare() throws Exception {
        Path clips = folder.resolve("clips");
        for (int n = 0; n < 6; n++) {
            GreyClip.write(Files.createDirectories(clips.resolve("short")).resolve(n + ".mpg"), 2 + n % 2);
            GreyClip.write(Files.createDirectories(clips.resolve("long")).resolve(n + ".mpg"), 8 + n % 3);
        }
        store = folder.resolve("store");
        Run done = Run.of("prepare", clips.toString(), "--out", store.toString(), "--size", "8x6", "-q");
        assertThat(done.exit()).as(done.err()).isZero();
        study = Files.writeString(folder.resolve("study.json"), STUDY);
    }

    private static Run study(Path out, String... more) {
        List<String> line = new java.util.ArrayList<>(
                List.of("experiment", study.toString(), store.toString(), "--out", out.toString(), "--json"));
        line.addAll(List.of(more));
        return Run.of(line.toArray(String[]::new));
    }

    @Test
    void aStudyIsATableOfItsRowsAndGoesOnWhereItStopped() throws Exception {
        Path out = folder.resolve("out");
        assertThat(study(out, "--rows", "1").exit()).isZero();
        Path first = out.resolve("ours/fold-2-seed-1/model.safetensors");
        FileTime written = Files.getLastModifiedTime(first);
        Run done = study(out);
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(Files.getLastModifiedTime(first)).isEqualTo(written);
        JsonNode table = done.json().get("table");
        assertThat(table.findValuesAsText("name")).containsExactly("ours", "last state, lstm", "no validation");
        assertThat(table.get(0).get("difference").isNull()).isTrue();
        assertThat(table.get(1).get("changed").toString())
                .isEqualTo("{\"model\":\"tt-lstm\",\"stepPooling\":\"last\"}");
        for (JsonNode row : table) {
            double sum = row.get("accuracies").get(0).asDouble()
                    + row.get("accuracies").get(1).asDouble();
            assertThat(row.get("mean").asDouble()).isEqualTo(sum / 2);
            assertThat(row.get("gateSaturationFirst").asDouble()).isBetween(0.0, 1.0);
            assertThat(row.get("gradientNormLast").asDouble()).isPositive();
        }
        JsonNode difference = table.get(1).get("difference");
        assertThat(difference.get(0).asDouble())
                .isEqualTo(table.get(1).get("mean").asDouble()
                        - table.get(0).get("mean").asDouble());
        assertThat(difference.get(1).asDouble())
                .isLessThanOrEqualTo(difference.get(0).asDouble());
        for (String picture : List.of("accuracy", "saturation", "gradient")) {
            assertThat(Files.readString(out.resolve(picture + ".svg")))
                    .startsWith("<svg xmlns=")
                    .contains("last state, lstm")
                    .doesNotContain("no validation");
        }
    }

    @Test
    void theTestClipsAreLookedAtOnlyWhereThereIsNoValidation() throws Exception {
        Path out = folder.resolve("looked");
        assertThat(study(out, "--only-folds", "0").exit()).isZero();
        assertThat(Files.readString(out.resolve("ours/fold-0-seed-1/run.json"))).doesNotContain("\"test\" : {");
        assertThat(Files.readString(out.resolve("no-validation/fold-0-seed-1/run.json")))
                .contains("\"test\" : {");
    }

    @Test
    void everyStudyIsInTheJarAndFits() {
        for (String name : Studies.names()) {
            Study read = Studies.read(name);
            assertThat(read.rows()).hasSizeGreaterThan(1);
            assertThat(read.trainings()).isPositive();
        }
    }

    @Test
    void mistakesAreNamed() {
        assertMistake("a study needs a store and --out DIR", "experiment", "leak");
        assertMistake(
                "--rows: rows: there are 1 to 3, not 4",
                "experiment",
                study.toString(),
                store.toString(),
                "--out",
                folder.resolve("none").toString(),
                "--rows",
                "4");
        assertMistake(
                "none.json: no such file; name a study, " + Studies.NAMES + ", or a JSON file of one",
                "experiment",
                "none.json",
                store.toString(),
                "--out",
                folder.resolve("none").toString());
        assertMistake(
                "fibonacci takes no store, --out, --rows or --only-folds", "experiment", "fibonacci", store.toString());
    }

    private static void assertMistake(String message, String... arguments) {
        Run run = Run.of(arguments);
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("ttrnn: " + message + "\n");
    }
}
