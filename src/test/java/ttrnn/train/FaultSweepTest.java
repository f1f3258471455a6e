package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.DatasetException;
import ttrnn.io.Json;
import ttrnn.testing.FaultyFiles;
import ttrnn.testing.TinyStore;

/**
 * The n-th operation on files fails, for rising n until a training passes untouched. Whatever fails, no file of the run
 * is damaged, the reason is one line, and the training goes on to the undisturbed run's bits.
 */
class FaultSweepTest {
    /** Only each so-many-th operation is made to fail, in the build; 1 for the figures in docs/robustness.md. */
    private static final int STRIDE = Integer.getInteger("ttrnn.faultStride", 7);

    private static final RunOptions EVERY_STEP = new RunOptions("1", 1, 0, false);

    @TempDir
    Path folder;

    private Path store;
    private TrainConfig config;
    private byte[] undisturbed;

    @BeforeEach
    void trainInPeace() throws IOException {
        store = TinyStore.write(folder.resolve("store"), 1, 1);
        config = TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,6,6],\"outputModes\":[2,2,2],\"ranks\":[2],\"epochs\":2,"
                        + "\"batchSize\":2,\"testGroups\":[\"c\"],\"validationGroups\":[\"d\"]}"));
        Path run = folder.resolve("undisturbed");
        train(FaultyFiles.sound(), run, new ArrayList<>());
        undisturbed = Files.readAllBytes(run.resolve(ModelFile.NAME));
    }

    private void train(FaultyFiles files, Path run, List<String> messages) throws IOException {
        TrainListener listener = new TrainListener() {
            @Override
            public void message(String line) {
                messages.add(line);
            }
        };
        new TrainRun(ClipStore.open(files.of(store)), config)
                .run(RunFolder.resume(files.of(run)), EVERY_STEP, listener);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whateverFailsNothingIsDamaged(boolean forGood) throws Exception {
        int n = 1 - STRIDE;
        int points = -1;
        int survived = 0;
        boolean touched = true;
        while (touched) {
            n += STRIDE;
            points++;
            Path run = folder.resolve("run-" + n);
            FaultyFiles files = new FaultyFiles(n, forGood);
            survived += attempt(files, run) ? 1 : 0;
            touched = files.hasFailed();
            check(run);
            train(FaultyFiles.sound(), run, new ArrayList<>());
            assertThat(Files.readAllBytes(run.resolve(ModelFile.NAME)))
                    .as("after a fault of operation %d", n)
                    .isEqualTo(undisturbed);
        }
        assertThat(n).isGreaterThan(150);
        assertThat(survived).isGreaterThan(forGood ? 0 : 10);
        System.err.println(points + " of " + n + " operations failed" + (forGood ? " and all after them" : "") + ": "
                + (survived - 1) + " trainings ended all the same, 0 files damaged");
    }

    /** Whether it ended well. */
    private boolean attempt(FaultyFiles files, Path run) {
        List<String> lines = new ArrayList<>();
        boolean well = false;
        try {
            train(files, run, lines);
            well = true;
        } catch (IOException | UncheckedIOException | DatasetException e) {
            lines.add(String.valueOf(e.getMessage()));
            assertThat(e.getMessage()).as("which file").contains(folder.toString());
        }
        assertThat(lines).allSatisfy(line -> assertThat(line).isNotBlank().doesNotContain("\n", "null"));
        return well;
    }

    /** Every file that is there under its own name is whole. */
    private void check(Path run) throws IOException {
        if (!Files.exists(run)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(run)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(".tmp") || name.equals("lock")) {
                continue;
            }
            if (name.startsWith("step-")) {
                CheckpointFile.read(file);
            } else if (name.endsWith(".safetensors")) {
                ModelFile.read(file);
            } else if (name.endsWith(".json")) {
                Json.parse(Files.readString(file));
            } else {
                assertThat(Files.readString(file)).as(name).endsWith("\n");
            }
        }
    }

    @Test
    void aRunInAReadOnlyFolderIsRefusedInOneLine() throws Exception {
        FaultyFiles files = new FaultyFiles(1, true);
        List<String> lines = new ArrayList<>();
        try {
            RunFolder.create(files.of(folder.resolve("new"))).close();
        } catch (IOException e) {
            lines.add(e.getMessage());
        }
        assertThat(lines).hasSize(1);
        assertThat(folder.resolve("new")).doesNotExist();
    }
}
