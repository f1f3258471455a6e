package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.io.NpyFrameWriter;
import ttrnn.testing.TinyStore;

/** Windows, thresholds, CSV and explanations, on a model that tells bright clips from dark ones. */
class PredictOptionsTest {
    private static final int WIDTH = 8;
    private static final int HEIGHT = 6;

    @TempDir
    static Path folder;

    private static String run;
    private static String clips;
    private static String mixed;

    @BeforeAll
    static void train() throws Exception {
        Path store = TinyStore.write(folder.resolve("store"), 4, 3);
        run = folder.resolve("run").toString();
        Run trained = Run.of(
                "train",
                store.toString(),
                "--out",
                run,
                "--input-modes",
                "4,6,6",
                "--output-modes",
                "2,2,2",
                "--ranks",
                "2",
                "--epochs",
                "25",
                "--learning-rate",
                "0.02",
                "--recurrent-dropout",
                "0",
                "--batch-size",
                "4");
        assertThat(trained.exit()).as(trained.err()).isZero();
        clips = store.resolve("frames").toString();
        // 20 bright frames, then 20 dark ones
        Path long40 = folder.resolve("long.npy");
        try (NpyFrameWriter writer = new NpyFrameWriter(long40, HEIGHT, WIDTH)) {
            byte[] frame = new byte[WIDTH * HEIGHT * 3];
            for (int t = 0; t < 40; t++) {
                Arrays.fill(frame, (byte) (t < 20 ? 135 : 95));
                writer.write(frame);
            }
            writer.finish();
        }
        mixed = long40.toString();
    }

    @Test
    void aWindowSlidesOverALongClipAndTellsATimeLine() throws Exception {
        JsonNode clip = Run.of("predict", run, mixed, "--window", "6", "--stride", "2", "--json")
                .json()
                .get("clips")
                .get(0);
        assertThat(clip.get("frames").asInt()).isEqualTo(40);
        assertThat(clip.get("windows")).hasSize(18);
        assertThat(clip.get("windows").get(17).get("from").asInt()).isEqualTo(34);
        JsonNode line = clip.get("timeLine");
        assertThat(line).hasSize(2);
        assertThat(line.get(0).get("label").asText()).isEqualTo("bright");
        assertThat(line.get(1).get("label").asText()).isEqualTo("dark");
        assertThat(line.get(0).get("from").asInt()).isZero();
        assertThat(line.get(0).get("to").asInt()).isCloseTo(20, within(4));
        assertThat(line.get(1).get("to").asInt()).isEqualTo(40);
    }

    @Test
    void aClipShorterThanTheWindowIsOneWindowAndTheLastWindowEndsWithTheClip() throws Exception {
        JsonNode whole =
                Run.of("predict", run, mixed, "--window", "100", "--json").json();
        JsonNode plain = Run.of("predict", run, mixed, "--json").json();
        JsonNode window = whole.get("clips").get(0).get("windows");
        assertThat(window).hasSize(1);
        assertThat(window.get(0).get("to").asInt()).isEqualTo(40);
        assertThat(window.get(0).get("probabilities"))
                .isEqualTo(plain.get("clips").get(0).get("probabilities"));
        JsonNode uneven = Run.of("predict", run, mixed, "--window", "12", "--stride", "9", "--json")
                .json();
        JsonNode windows = uneven.get("clips").get(0).get("windows");
        assertThat(windows.get(windows.size() - 1).get("from").asInt()).isEqualTo(28);
    }

    @Test
    void whatIsNotSureIsNoneOfThese() throws Exception {
        String clip = clips + "/dark-b-1.npy";
        Run sure = Run.of("predict", run, clip, "--threshold", "0.5", "--json");
        assertThat(sure.json().get("clips").get(0).get("label").asText()).isEqualTo("dark");
        Run unsure = Run.of("predict", run, clip, "--threshold", "1", "--json");
        assertThat(unsure.json().get("clips").get(0).get("label").isNull()).isTrue();
        assertThat(unsure.json().get("clips").get(0).get("probabilities").size())
                .isEqualTo(2);
        assertThat(Run.of("predict", run, clip, "--threshold", "1").out()).contains("(none of these)");
    }

    @Test
    void theAnswersForAFolderAreWrittenAsCsv() throws Exception {
        Path csv = folder.resolve("out/answers.csv");
        Run done = Run.of("predict", run, clips, "--csv", csv.toString());
        assertThat(done.exit()).as(done.err()).isZero();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(1 + 32);
        assertThat(lines.get(0)).isEqualTo("clip,label,probability,p(bright),p(dark)");
        assertThat(lines.get(1)).matches(".*bright-a-0\\.npy,(bright|dark),0\\.\\d{6},0\\.\\d{6},0\\.\\d{6}");
        Path windows = folder.resolve("windows.csv");
        Run.of("predict", run, mixed, "--window", "10", "--csv", windows.toString());
        assertThat(Files.readAllLines(windows).get(0))
                .isEqualTo("clip,from,to,start,end,label,probability,p(bright),p(dark)");
        assertThat(Files.readAllLines(windows)).hasSize(1 + 7);
    }

    @Test
    void anExplanationShowsFramesRelevanceAndTheProbabilitiesOverTime() throws Exception {
        Path page = folder.resolve("why.html");
        Run done = Run.of("predict", run, mixed, clips + "/dark-a-0.npy", "--explain", page.toString(), "--json");
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.json().get("explanation").asText()).isEqualTo(page.toString());
        String html = Files.readString(page);
        assertThat(html.split("data:image/png", -1)).hasSize(1 + 4);
        assertThat(html).contains("What each frame adds for the class", "Probabilities after so many frames");
        assertThat(html).contains("data-points=\"40\"");
        JsonNode json = Run.parse(Files.readString(folder.resolve("why.json")));
        assertThat(json.get("clips").get(0).get("frames")).hasSize(40);
        JsonNode course = json.get("clips").get(0).get("course");
        assertThat(course.get(course.size() - 1).get("frames").asInt()).isEqualTo(40);
        assertThat(course.get(15).get("probabilities").get(0).asDouble()).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--threshold 1.5 | --threshold: must be from 0 to 1, not 1.5",
                "--window 0 | --window: must be at least 1 frame, not 0",
                "--stride 3 | --stride: goes with --window only",
                "--window 4 --stride 0 | --stride: must be at least 1 frame, not 0",
                "--window 4 --explain x.html | --explain: explains whole clips; leave --window out"
            })
    void mistakesAreTold(String options, String message) {
        String[] line = ("predict RUN CLIP " + options).split(" ");
        line[1] = run;
        line[2] = mixed;
        Run done = Run.of(line);
        assertThat(done.exit()).isEqualTo(2);
        assertThat(done.err()).contains(message);
    }
}
