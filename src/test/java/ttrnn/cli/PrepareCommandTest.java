package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;

class PrepareCommandTest {
    @TempDir
    Path folder;

    private Path source;
    private Path store;

    @BeforeEach
    void threeClipsOfTwoClasses() throws IOException {
        source = folder.resolve("src");
        store = folder.resolve("store");
        GreyClip.write(source.resolve("jump/a.mpg"), 10);
        GreyClip.write(source.resolve("jump/b.mpg"), 25);
        GreyClip.write(source.resolve("walk/a.mpg"), 1);
    }

    private Run prepare(String... options) {
        List<String> line = new ArrayList<>(List.of("prepare", source.toString(), "--out", store.toString()));
        line.addAll(List.of(options));
        return Run.of(line.toArray(new String[0]));
    }

    @Test
    void theResultIsAShortTable() {
        Run run = prepare();
        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("""
                        store      %s
                        clips      3
                        frames     36 of 160x120 pixels
                        on disk    1.98 MB
                        bad clips  0
                        """.formatted(store));
        assertThat(run.err()).isEqualTo("layout folders, since 3 of 3 clips are named class/clip\n");
    }

    @Test
    void theJsonHasTheFieldsThatScriptsRelyOn() throws IOException {
        JsonNode json = prepare("--json", "--size", "32x32").json();
        assertThat(json.path("clips").asInt()).isEqualTo(3);
        assertThat(json.path("frames").asInt()).isEqualTo(36);
        assertThat(json.path("bytes").asLong()).isEqualTo(folderSize(store)).isGreaterThan(36 * 32 * 32 * 3);
        assertThat(json.path("skipped").asInt()).isZero();
        assertThat(json.path("bad").isArray()).isTrue();
        assertThat(json.path("bad")).isEmpty();
    }

    @Test
    void framesAreThoseOfTheClip() {
        assertThat(prepare("--size", "32X32").exit()).isZero();
        ClipStore opened = ClipStore.open(store);
        ClipRecord clip = opened.clip("jump/b");
        assertThat(clip).isNotNull();
        byte[] frame = new byte[opened.frameSize()];
        opened.frames(clip).read(20, 1, frame, 0);
        assertThat(frame).containsOnly(frame[0]);
        double level = (129 + 20 - 16) * 255.0 / 219; // luma goes from 16 to 235
        assertThat((double) (frame[0] & 0xff)).isCloseTo(level, within(1.0));
    }

    @Test
    void onlyAutoTellsWhichLayoutItFound() {
        assertThat(prepare("--layout", "folders").err()).isEmpty();
        assertThat(prepare("-q", "--layout", "auto").err()).isEmpty();
        assertThat(prepare("-v", "--layout", "Folders").err()).contains("layout folders, as asked for");
    }

    @Test
    void fewerFramesByNumberByTimeAndAtMost() throws IOException {
        assertThat(prepare("--every", "10", "--json").json().path("frames").asInt())
                .isEqualTo(1 + 3 + 1);
        store = folder.resolve("by-time");
        assertThat(prepare("--fps", "5", "--json").json().path("frames").asInt())
                .isEqualTo(2 + 5 + 1);
        store = folder.resolve("at-most");
        assertThat(prepare("--max-frames", "12", "--json").json().path("frames").asInt())
                .isEqualTo(10 + 12 + 1);
    }

    @Test
    void runAgainItDoesOnlyWhatIsMissing() throws IOException {
        prepare();
        String whole = Files.readString(store.resolve("clips.jsonl"));
        assertThat(prepare("--json").json().path("skipped").asInt()).isEqualTo(3);
        assertThat(prepare().out()).contains("clips      3 (3 there already)\n");

        Files.delete(store.resolve("frames/jump/b.npy"));
        JsonNode json = prepare("--json").json();
        assertThat(json.path("skipped").asInt()).isEqualTo(2);
        assertThat(json.path("frames").asInt()).isEqualTo(36);
        assertThat(Files.readString(store.resolve("clips.jsonl"))).isEqualTo(whole);

        GreyClip.write(source.resolve("walk/new.mpg"), 4);
        assertThat(prepare("--json").json().path("skipped").asInt()).isEqualTo(3);
        assertThat(ClipStore.open(store).clips()).hasSize(4);
    }

