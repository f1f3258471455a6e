package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose clips are decoded by others, some of them twice, some by attempts that are never heard of again. */
class ClipAttemptTest {
    private static final PrepareSettings SMALL = new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.KEEP_READABLE);

    @TempDir
    Path folder;

    private Path source;
    private int attempts;

    @BeforeEach
    void sixClipsTwoOfThemBad() throws IOException {
        source = folder.resolve("src");
        for (int i = 0; i < 4; i++) {
            ScriptedClips.write(source, "c" + i % 2 + "/v" + i + ".mpg", "frames=" + (i + 1));
        }
        ScriptedClips.write(source, "c0/torn.mpg", "frames=9 throw=5");
        ScriptedClips.write(source, "c1/none.mpg", "hello");
    }

    private PrepareResult prepare(String store, ClipDecoding workers) throws IOException {
        return Prepare.run(
                Layouts.find(source, "auto"),
                folder.resolve(store),
                SMALL,
                new ScriptedClips(),
                Long.MAX_VALUE,
                workers,
                PrepareListener.NONE);
    }

    private PreparedClip attempt(ClipEntry clip, Path store) throws IOException {
        PreparedClip done = ClipAttempt.prepare(clip, store, SMALL, new ScriptedClips(), "attempt-" + attempts++);
        PreparedClip sent = PreparedClip.of(done.toLine());
        assertThat(sent).isEqualTo(done);
        return sent;
    }

    private Map<String, String> content(String store) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder.resolve(store))) {
            for (Path file : walk.toList()) {
                content.put(
                        folder.resolve(store).relativize(file).toString(),
                        Files.isDirectory(file) ? "" : new String(Files.readAllBytes(file), "ISO-8859-1"));
            }
        }
        return content;
    }

    private Map<String, String> expected() throws IOException {
        Prepare.run(
                Layouts.find(source, "auto"),
                folder.resolve("here"),
                SMALL,
                new ScriptedClips(),
                1,
                PrepareListener.NONE);
        return content("here");
    }

    @Test
    void twinsAndLostAttemptsLeaveTheStoreThatOneMachineMakes() throws IOException {
        PrepareResult result = prepare("there", (clips, store, settings, sink) -> {
            Files.createDirectories(store.resolve(".prepare/attempts/lost/frames"));
            Files.writeString(store.resolve(".prepare/attempts/lost/frames/.v1.npy.tmp"), "half a cl");
            for (int i = clips.size() - 1; i >= 0; i--) {
                attempt(clips.get(i), store);
                sink.take(attempt(clips.get(i), store));
            }
        });
        assertThat(content("there")).isEqualTo(expected());
        assertThat(result.clips()).isEqualTo(5);
        assertThat(result.bad()).extracting(BadClip::clip).containsExactly("c0/torn.mpg", "c1/none.mpg");
    }

    @Test
    void aPreparationThatWasBrokenOffGoesOnWithWhatIsMissing() throws IOException {
        assertThatThrownBy(() -> prepare("there", (clips, store, settings, sink) -> {
                    sink.take(attempt(clips.get(0), store));
                    throw new IOException("the cluster is gone");
                }))
                .hasMessage("the cluster is gone");
        int[] missing = new int[1];
        PrepareResult result = prepare("there", (clips, store, settings, sink) -> {
            missing[0] = clips.size();
            for (ClipEntry clip : clips) {
                sink.take(attempt(clip, store));
            }
        });
        assertThat(missing[0]).isEqualTo(5);
        assertThat(result.skipped()).isEqualTo(1);
        assertThat(content("there")).isEqualTo(expected());
    }

    @Test
    void aPreparationThatFailsBeforeTheFirstClipLeavesNothing() {
        assertThatThrownBy(() -> prepare("there", (clips, store, settings, sink) -> {
                    throw new IOException("no cluster");
                }))
                .hasMessage("no cluster");
        assertThat(folder.resolve("there")).doesNotExist();
    }

    @Test
    void anAttemptThatComesTooLateTouchesNothing() throws IOException {
        List<ClipEntry> clips = Layouts.find(source, "auto").clips();
        prepare("there", (all, store, settings, sink) -> {
            for (ClipEntry clip : all) {
                sink.take(attempt(clip, store));
            }
        });
        Map<String, String> before = content("there");
        assertThatThrownBy(() -> attempt(clips.get(0), folder.resolve("there")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(content("there")).isEqualTo(before);
    }

    @Test
    void anAttemptThatIsCancelledKeepsNothing() throws IOException {
        prepare("there", (clips, store, settings, sink) -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> attempt(clips.get(0), store)).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(store.resolve("frames")).doesNotExist();
            for (ClipEntry clip : clips) {
                sink.take(attempt(clip, store));
            }
        });
        assertThat(content("there")).isEqualTo(expected());
    }
}
