package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.io.AtomicFile;
import ttrnn.io.Npy;

class PrepareTest {
    private static final PrepareSettings SMALL = settings(OnBadClip.SKIP);

    @TempDir
    Path folder;

    private final ScriptedClips opener = new ScriptedClips();
    private Path source;
    private Path store;

    @BeforeEach
    void folders() throws IOException {
        source = Files.createDirectory(folder.resolve("src"));
        store = folder.resolve("store");
    }

    private static PrepareSettings settings(OnBadClip onBadClip) {
        return new PrepareSettings(16, 12, 1, 0, 0, onBadClip);
    }

    private void clip(String name, String script) throws IOException {
        ScriptedClips.write(source, name, script);
    }

    private PrepareResult prepare(PrepareSettings settings) throws IOException {
        return prepare(settings, 2, PrepareListener.NONE);
    }

    private PrepareResult prepare(PrepareSettings settings, int threads, PrepareListener listener) throws IOException {
        return Prepare.run(Layouts.find(source, "auto"), store, settings, opener, threads, listener);
    }

    private Map<String, Long> content() throws IOException {
        Map<String, Long> content = new TreeMap<>();
        if (Files.exists(store)) {
            try (Stream<Path> walk = Files.walk(store)) {
                for (Path file : walk.filter(Files::isRegularFile).toList()) {
                    content.put(store.relativize(file).toString(), Files.size(file));
                }
            }
        }
        return content;
    }

    @Test
    void framesAndManifestAreStored() throws IOException {
        clip("right/b.mpg", "frames=3 rate=25");
        clip("left/a.mpg", "frames=5 rate=30");
        PrepareResult result = prepare(SMALL);
        assertThat(result.clips()).isEqualTo(2);
        assertThat(result.frames()).isEqualTo(8);
        assertThat(result.skipped()).isZero();
        assertThat(result.bad()).isEmpty();
        assertThat(result.bytes())
                .isEqualTo(
                        content().values().stream().mapToLong(Long::longValue).sum());
        assertThat(content().keySet())
                .containsExactly("clips.jsonl", "frames/left/a.npy", "frames/right/b.npy", "store.json");
        byte[] frames = Npy.readBytes(store.resolve("frames/left/a.npy"));
        assertThat(frames).hasSize(5 * 12 * 16 * 3);
        assertThat(Npy.readHeader(store.resolve("frames/left/a.npy")).dimensions())
                .containsExactly(5, 12, 16, 3);
        for (int t = 1; t < 5; t++) {
            assertThat(frames[t * 576] & 0xFF).isGreaterThan(frames[(t - 1) * 576] & 0xFF);
        }
        List<String> lines = Files.readAllLines(store.resolve("clips.jsonl"));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .matches(
                        "\\{\"id\":\"left/a\",\"label\":\"left\",\"group\":null,\"frames\":5,\"framesPerSecond\":30\\.0,"
                                + "\"width\":16,\"height\":12,\"source\":\"left/a\\.mpg\",\"sourceBytes\":16,"
                                + "\"sourceHash\":\"[0-9a-f]{16}\",\"sha256\":\"[0-9a-f]{64}\",\"decoder\":\\{"
                                + "\"container\":\"script\",\"codec\":\"none\",\"frames\":5,\"whole\":5,"
                                + "\"sliceErrors\":0,\"missingMacroblocks\":0,\"truncated\":false}}");
        assertThat(store.resolve("store.json"))
                .hasContent("{\n  \"format\" : 1,\n  \"settings\" : {\n    \"layout\" : \"folders\",\n"
                        + "    \"width\" : 16,\n    \"height\" : 12,\n    \"every\" : 1,\n"
                        + "    \"framesPerSecond\" : 0.0,\n    \"maxFrames\" : 0\n  }\n}\n");
    }

    @Test
    void theStoreIsTheSameWithAnyNumberOfThreads() throws IOException {
        for (int i = 0; i < 20; i++) {
            clip("c" + i % 3 + "/v" + i + ".mpg", "frames=" + (i + 1) + " rate=25");
        }
        prepare(SMALL, 1, PrepareListener.NONE);
        byte[] manifest = Files.readAllBytes(store.resolve("clips.jsonl"));
        store = folder.resolve("other");
        prepare(SMALL, 4, PrepareListener.NONE);
        assertThat(Files.readAllBytes(store.resolve("clips.jsonl"))).isEqualTo(manifest);
        assertThat(opener.open.get()).isZero();
    }

