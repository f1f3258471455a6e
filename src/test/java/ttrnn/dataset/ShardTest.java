package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.io.AtomicFile;

class ShardTest {
    private static final PrepareSettings SMALL = new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.SKIP);

    @TempDir
    Path folder;

    private final ScriptedClips opener = new ScriptedClips();
    private Path source;

    @BeforeEach
    void twelveClipsOneOfThemBad() throws IOException {
        source = folder.resolve("src");
        for (int i = 0; i < 12; i++) {
            ScriptedClips.write(source, "c" + i % 2 + "/v" + i + ".mpg", "frames=" + (i + 1));
        }
        ScriptedClips.write(source, "c0/bad.mpg", "hello");
    }

    private PrepareResult prepare(String store, Shard shard) throws IOException {
        return Prepare.run(
                Layouts.find(source, "auto"),
                folder.resolve(store),
                SMALL,
                opener,
                new Prepare.Means(2, shard, Long.MAX_VALUE),
                PrepareListener.NONE);
    }

    private Map<String, String> content(String store) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder.resolve(store))) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                content.put(
                        folder.resolve(store).relativize(file).toString(),
                        new String(Files.readAllBytes(file), "ISO-8859-1"));
            }
        }
        return content;
    }

    @Test
    void shardsShareTheClipsAndTheLastOneCompletesTheStore() throws IOException {
        prepare("whole", Shard.ALL);
        Map<String, String> whole = content("whole");
        int clips = 0;
        for (int i : new int[] {2, 3, 1}) {
            PrepareResult result = prepare("parts", new Shard(i, 3));
            clips += i == 1 ? 0 : result.clips();
            if (i == 1) {
                assertThat(result.open()).isEmpty();
                assertThat(result.clips()).isEqualTo(12);
                assertThat(result.notes()).isEmpty();
            } else {
                assertThat(result.open()).contains(new Shard(1, 3));
                assertThatThrownBy(() -> ClipStore.open(folder.resolve("parts")))
                        .hasMessageContaining("is not complete");
            }
        }
        assertThat(clips).isBetween(1, 11);
        Map<String, String> parts = content("parts");
        assertThat(parts).containsAllEntriesOf(whole);
        assertThat(parts.keySet())
                .contains("clips.1-of-3.jsonl", "clips.2-of-3.jsonl", "clips.3-of-3.jsonl")
                .noneMatch(name -> name.contains(".prepare"));
        assertThat(parts.get("bad.jsonl")).contains("c0/bad.mpg");

        opener.opened.set(0);
        assertThat(prepare("parts", new Shard(2, 3)).open()).isEmpty();
        assertThat(opener.opened.get()).isLessThanOrEqualTo(1);
        assertThat(content("parts")).isEqualTo(parts);
        prepare("parts", Shard.ALL);
        assertThat(content("parts")).isEqualTo(whole);
    }

    @Test
    void aShardLeavesTheUnfinishedFilesOfOthersAlone() throws IOException {
        Shard first = new Shard(1, 2);
        prepare("parts", first);
        String id = "";
        for (int i = 0; i < 12; i++) {
            id = first.has("c" + i % 2 + "/v" + i) ? id : "c" + i % 2 + "/v" + i;
        }
        Path frames = folder.resolve("parts/frames/" + id + ".npy");
        Files.createDirectories(frames.getParent());
        Path others = Files.write(AtomicFile.temporaryOf(frames), new byte[9]);
        prepare("parts", first);
        assertThat(others).exists();
        prepare("parts", new Shard(2, 2));
        assertThat(others).doesNotExist();
    }

    @Test
    void aChangedClipReopensTheStore() throws IOException {
        prepare("parts", new Shard(1, 2));
        prepare("parts", new Shard(2, 2));
        Shard owner = new Shard(1, 2).has("c1/v3") ? new Shard(1, 2) : new Shard(2, 2);
        ScriptedClips.write(source, "c1/v3.mpg", "frames=9 rate=10");
        assertThat(prepare("parts", owner).open()).isEmpty();
        ClipRecord changed = ClipStore.open(folder.resolve("parts")).clip("c1/v3");
        assertThat(changed).isNotNull();
        assertThat(changed.frames()).isEqualTo(9);
    }

    @Test
    void eachIdIsInOneShardAndTheNameSaysWhich() {
        int[] counts = new int[5];
        for (int i = 0; i < 1000; i++) {
            int owners = 0;
            for (int s = 1; s <= 5; s++) {
                if (new Shard(s, 5).has("clip" + i)) {
                    owners++;
                    counts[s - 1]++;
                }
            }
            assertThat(owners).isEqualTo(1);
        }
        assertThat(Arrays.stream(counts).boxed()).allMatch(n -> n > 150 && n < 250);
        assertThat(Shard.of("2/5")).isEqualTo(new Shard(2, 5)).hasToString("2/5");
        assertThatThrownBy(() -> Shard.of("0/5")).hasMessage("shard 0/5: the first is 1/5, the last 5/5");
        assertThatThrownBy(() -> Shard.of("5")).hasMessage("shard 5: must be I/N, such as 1/4");
    }
}
