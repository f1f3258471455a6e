package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.testing.TinyStore;

class TrainSplitTest {
    @TempDir
    Path folder;

    private Path store;

    @BeforeEach
    void fourGroupsOfTwoClasses() throws IOException {
        store = TinyStore.write(folder.resolve("store"), 3, 5);
    }

    private Run train(String... options) {
        List<String> line = new ArrayList<>(List.of("train", store.toString(), "--out"));
        line.addAll(List.of(folder.resolve("run").toString(), "--input-modes", "4,6,6", "--output-modes", "2,2,2"));
        line.addAll(List.of("--ranks", "2", "--epochs", "1"));
        line.addAll(List.of(options));
        return Run.of(line.toArray(new String[0]));
    }

    @Test
    void aGroupOnBothSidesIsALeakAndIsTold() {
        Run run = train("--split", "random");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("groups have clips in training and in validation or test: a, b");
    }

    @Test
    void officialListsDivideTheClips() throws IOException {
        Run none = train("--split", "official");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err())
                .isEqualTo("ttrnn: split official: no clip of the store is in an official list;"
                        + " put the lists beside the clips and run prepare again, or choose --split group\n");
        Path manifest = store.resolve("clips.jsonl");
        String lines = Files.readString(manifest)
                .replace("\"group\":\"a\"", "\"group\":\"a\",\"split\":\"train\"")
                .replace("\"group\":\"b\"", "\"group\":\"b\",\"split\":\"test\"");
        Files.writeString(manifest, lines);
        Run run = train("--split", "official");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("12 clips are in none of the official lists and left out\n")
                .contains(": 6 clips to learn from, 0 for validation, 6 for test\n");
    }
}