    @Test
    void noMoreClipsAreOpenThanThreads() throws IOException {
        for (int i = 0; i < 12; i++) {
            clip("c/v" + i + ".mpg", "frames=3 pause=2");
        }
        prepare(SMALL, 2, PrepareListener.NONE);
        assertThat(opener.mostOpen.get()).isEqualTo(2);
    }

    @Test
    void everyThenMaxFramesChooseTheFrames() throws IOException {
        clip("c/a.mpg", "frames=20 rate=24");
        PrepareResult result = prepare(new PrepareSettings(16, 12, 3, 0, 4, OnBadClip.SKIP));
        assertThat(result.frames()).isEqualTo(4);
        assertThat(Files.readString(store.resolve("clips.jsonl"))).contains("\"framesPerSecond\":8.0");
        store = folder.resolve("rate");
        assertThat(prepare(new PrepareSettings(16, 12, 1, 12, 0, OnBadClip.SKIP))
                        .frames())
                .isEqualTo(10);
    }

    @Test
    void badClipsAreNamedAndCountedAndDoNotStopTheRest() throws IOException {
        clip("c/good.mpg", "frames=4");
        clip("c/text.mpg", "hello");
        clip("c/empty.mpg", "");
        clip("c/none.mpg", "frames=0");
        clip("c/throws.mpg", "frames=9 throw=3");
        clip("c/unclean.mpg", "frames=9 unclean=3");
        clip("c/bug.mpg", "frames=9 bug=3");
        clip("d/only.mpg", "frames=0");
        List<String> heard = new ArrayList<>();
        PrepareResult result = prepare(SMALL, 2, new PrepareListener() {
            @Override
            public void badClip(BadClip bad) {
                heard.add(bad.clip());
            }
        });
        assertThat(result.clips()).isEqualTo(1);
        assertThat(result.bad())
                .containsExactly(
                        new BadClip("c/bug.mpg", "not decoded: java.lang.ArrayIndexOutOfBoundsException: 64", 0),
                        new BadClip("c/empty.mpg", "no clip: starts with \"\"", 0),
                        new BadClip("c/none.mpg", "has no frames", 0),
                        new BadClip("c/text.mpg", "no clip: starts with \"hello\"", 0),
                        new BadClip("c/throws.mpg", "broken at frame 3", 0),
                        new BadClip(
                                "c/unclean.mpg",
                                "is damaged after 3 whole frames: 2 slices not decoded, 0 macroblocks missing",
                                0),
                        new BadClip("d/only.mpg", "has no frames", 0));
        assertThat(heard).hasSize(7);
        assertThat(result.notes()).containsExactly("class d is not in the store: all its clips are bad");
        assertThat(content().keySet()).containsExactly("bad.jsonl", "clips.jsonl", "frames/c/good.npy", "store.json");
        assertThat(opener.open.get()).isZero();
    }

    @Test
    void readableFramesBeforeADamageAreKeptIfAsked() throws IOException {
        clip("c/good.mpg", "frames=4");
        clip("c/none.mpg", "frames=9 throw=0");
        clip("c/throws.mpg", "frames=9 throw=3");
        clip("c/unclean.mpg", "frames=9 unclean=2");
        PrepareResult result = prepare(settings(OnBadClip.KEEP_READABLE));
        assertThat(result.clips()).isEqualTo(3);
        assertThat(result.frames()).isEqualTo(4 + 3 + 2);
        assertThat(result.bad()).extracting(BadClip::frames).containsExactly(0, 3, 2);
        PrepareResult again = prepare(settings(OnBadClip.KEEP_READABLE));
        assertThat(again.bad()).isEqualTo(result.bad());
        assertThat(again.skipped()).isEqualTo(3);
        PrepareResult strict = prepare(SMALL);
        assertThat(strict.clips()).isEqualTo(1);
        assertThat(strict.bad()).extracting(BadClip::frames).containsExactly(0, 0, 0);
        assertThat(content().keySet()).containsExactly("bad.jsonl", "clips.jsonl", "frames/c/good.npy", "store.json");
    }

