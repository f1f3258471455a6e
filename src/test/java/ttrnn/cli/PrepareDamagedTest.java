package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.video.Damage;
import ttrnn.video.OwnClips;

class PrepareDamagedTest {
    @TempDir
    Path folder;

    @Test
    void everyDamagedClipHasAVerdictInTheStoreAndNothingIsPrinted() throws IOException {
        int clips = 24;
        String[] names = {"mpeg1.mpg", "mpeg1.ts", "mpeg4.avi", "mjpeg.avi"};
        for (int i = 0; i < clips; i++) {
            String name = names[i % names.length];
            byte[] damaged = Damage.of(Files.readAllBytes(OwnClips.file(name)), new Random(900 + i));
            Path clip = folder.resolve("src/c" + i % 2 + "/" + i + "-" + name);
            Files.createDirectories(clip.getParent());
            Files.write(clip, damaged);
        }
        Path store = folder.resolve("store");
        Run run = Run.of(
                "prepare",
                folder.resolve("src").toString(),
                "--out",
                store.toString(),
                "--size",
                "16x12",
                "--on-bad-clip",
                "keep-readable",
                "--json",
                "-q");
        assertThat(run.exit()).isZero();
        assertThat(run.err()).isEmpty();
        List<String> judged = new ArrayList<>();
        for (String line : Files.readAllLines(store.resolve("clips.jsonl"), StandardCharsets.UTF_8)) {
            JsonNode clip = Run.parse(line);
            assertThat(clip.path("decoder").path("whole").isInt()).as(line).isTrue();
            judged.add(clip.path("source").asText());
        }
        for (String line : Files.readAllLines(store.resolve("bad.jsonl"), StandardCharsets.UTF_8)) {
            JsonNode bad = Run.parse(line);
            assertThat(bad.path("reason").asText()).as(line).isNotBlank();
            if (bad.path("frames").asInt() == 0) {
                judged.add(bad.path("clip").asText());
            }
        }
        assertThat(judged).hasSize(clips).doesNotHaveDuplicates();
    }
}
