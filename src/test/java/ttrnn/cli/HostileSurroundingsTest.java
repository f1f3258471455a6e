package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.testing.TinyStore;

/** Names, folders and links that no one would choose: each command works with them, or says in one line why not. */
class HostileSurroundingsTest {
    @TempDir
    static Path folder;

    private static Path store;
    private static Path run;

    @BeforeAll
    static void trainUnderOddNames() throws Exception {
        store = TinyStore.write(folder.resolve("ein Spéicher – фильмы 映画 'x' \"y\" $z"), 2, 5);
        run = folder.resolve("-läuf; rm #1");
        Run done = train(run);
        assertThat(done.exit()).as(done.err()).isZero();
    }

    private static Run train(Path out, String... more) {
        List<String> line = new ArrayList<>(List.of("train", store.toString(), "--out", out.toString(), "-q"));
        line.addAll(List.of("--input-modes", "4,6,6", "--output-modes", "2,2,2", "--ranks", "2", "--epochs", "2"));
        line.addAll(List.of("--test-groups", "c", "--validation-groups", "d"));
        line.addAll(List.of(more));
        return Run.of(line.toArray(String[]::new));
    }

    private static void refused(Run done, int exit, String... words) {
        assertThat(done.exit()).as(done.err()).isEqualTo(exit);
        assertThat(done.err().strip()).contains(words).doesNotContain("\n").startsWith("ttrnn: ");
    }

    @Test
    void spacesQuotesAndOtherAlphabetsAreNamesLikeOthers() throws Exception {
        Run info = Run.of("info", run.toString(), "--json");
        assertThat(info.json().at("/model/run/store").asText()).isEqualTo(store.toString());
        assertThat(info.json().at("/model/run/split/test")).hasSize(4);
        assertThat(Run.of("info", run.toString()).out())
                .contains("train 8, validation 4, test 4", "with labels  sha256 ", "an epoch, estimated");
        assertThat(Run.of("evaluate", run.toString(), store.toString(), "--json")
                        .json()
                        .get("clips")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    void weightsGoOutAndComeBackTheSame() throws Exception {
        Path weights = folder.resolve("gewichte ü.npz");
        Run out = Run.of("export", run.toString(), "--out", weights.toString(), "--json");
        assertThat(out.json().get("arrays").asInt()).isEqualTo(7);
        String config = run.resolve("config.json").toString();
        Run own = Run.of("evaluate", run.toString(), store.toString(), "--json");
        Run bare = Run.of("evaluate", weights.toString(), store.toString(), "--config", config, "--json");
        assertThat(bare.out()).isEqualTo(own.out());
        Path model = folder.resolve("imported");
        String[] line = {
            "import", weights.toString(), "--from", "ttrnn", "--config", config, "--store", store.toString(), "--out"
        };
        String[] whole =
                Stream.concat(Stream.of(line), Stream.of(model.toString())).toArray(String[]::new);
        Run in = Run.of(whole);
        assertThat(in.exit()).as(in.err()).isZero();
        assertThat(model.resolve("model.safetensors")).hasSameBinaryContentAs(run.resolve("model.safetensors"));
        refused(Run.of(whole), 2, "model.safetensors exists; name another");
        refused(Run.of("export", run.toString(), "--out", weights.toString()), 2, "exists; name another, or remove it");
        refused(Run.of("export", run.toString(), "--out", "weights.txt"), 2, "must end with .npz");
        refused(
                Run.of("import", weights.toString(), "--from", "cafe", "--store", store.toString(), "--out", "x"),
                2,
                "--from: must be keras, pytorch or ttrnn, not \"cafe\"");
        refused(
                Run.of(
                        "import",
                        weights.toString(),
                        "--from",
                        "keras",
                        "--out",
                        folder.resolve("y").toString()),
                2,
                "--store: give either a store or --classes");
        refused(
                Run.of(
                        "import",
                        weights.toString(),
                        "--from",
                        "keras",
                        "--config",
                        config,
                        "--classes",
                        "a,b",
                        "--size",
                        "8x6",
                        "--out",
                        folder.resolve("y").toString()),
                3,
                "has 5 arrays, arr_0 … arr_4");
        refused(
                Run.of("evaluate", run.toString(), store.toString(), "--config", config),
                2,
                "--config: is for a file of weights");
        refused(
                Run.of("evaluate", weights.toString(), store.toString(), "--config", config, "--split", "some"),
                2,
                "--split");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() {
        Path proc = Path.of("/proc/self");
        assumeTrue(Files.isDirectory(proc)); // not even root can write there
        Run done = train(proc.resolve("run"));
        assertThat(done.exit()).as(done.err()).isBetween(1, 4);
        assertThat(done.err().strip()).contains("/proc/self/run").doesNotContain("\n");
    }

    @Test
    void linksThatGoInCirclesAreNotFollowed() throws Exception {
        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        Run done = train(loop);
        assertThat(done.exit()).as(done.err()).isBetween(1, 2);
        assertThat(done.err().strip()).contains(loop.toString()).doesNotContain("\n");
        Path clips = Files.createDirectories(folder.resolve("clips"));
        Files.createSymbolicLink(clips.resolve("again"), clips);
        Files.copy(store.resolve("frames/dark-a-0.npy"), clips.resolve("one.npy"));
        Run predicted = Run.of("predict", run.toString(), clips.toString(), "--json");
        assertThat(predicted.json().get("clips")).hasSize(1);
        Run prepared = Run.of(
                "prepare", clips.toString(), "--out", folder.resolve("other").toString(), "--layout", "folders");
        assertThat(prepared.exit()).as(prepared.err()).isBetween(1, 3);
        assertThat(prepared.err().strip().lines().count()).isEqualTo(1);
    }

    @Test
    void theNewestStatesAreKeptAsAsked() throws Exception {
        Path out = folder.resolve("five");
        assertThat(train(out, "--keep-checkpoints", "3", "--checkpoint-steps", "1", "--batch-size", "2")
                        .exit())
                .isZero();
        try (Stream<Path> files = Files.list(out.resolve("checkpoints"))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("step-")))
                    .hasSize(3);
        }
        refused(train(folder.resolve("none"), "--keep-checkpoints", "0"), 2, "--keep-checkpoints: must be at least 1");
    }
}