    @Test
    void aBadClipStopsThePreparationIfAskedAndWhatWasDoneIsKept() throws IOException {
        clip("c/a.mpg", "frames=4");
        clip("c/b.mpg", "frames=9 throw=3");
        assertThatThrownBy(() -> prepare(settings(OnBadClip.FAIL), 1, PrepareListener.NONE))
                .isInstanceOfSatisfying(
                        DatasetException.class, e -> assertThat(e.kind()).isEqualTo(DatasetException.Kind.DATA))
                .hasMessage(
                        "clip c/b.mpg: broken at frame 3; remove it, or choose --on-bad-clip skip or keep-readable");
        assertThat(store.resolve("clips.jsonl")).doesNotExist();
        assertThat(prepare(SMALL).skipped()).isEqualTo(1);
    }

    @Test
    void ifAllClipsAreBadNothingIsLeft() throws IOException {
        clip("c/a.mpg", "hello");
        assertThatThrownBy(() -> prepare(SMALL))
                .hasMessage(
                        "the only clip of " + source + " cannot be decoded, c/a.mpg: no clip: starts with \"hello\"");
        assertThat(store).doesNotExist();
        clip("c/b.mpg", "hello");
        Files.createDirectory(store);
        assertThatThrownBy(() -> prepare(SMALL)).hasMessageStartingWith("all 2 clips of ");
        assertThat(store).isEmptyDirectory();
    }

    @Test
    void aSecondRunDoesOnlyWhatIsMissing() throws IOException {
        clip("c/a.mpg", "frames=4");
        clip("c/b.mpg", "frames=5");
        clip("c/c.mpg", "frames=6");
        prepare(SMALL);
        byte[] manifest = Files.readAllBytes(store.resolve("clips.jsonl"));
        Files.delete(store.resolve("frames/c/a.npy"));
        Files.write(store.resolve("frames/c/b.npy"), new byte[200]);
        opener.opened.set(0);
        PrepareResult again = prepare(SMALL);
        assertThat(opener.opened.get()).isEqualTo(2);
        assertThat(again.skipped()).isEqualTo(1);
        assertThat(again.clips()).isEqualTo(3);
        assertThat(Files.readAllBytes(store.resolve("clips.jsonl"))).isEqualTo(manifest);
        clip("c/c.mpg", "frames=7 rate=30");
        clip("c/d.mpg", "frames=1");
        PrepareResult changed = prepare(SMALL);
        assertThat(changed.skipped()).isEqualTo(2);
        assertThat(changed.frames()).isEqualTo(4 + 5 + 7 + 1);
    }

    @Test
    void anInterruptedRunGoesOnWhereItWas() throws IOException {
        for (int i = 0; i < 6; i++) {
            clip("c/v" + i + ".mpg", "frames=4");
        }
        RuntimeException stop = new IllegalStateException("stopped by the test");
        assertThatThrownBy(() -> prepare(SMALL, 1, new PrepareListener() {
                    @Override
                    public void clipDone(int done, int total, long frames) {
                        if (done == 3) {
                            throw stop;
                        }
                    }
                }))
                .isSameAs(stop);
        assertThat(store.resolve("clips.jsonl")).doesNotExist();
        Path journal = store.resolve(".prepare/clips.jsonl");
        assertThat(Files.readAllLines(journal)).hasSize(3);
        // As a kill in the middle of writing would leave it: a torn line, half a clip, frames that are gone.
        Files.writeString(journal, Files.readString(journal) + "{\"id\":\"c/v3\",\"lab");
        Path temporary = AtomicFile.temporaryOf(store.resolve("frames/c/v3.npy"));
        Files.write(temporary, new byte[99]);
        Files.delete(store.resolve("frames/c/v0.npy"));
        PrepareResult result = prepare(SMALL);
        assertThat(result.skipped()).isEqualTo(2);
        assertThat(result.clips()).isEqualTo(6);
        assertThat(content().keySet()).hasSize(8).allMatch(name -> !name.contains("tmp"));
        assertThat(store.resolve(".prepare")).doesNotExist();
    }