    @Test
    void aTextFileAmongClipsIsNamedAndCounted() throws IOException {
        Files.writeString(source.resolve("walk/text.mpg"), "no video at all, just some words\n");
        Run run = prepare();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("clips      3\n", "bad clips  1\n  walk/text.mpg: this is no video clip")
                .endsWith(".mpg\n");
        store = folder.resolve("second");
        JsonNode json = prepare("--json", "-q").json();
        assertThat(json.path("clips").asInt()).isEqualTo(3);
        assertThat(json.path("bad")).hasSize(1);
        JsonNode bad = json.path("bad").get(0);
        assertThat(bad.path("clip").asText()).isEqualTo("walk/text.mpg");
        assertThat(bad.path("reason").asText()).startsWith("this is no video clip this program knows");
        assertThat(bad.path("frames").asInt(-1)).isZero();
    }

    @Test
    void aBadClipCanStopThePreparation() throws IOException {
        Files.write(source.resolve("walk/empty.mpg"), new byte[0]);
        Run run = prepare("--on-bad-clip", "fail");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .endsWith("ttrnn: clip walk/empty.mpg: the file is empty; copy it again; remove it, or choose "
                        + "--on-bad-clip skip or keep-readable\n");
        assertThat(store.resolve("clips.jsonl")).doesNotExist();
        assertThat(temporaries()).isEmpty();
        assertThat(Run.of("stats", store.toString()).exit()).isIn(2, 3);

        Files.delete(source.resolve("walk/empty.mpg"));
        assertThat(prepare("--on-bad-clip", "fail").exit()).isZero();
        assertThat(ClipStore.open(store).clips()).hasSize(3);
    }

    @Test
    void ofATruncatedClipTheFramesBeforeTheCutCanBeKept() throws IOException {
        GreyClip.cut(GreyClip.write(source.resolve("jump/cut.mpg"), 25), 11);
        Run run = prepare();
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("clips      3\n", "bad clips  1\n  jump/cut.mpg: is cut short after 11 whole frames\n");

        JsonNode kept = prepare("--on-bad-clip", "keep-readable", "--json").json();
        assertThat(kept.path("clips").asInt()).isEqualTo(4);
        assertThat(kept.path("skipped").asInt()).isEqualTo(3);
        assertThat(kept.path("bad").get(0).path("frames").asInt()).isEqualTo(11);
        assertThat(prepare("--on-bad-clip", "keep-readable").out())
                .contains("clips      4 (4 there already)\n", "bad clips  1\n  jump/cut.mpg: is cut short")
                .endsWith(" frames kept\n");
    }

    @Test
    void ifAllClipsAreBadThereIsNoStore() throws IOException {
        for (String clip : List.of("jump/a.mpg", "jump/b.mpg", "walk/a.mpg")) {
            Files.write(source.resolve(clip), new byte[0]);
        }
        Run run = prepare("-q");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("ttrnn: all 3 clips of " + source
                        + " cannot be decoded, jump/a.mpg: the file is empty; copy it again\n");
        assertThat(store).doesNotExist();
    }

    @Test
    void aClassThatLosesAllItsClipsIsAWarning() throws IOException {
        Files.write(source.resolve("walk/a.mpg"), new byte[0]);
        Run run = prepare("-q");
        assertThat(run.exit()).isZero();
        assertThat(run.err())
                .isEqualTo("warning: class walk is not in the store: all its clips are bad; replace them and run "
                        + "prepare again\n");
    }

    private List<Path> temporaries() throws IOException {
        if (!Files.exists(store)) {
            return List.of();
        }
        try (var files = Files.walk(store)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        }
    }

    private static long folderSize(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
