package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.io.EventFileTest;
import ttrnn.testing.TinyStore;

class WatchOptionsTest {
    @TempDir
    static Path folder;

    private static Path store;

    @BeforeAll
    static void write() throws Exception {
        store = TinyStore.write(folder.resolve("store"), 2, 3);
    }

    private static Run train(String out, String... options) {
        List<String> line = new ArrayList<>(List.of("train"));
        line.addAll(List.of(options));
        line.addAll(List.of(store.toString(), "--out", folder.resolve(out).toString()));
        line.addAll(List.of("--input-modes", "4,6,6", "--output-modes", "2,2,2", "--ranks", "2"));
        line.addAll(List.of("--epochs", "2", "--batch-size", "4"));
        return Run.of(line.toArray(String[]::new));
    }

    @Test
    void theAddressOfTheDashboardIsToldAndTheResultIsTheSame() throws Exception {
        Run plain = train("plain");
        Run watched = train("watched", "--dashboard", "--tensorboard");
        assertThat(watched.exit()).as(watched.err()).isZero();
        assertThat(watched.err()).containsPattern("dashboard: http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}/\n");
        assertThat(plain.err()).doesNotContain("dashboard");
        assertThat(folder.resolve("watched/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("plain/model.safetensors"));
    }

    @Test
    void theEventsForTensorBoardAreThoseOfTheRun() throws Exception {
        Run done = train("board", "--tensorboard", "--json");
        assertThat(done.exit()).as(done.err()).isZero();
        Path file;
        try (var files = Files.list(folder.resolve("board/tensorboard"))) {
            file = files.findFirst().orElseThrow();
        }
        assertThat(file.getFileName().toString()).matches("events\\.out\\.tfevents\\.\\d+\\.ttrnn");
        List<Map<Integer, Object>> events = EventFileTest.read(file);
        String metrics = Files.readAllLines(folder.resolve("board/metrics.csv")).get(2);
        boolean found = false;
        int steps = 0;
        for (Map<Integer, Object> event : events.subList(1, events.size())) {
            steps += EventFileTest.tag(event).equals("step/loss") ? 1 : 0;
            if (EventFileTest.tag(event).equals("train/loss") && event.get(2).equals(2L)) {
                assertThat(EventFileTest.value(event)).isEqualTo((float) Double.parseDouble(metrics.split(",")[2]));
                found = true;
            }
        }
        assertThat(found).isTrue();
        assertThat(steps).isEqualTo(2 * 2);
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        Run done = train("none", "--dashboard=70000");
        assertThat(done.exit()).isEqualTo(2);
        assertThat(done.err()).contains("--dashboard: must be a port from 0 to 65535, not 70000");
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
