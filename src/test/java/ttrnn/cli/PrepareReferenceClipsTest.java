package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;
import ttrnn.io.Npy;
import ttrnn.testing.ReferenceData;

/** The commands on real clips, whose stored frames are known. */
class PrepareReferenceClipsTest {
    @TempDir
    Path folder;

    private JsonNode prepare(String data, String layout) throws IOException {
        Run run = Run.of(
                "prepare",
                ReferenceData.file("data/" + data).toString(),
                "--layout",
                layout,
                "--out",
                folder.resolve("store").toString(),
                "--json");
        assertThat(run.exit()).as(run.err()).isZero();
        return run.json();
    }

    private void framesAreThoseOf(String data) throws IOException {
        JsonNode exact = ReferenceData.json("fixtures/decode/exact.json");
        ClipStore store = ClipStore.open(folder.resolve("store"));
        for (ClipRecord clip : store.clips()) {
            JsonNode expected = exact.path(data + "/" + clip.source()).path("rgb160x120_crc32");
            assertThat(expected.size()).as(clip.id()).isEqualTo(clip.frames());
            byte[] frames = Npy.readBytes(folder.resolve("store/frames/" + clip.id() + ".npy"));
            for (int t = 0; t < clip.frames(); t++) {
                CRC32 crc = new CRC32();
                crc.update(frames, t * clip.frameSize(), clip.frameSize());
                assertThat(crc.getValue())
                        .as("%s, frame %d", clip.id(), t)
                        .isEqualTo(expected.get(t).asLong());
            }
        }
    }

    @Test
    void theClipOfUcf11() throws IOException {
        JsonNode json = prepare("ucf11", "ucf11");
        assertThat(json.path("clips").asInt()).isEqualTo(1);
        assertThat(json.path("frames").asInt()).isEqualTo(151);
        assertThat(json.path("bad")).isEmpty();
        framesAreThoseOf("ucf11");
        JsonNode stats =
                Run.of("stats", folder.resolve("store").toString(), "--json").json();
        assertThat(stats.path("classes").toString()).isEqualTo("{\"biking\":1}");
        assertThat(stats.path("groups").toString()).isEqualTo("{\"01\":1}");
    }

    @Test
    void theClipsOfGridAndAnInterruptedRun() throws IOException {
        assertThat(prepare("grid", "folders").path("clips").asInt()).isEqualTo(16);
        framesAreThoseOf("grid");
        JsonNode again = prepare("grid", "folders");
        assertThat(again.path("clips").asInt()).isEqualTo(16);
        assertThat(again.path("skipped").asInt()).isEqualTo(16);

        // As a killed run leaves it: some clips through and noted, one half-written, no list of all.
        Path store = folder.resolve("store");
        String all = Files.readString(store.resolve("clips.jsonl"));
        String[] lines = all.split("\n", -1);
        Files.createDirectories(store.resolve(".prepare"));
        Files.writeString(store.resolve(".prepare/clips.jsonl"), lines[0] + "\n" + lines[1] + "\n" + "{\"id\":\"pla");
        Files.delete(store.resolve("clips.jsonl"));
        Set<String> left = new TreeSet<>();
        for (int i = 2; i < 16; i++) {
            String id = lines[i].replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
            Files.delete(store.resolve("frames/" + id + ".npy"));
            left.add(id);
        }
        assertThat(left).hasSize(14);
        Files.write(store.resolve("frames/bin/.unfinished.npy.tmp"), new byte[100]);
        JsonNode resumed = prepare("grid", "folders");
        assertThat(resumed.path("skipped").asInt()).isEqualTo(2);
        assertThat(Files.readString(store.resolve("clips.jsonl"))).isEqualTo(all);
        assertThat(store.resolve("frames/bin/.unfinished.npy.tmp")).doesNotExist();
        framesAreThoseOf("grid");
    }

    @Test
    void theClipsOfWeizmann() throws IOException {
        JsonNode json = prepare("weizmann", "auto");
        assertThat(json.path("clips").asInt()).isEqualTo(60);
        assertThat(json.path("bad")).isEmpty();
        JsonNode stats =
                Run.of("stats", folder.resolve("store").toString(), "--json").json();
        assertThat(stats.path("clips").asInt()).isEqualTo(60);
        assertThat(stats.path("frames").asLong()).isEqualTo(json.path("frames").asLong());
        assertThat(stats.path("classes")).hasSize(10).allMatch(clips -> clips.asInt() == 6);
        assertThat(stats.path("groups")).hasSize(6).allMatch(clips -> clips.asInt() == 10);
    }
}
