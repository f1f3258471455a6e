package ttrnn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;

class ReportTest {
    @TempDir
    static Path folder;

    private static Path run;
    private static Path other;
    private static String page;

    @BeforeAll
    static void trainAndReport() throws Exception {
        run = Runs.train(folder, "first", "{}");
        other = Runs.train(folder, "second", "{\"epochs\":5,\"model\":\"lstm\"}");
        page = Files.readString(Report.of(List.of(run)).write(run.resolve(Report.NAME)));
    }

    @Test
    void namesAreEscapedWhereverTheyStand() throws Exception {
        String both = Report.of(List.of(run, other)).html();
        for (String html : List.of(page, both)) {
            assertThat(html)
                    .doesNotContain(Runs.NASTY)
                    .doesNotContain("<b>&quot;")
                    .doesNotContain("<b>\"");
            assertThat(html).contains("&lt;b&gt;&quot;&amp;&#39;");
        }
    }

    @Test
    void thePageLoadsNothing() {
        assertThat(page).contains("default-src 'none'");
        assertThat(page).doesNotContain("http:", "https:", "@import", "url(");
        Matcher sources = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);
        int seen = 0;
        while (sources.find()) {
            assertThat(sources.group(1)).matches("(?s)data:.*|#run\\d+");
            seen++;
        }
        assertThat(seen).isGreaterThan(1);
    }

    @Test
    void eachChartHasAPointForEachEpoch() {
        for (String title : List.of("Loss", "Accuracy", "Learning rate", "Gradient norm", "Saturated gates")) {
            int at = page.indexOf("aria-label=\"" + title + "\"");
            assertThat(at).as(title).isPositive();
            String chart = page.substring(at, page.indexOf("</svg>", at));
            assertThat(chart).as(title).contains("data-points=\"3\"").contains("<polyline");
        }
    }

    @Test
    void theAxisOfAccuracyGoesFromZeroToOne() {
        int at = page.indexOf("aria-label=\"Accuracy\"");
        String chart = page.substring(at, page.indexOf("</svg>", at));
        assertThat(chart).contains(">0</text>", ">1.0</text>").doesNotContain(">1.2</text>");
    }

    @Test
    void numbersOfThePageStandBesideItAsJsonAndCsv() throws Exception {
        JsonObject json = Json.parse(Files.readString(run.resolve("report.json")));
        JsonObject truth = Json.parse(Files.readString(run.resolve("run.json")));
        double test = truth.object("results").object("test").number("accuracy");
        assertThat(json.objects("runs").get(0).number("testAccuracy")).isEqualTo(test);
        assertThat(json.objects("epochs")).hasSize(3);
        int clips = 0;
        int right = 0;
        for (JsonObject cell : json.objects("confusion")) {
            clips += (int) cell.integer("clips");
            right += cell.string("true").equals(cell.string("predicted")) ? (int) cell.integer("clips") : 0;
        }
        assertThat((double) right / clips).isEqualTo(test);
        assertThat(clips).isEqualTo(truth.object("split").strings("test").size());
        assertThat(Files.readAllLines(run.resolve("report-epochs.csv")))
                .hasSize(4)
                .first()
                .asString()
                .startsWith("run,epoch,learningRate,loss,accuracy,gradientNorm,")
                .endsWith(",gateSaturation");
        assertThat(Files.readString(run.resolve("report-classes.csv"))).contains("\"<b>\"\"&'\"");
        assertThat(Files.readAllLines(run.resolve("report-clips.csv"))).hasSize(1 + 24);
        assertThat(Files.readAllLines(run.resolve("report-data.csv"))).hasSize(1 + 24);
        assertThat(json.objects("resources").get(0).number("heapBytesEstimated"))
                .isPositive();
        assertThat(json.objects("resources").get(0).number("secondsPerEpoch")).isPositive();
    }

    @Test
    void clipsAreShownAsPicturesOfTheirFrames() throws Exception {
        Matcher picture =
                Pattern.compile("src=\"data:image/png;base64,([^\"]+)\"").matcher(page);
        assertThat(picture.find()).isTrue();
        var image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(picture.group(1))));
        assertThat(image.getWidth()).isBetween(3 * 9 - 1, 6 * 9 - 1);
        assertThat(image.getHeight()).isEqualTo(6);
    }

    @Test
    void severalRunsAreComparedInATableThatCanSort() throws Exception {
        String both = Report.of(List.of(run, other)).html();
        String table = both.substring(both.indexOf("<table class=\"sortable\">"), both.indexOf("</table>"));
        assertThat(table).contains("memory", "s/epoch", "100 epochs", "best epoch", "test");
        assertThat(table.split("<tr>", -1)).hasSize(1 + 3);
        assertThat(table).contains("data-value=\"5\"", "<a href=\"#run2\">second</a>");
        assertThat(both).contains("2 runs compared", "aria-label=\"Validation accuracy\"");
    }

    @Test
    void aRunWithoutItsStoreIsReportedWithoutPictures() throws Exception {
        Path copy = copyOf(run, "moved");
        String text = Files.readString(copy.resolve("run.json"));
        Files.writeString(copy.resolve("run.json"), text.replaceAll("\"store\" : \"[^\"]*\"", "\"store\" : \"gone\""));
        assertThat(Report.of(List.of(copy)).html())
                .contains("Without pictures: no such store: gone", "Confusion")
                .doesNotContain("data:image/png");
    }

    @Test
    void aRunThatHasNotEndedIsReportedAsFarAsItIs() throws Exception {
        Path copy = copyOf(run, "unfinished");
        Files.delete(copy.resolve("run.json"));
        Files.delete(copy.resolve("predictions.jsonl"));
        assertThat(Report.of(List.of(copy)).html())
                .contains("This training has not ended:</b> 3 of 3 epochs so far")
                .contains("aria-label=\"Loss\"");
    }

    @Test
    void aFolderOfFoldsStandsForItsFolds() throws Exception {
        Path folds = Files.createDirectories(folder.resolve("folds"));
        copyOf(run, "folds/fold-0");
        copyOf(other, "folds/fold-1");
        assertThat(Report.of(List.of(folds)).rows()).hasSize(2);
    }

    @Test
    void aFolderThatIsNoRunIsRefused() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> Report.of(List.of(empty)))
                .isInstanceOf(IOException.class)
                .hasMessage(empty + ": no run, it has no config.json; name a folder that train wrote");
        Path copy = copyOf(run, "begun");
        Files.delete(copy.resolve("events.jsonl"));
        assertThatThrownBy(() -> Report.of(List.of(copy)))
                .hasMessage(copy + ": no epoch of this run has ended yet; there is nothing to report");
        Path bad = copyOf(run, "bad");
        Files.writeString(bad.resolve("events.jsonl"), "{\"event\":\"epoch\"}\n");
        assertThatThrownBy(() -> Report.of(List.of(bad))).hasMessageContaining("the field \"epoch\" is missing");
    }

    private static Path copyOf(Path from, String name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve(name));
        for (String file : List.of("config.json", "run.json", "events.jsonl", "predictions.jsonl")) {
            Files.copy(from.resolve(file), copy.resolve(file));
        }
        return copy;
    }
}
