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
                         "groups":{"person01":2,"person02":1},
                         "parts":{"test":1,"validation":2},"twins":[],"leaks":[]}
                        """));
    }

    @Test
    void peopleGetAHistogramAndATable() throws IOException {
        Run run = Run.of("stats", prepared().toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("""
                        clips           3
                        frames          43
                        length          10 to 20 frames, mean 14.3, median 13.0
                        classes         2, with 1 to 2 clips each
                        groups          2, with 1 to 2 clips each: person01, person02
                        official lists  test 1, validation 2

                        frames  clips
                        """).endsWith("""

                        class    clips  frames     range  mean
                        boxing       1      10        10  10.0
                        running      2      33  13 to 20  16.5
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

    @Test
    void theSameFramesOnBothSidesOfTheOfficialListsAreALeak() throws IOException {
        Path source = folder.resolve("src");
        for (String clip : new String[] {"Jump/v_Jump_g01_c01", "Jump/v_Jump_g02_c01", "Walk/v_Walk_g02_c02"}) {
            GreyClip.write(source.resolve(clip + ".mpg"), clip.startsWith("Jump") ? 4 : 5);
        }
        Files.createDirectories(folder.resolve("lists"));
        Files.writeString(
                folder.resolve("lists/trainlist01.txt"), "Jump/v_Jump_g01_c01.avi 1\nWalk/v_Walk_g02_c02.avi 2\n");
        Files.writeString(folder.resolve("lists/testlist01.txt"), "Jump/v_Jump_g02_c01.avi\n");
        String store = folder.resolve("store").toString();
        String lists = folder.resolve("lists").toString();
        Run prepared = Run.of("prepare", source.toString(), "--lists", lists, "--size", "32x32", "--out", store);
        assertThat(prepared.err()).contains("official 2 lists of split 1: test 1, train 2\n");
        assertThat(Run.of("stats", store).out())
                .contains(
                        "the same frames: Jump/v_Jump_g01_c01 = Jump/v_Jump_g02_c01\n",
                        "official lists, leak: 1 group has clips in training and in validation or test: g02\n",
                        "official lists, leak: the same frames are in training and in validation or test:"
                                + " Jump/v_Jump_g01_c01 = Jump/v_Jump_g02_c01\n");
        JsonNode json = Run.of("stats", store, "--json").json();
        assertThat(json.path("twins").get(0)).hasSize(2);
        assertThat(json.path("leaks")).hasSize(2);
    }
}
