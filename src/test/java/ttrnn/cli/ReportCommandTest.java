package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.testing.TinyStore;

class ReportCommandTest {
    @TempDir
    static Path folder;

    private static Path run;
    private static Run trained;

    @BeforeAll
    static void train() throws Exception {
        Path store = TinyStore.write(folder.resolve("store"), 2, 3);
        run = folder.resolve("run");
        trained = Run.of(
                "train",
                store.toString(),
                "--out",
                run.toString(),
                "--input-modes",
                "4,6,6",
                "--output-modes",
                "2,2,2",
                "--ranks",
                "2",
                "--epochs",
                "2");
        assertThat(trained.exit()).as(trained.err()).isZero();
    }

    @Test
    void trainEndsWithThePathOfItsReport() {
        Path page = run.resolve("report.html");
        assertThat(trained.out()).endsWith("\nreport: " + page.toAbsolutePath() + "\n");
        assertThat(page).exists();
    }

    @Test
    void runsAreComparedInATableAndAPage() throws Exception {
        Path page = folder.resolve("pages/both.html");
        Run done = Run.of("report", run.toString(), run.toString(), "--out", page.toString());
        assertThat(done.exit()).as(done.err()).isZero();
        assertThat(done.out()).contains("s/epoch", "100 epochs", "best epoch").endsWith("report: " + page + "\n");
        assertThat(page).exists();
        assertThat(page.resolveSibling("both-runs.csv")).exists();
    }

    @Test
    void jsonHasTheReportAndTheRuns() throws Exception {
        Run done = Run.of("report", run.toString(), "--json");
        assertThat(done.json().get("report").asText())
                .isEqualTo(run.resolve("report.html").toString());
        assertThat(done.json().get("runs").get(0).get("bestEpoch").asInt()).isBetween(1, 2);
        assertThat(done.err()).isEmpty();
    }

    @Test
    void aRunThatIsNotThereIsAMistakeAndOneThatIsDamagedBadData() throws Exception {
        Run missing = Run.of("report", "nowhere");
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err()).contains("nowhere: no such run; name a folder that train wrote");
        assertThat(Run.of("report", "run").err())
                .isEqualTo("ttrnn: run: no such run; name a folder that train wrote\n");
        Path damaged = Files.createDirectories(folder.resolve("damaged"));
        Files.writeString(damaged.resolve("config.json"), "{");
        Run bad = Run.of("report", damaged.toString());
        assertThat(bad.exit()).isEqualTo(3);
        assertThat(bad.err()).contains(damaged.resolve("config.json") + ": json: ");
    }
}
