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

    /** Numbers of the frames that are stored of a clip of 25, told from how bright they are. */
    private List<Integer> storedOfB(String options) {
        store = folder.resolve("store" + options.hashCode());
        assertThat(prepare(("--size 32x32 " + options).split(" ", -1)).exit()).isZero();
        ClipStore opened = ClipStore.open(store);
        ClipRecord clip = opened.clip("jump/b");
        assertThat(clip).isNotNull();
        byte[] frames = new byte[clip.frames() * clip.frameSize()];
        opened.frames(clip).read(0, clip.frames(), frames, 0);
        List<Integer> numbers = new ArrayList<>();
        for (int at = 0; at < frames.length; at += clip.frameSize()) {
            // Luma is 129 + t, and the conversion to RGB rounds down.
            double luma = ((frames[at] & 0xff) * 65536.0 / 9539 + 128) / 8;
            numbers.add((int) Math.ceil(luma) - 129);
        }
        return numbers;
    }

    @Test
    void eachChoiceOfFramesHasItsOption() {
        assertThat(storedOfB("--every 6")).containsExactly(0, 6, 12, 18, 24);
        assertThat(storedOfB("--fps 5")).containsExactly(0, 5, 10, 15, 20);
        assertThat(storedOfB("--fps 12.5 --blend --max-frames 4")).containsExactly(0, 2, 4, 6);
        assertThat(storedOfB("--uniform 5")).containsExactly(2, 7, 12, 17, 22);
        assertThat(storedOfB("--max-frames 3 --window end")).containsExactly(22, 23, 24);
        assertThat(storedOfB("--max-frames 3 --window middle")).containsExactly(11, 12, 13);
        assertThat(storedOfB("--every 5 --max-frames 12")).containsExactly(0, 5, 10, 15, 20);
        assertThat(storedOfB("--every 5 --max-frames 12 --max-frames-of clip")).containsExactly(0, 5, 10);
        List<Integer> random = storedOfB("--max-frames 3 --window random --window-seed 4");
        assertThat(random).hasSize(3).isSorted();
        assertThat(random.get(2) - random.get(0)).isEqualTo(2);
        assertThat(Run.of("prepare", "--help").out())
                .contains("--every=N", "--fps=F", "--blend", "--uniform=N", "--window=WHERE", "--max-frames-of=WHAT")
                .contains("--fit=HOW", "--window-seed=N", "--shard=I/N", "--lists=DIR", "--list=N");
    }

    @Test
    void picturesOfAnotherShapeAreStretchedFramedOrCut() {
        int[] dark = new int[3];
        String[] fits = {"stretch", "letterbox", "crop"};
        for (int i = 0; i < 3; i++) {
            store = folder.resolve(fits[i]);
            assertThat(prepare("--size", "64x32", "--fit", fits[i]).exit()).isZero();
            ClipStore opened = ClipStore.open(store);
            byte[] frame = new byte[opened.frameSize()];
            ClipRecord clip = opened.clip("walk/a");
            assertThat(clip).isNotNull();
            opened.frames(clip).read(0, 1, frame, 0);
            for (byte value : frame) {
                dark[i] += value == 0 ? 1 : 0;
            }
        }
        assertThat(dark).containsExactly(0, 32 * 32 * 3, 0);
    }

    @Test
    void tooLittleDiskEndsItBeforeItBegins() throws IOException {
        GreyClip.write(source.resolve("jump/long.mpg"), 1000);
        for (int i = 0; i < 120; i++) {
            Files.copy(source.resolve("jump/long.mpg"), source.resolve("jump/long" + i + ".mpg"));
        }
        Run run = prepare("--size", "4096x4096", "-q");
        assertThat(run.exit()).isEqualTo(4);
        assertThat(run.err())
                .matches(
                        "ttrnn: store .* needs about \\d+\\.\\d [MG]B of disk for 124 clips, \\d+\\.\\d [MG]B are free: make room,"
                                + " name another --out, or store less \\(--every, --max-frames, --size\\)\n");
        assertThat(store).doesNotExist();
    }

    @Test
    void twoShardsMakeOneStore() throws IOException {
        Run first = prepare("--shard", "1/2", "--size", "32x32");
        assertThat(first.err()).endsWith("shard 1/2 is done; the store is complete when 2/2 is too\n");
        assertThat(Run.of("stats", store.toString()).exit()).isEqualTo(3);
        assertThat(prepare("--shard", "2/2", "--size", "32x32", "--json")
                        .json()
                        .path("clips")
                        .asInt())
                .isEqualTo(3);
        assertThat(ClipStore.open(store).clips()).hasSize(3);
    }

    @Test
    void aListOfClipsWithSeveralLabelsIsPreparedAndTrainSaysThatItTakesOne() throws IOException {
        Path list = Files.writeString(
                source.resolve("some.csv"), "path,label,split\njump/a.mpg,jump|up,train\nwalk/a.mpg,walk,test\n");
        Run run = Run.of("prepare", list.toString(), "--out", store.toString(), "--size", "8x6");
        assertThat(run.err()).isEqualTo("layout csv, since " + list + " lists 2 clips\n");
        JsonNode stats = Run.of("stats", store.toString(), "--json").json();
        assertThat(stats.path("classes").toString()).isEqualTo("{\"jump\":1,\"up\":1,\"walk\":1}");
        assertThat(stats.path("parts").toString()).isEqualTo("{\"test\":1,\"train\":1}");
        Run train = Run.of(
                "train",
                store.toString(),
                "--out",
                folder.resolve("run").toString(),
                "--input-modes",
                "4,6,6",
                "--output-modes",
                "2,2,2",
                "--ranks",
                "2");
        assertThat(train.exit()).isEqualTo(2);
        assertThat(train.err())
                .contains(
                        "clip jump/a has several classes, jump, up, and this training takes one a clip;"
                                + " say labels several (--labels several), or prepare a list of the clips (.csv) with one label each\n");
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
