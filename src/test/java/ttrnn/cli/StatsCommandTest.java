package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsCommandTest {
    @TempDir
    Path folder;

    private Path prepared() throws IOException {
        Path source = folder.resolve("src");
        GreyClip.write(source.resolve("person01_boxing_d1_uncomp.mpg"), 10);
        GreyClip.write(source.resolve("person01_running_d1_uncomp.mpg"), 13);
        GreyClip.write(source.resolve("person02_running_d2_uncomp.mpg"), 20);
        Path store = folder.resolve("store");
        assertThat(Run.of("prepare", source.toString(), "--size", "32x32", "--out", store.toString())
                        .exit())
                .isZero();
        return store;
    }

    @Test
    void theJsonHasTheFieldsThatScriptsRelyOn() throws IOException {
        JsonNode json = Run.of("stats", prepared().toString(), "--json").json();
        assertThat(json).isEqualTo(Run.parse("""
                        {"clips":3,"frames":43,
                         "length":{"min":10,"max":20,"mean":14.333333333333334,"median":13.0},
                         "classes":{"boxing":1,"running":2},
                         "groups":{"person01":2,"person02":1}}
                        """));
    }

    @Test
    void peopleGetAHistogramAndATable() throws IOException {
        Run run = Run.of("stats", prepared().toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("""
                        clips    3
                        frames   43
                        length   10 to 20 frames, mean 14.3, median 13.0
                        classes  2, with 1 to 2 clips each
                        groups   2, with 1 to 2 clips each: person01, person02

                        frames  clips
                        """).endsWith("""

                        class    clips
                        boxing       1
                        running      2
                        """);
        assertThat(run.out().lines().filter(line -> line.endsWith("# 1"))).hasSize(3);
    }

    @Test
    void aFolderThatIsNoStoreIsAMistakeOfTheCommandLine() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        Run run = Run.of("stats", nowhere.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("ttrnn: no such store: " + nowhere + "; make one with prepare SRC --out " + nowhere + "\n");
        Run other = Run.of("stats", folder.toString());
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err())
                .isEqualTo("ttrnn: " + folder + " is no store, it has no store.json: make one with prepare SRC --out "
                        + "STORE\n");
    }

    @Test
    void aStoreWithoutFramesOrManifestIsBadData() throws IOException {
        Path store = prepared();
        Path frames = store.resolve("frames/person01_boxing_d1_uncomp.npy");
        byte[] whole = Files.readAllBytes(frames);
        Files.write(frames, Arrays.copyOf(whole, whole.length - 1));
        Run cut = Run.of("stats", store.toString());
        assertThat(cut.exit()).isEqualTo(3);
        assertThat(cut.err())
                .isEqualTo("ttrnn: clip person01_boxing_d1_uncomp: " + frames + " has " + (whole.length - 1)
                        + " bytes, 10 frames need " + whole.length + "; run the store's prepare again\n");

        Files.delete(store.resolve("clips.jsonl"));
        Run run = Run.of("stats", store.toString());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("ttrnn: store " + store + " is not complete: run its prepare again, it goes on where it was "
                        + "interrupted\n");
    }
}