    @Test
    void otherSettingsOrClipsAreRefusedAndChangeNothing() throws IOException {
        clip("c/a.mpg", "frames=4");
        prepare(SMALL);
        Map<String, Long> before = content();
        assertThatThrownBy(() -> prepare(new PrepareSettings(16, 12, 2, 0, 0, OnBadClip.SKIP)))
                .hasMessage("store " + store
                        + " was prepared with every 1, now 2 is asked for: choose another --out, or remove the store");
        assertThatThrownBy(() -> prepare(new PrepareSettings(16, 12, 1, 5, 0, OnBadClip.SKIP)))
                .hasMessageContaining("with framesPerSecond 0.0, now 5.0");
        Files.delete(source.resolve("c/a.mpg"));
        clip("c/b.mpg", "frames=4");
        assertThatThrownBy(() -> prepare(SMALL))
                .hasMessage("store " + store + " holds 1 clips that " + source
                        + " does not have, such as c/a: choose another --out, or remove the store");
        assertThat(content()).isEqualTo(before);
        assertThat(store.resolve(".prepare")).doesNotExist();
        Files.writeString(store.resolve("store.json"), "{\"format\": 2, \"settings\": {}}");
        assertThatThrownBy(() -> prepare(SMALL))
                .hasMessage(
                        "store " + store + " has format 2, this version reads up to 1: use a newer version of ttrnn");
    }

    @Test
    void aFolderOfOtherThingsIsNotMadeAStore() throws IOException {
        clip("c/a.mpg", "frames=4");
        Files.createDirectory(store);
        Files.writeString(store.resolve("thesis.txt"), "x");
        assertThatThrownBy(() -> prepare(SMALL))
                .hasMessage(store + " is neither empty nor a store: choose another --out");
        store = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> prepare(SMALL)).hasMessage(store + " is a file: name a folder for the store");
        store = source.resolve("store");
        assertThatThrownBy(() -> prepare(SMALL)).hasMessageContaining("would lie among the clips of " + source);
        assertThat(store).doesNotExist();
    }

    @Test
    void twoPreparationsOfOneStoreAreRefused() throws IOException {
        clip("c/a.mpg", "frames=4");
        List<Throwable> second = new ArrayList<>();
        prepare(SMALL, 1, new PrepareListener() {
            @Override
            public void clipDone(int done, int total, long frames) {
                assertThatThrownBy(() -> prepare(SMALL)).satisfies(second::add);
            }
        });
        assertThat(second.get(0))
                .hasMessage("another prepare is filling " + store + ": wait for it, or use another --out");
        assertThat(ClipStore.open(store).clips()).hasSize(1);
    }

    @Test
    void aRateNeedsAClipThatSaysItsOwn() throws IOException {
        clip("c/a.mpg", "frames=4 rate=0");
        clip("c/b.mpg", "frames=4 rate=10");
        PrepareResult result = prepare(new PrepareSettings(16, 12, 1, 5, 0, OnBadClip.SKIP));
        assertThat(result.bad())
                .containsExactly(new BadClip(
                        "c/a.mpg", "does not say its frames a second, so fps cannot be kept: use every instead", 0));
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new PrepareSettings(0, 12, 1, 0, 0, OnBadClip.SKIP))
                .hasMessage("size 0x12: both sides must be from 1 to 4096 pixels");
        assertThatThrownBy(() -> new PrepareSettings(16, 12, 0, 0, 0, OnBadClip.SKIP))
                .hasMessageStartingWith("every 0");
        assertThatThrownBy(() -> new PrepareSettings(16, 12, 1, Double.NaN, 0, OnBadClip.SKIP))
                .hasMessageStartingWith("fps NaN");
        assertThatThrownBy(() -> new PrepareSettings(16, 12, 2, 5, 0, OnBadClip.SKIP))
                .hasMessage("every and fps: both choose frames, give one of them");
        assertThatThrownBy(() -> new PrepareSettings(16, 12, 1, 0, -1, OnBadClip.SKIP))
                .hasMessageStartingWith("max-frames -1");
    }
}
