package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.io.Npy;

/** A tree in small of each data set with lists, or with rules of its own. */
class DataSetLayoutsTest {
    @TempDir
    Path folder;

    @TempDir
    Path other;

    private void files(String... names) throws IOException {
        for (String name : names) {
            ScriptedClips.write(folder, name, "frames=2");
        }
    }

    private void list(String name, String... lines) throws IOException {
        ScriptedClips.write(folder, name, String.join("\n", lines) + "\n");
    }

    /** Name of the clip, classes, group, part. */
    private static List<String> lines(FoundClips found) {
        return found.clips().stream()
                .map(clip -> clip.id().substring(clip.id().lastIndexOf('/') + 1) + " " + String.join("|", clip.labels())
                        + " " + clip.group() + " " + clip.part())
                .toList();
    }

    @Test
    void ucf101HasThreePairsOfLists() throws IOException {
        files("Archery/v_Archery_g08_c01.avi", "Archery/v_Archery_g01_c01.avi", "Surfing/v_Surfing_g02_c01.avi");
        list(
                "ucfTrainTestlist/trainlist01.txt",
                "Archery/v_Archery_g08_c01.avi 1",
                "Kayaking/v_Kayaking_g08_c01.avi 2");
        list("ucfTrainTestlist/testlist01.txt", "Archery/v_Archery_g01_c01.avi\r");
        list("ucfTrainTestlist/trainlist02.txt", "Archery/v_Archery_g01_c01.avi 1");
        list("ucfTrainTestlist/classInd.txt", "1 Archery");
        FoundClips first = Layouts.find(folder, "auto");
        assertThat(first.why())
                .isEqualTo("layout ucf101, since 3 of 3 clips are named v_Class_gGG_cCC (ucf50 is named alike)");
        assertThat(lines(first))
                .containsExactly(
                        "v_Archery_g01_c01 Archery g01 test",
                        "v_Archery_g08_c01 Archery g08 train",
                        "v_Surfing_g02_c01 Surfing g02 null");
        assertThat(first.notes())
                .contains(
                        "official 2 lists of split 1: in none 1, test 1, train 1; they name 1 more that are not here");
        FoundClips second = Layouts.find(folder, "ucf50", folder.resolve("ucfTrainTestlist"), 2);
        assertThat(lines(second)).contains("v_Archery_g01_c01 Archery g01 train", "v_Archery_g08_c01 Archery g08 null");
        assertThatThrownBy(() -> Layouts.find(folder, "ucf101", folder, 3))
                .hasMessage("no official lists of layout ucf101 in " + folder);
        list("ucfTrainTestlist/testlist02.txt", "v_Archery_g01_c01.avi");
        assertThatThrownBy(() -> Layouts.find(folder, "ucf101", folder, 2))
                .hasMessageEndingWith("line 1: v_Archery_g01_c01 is in test already; it can be in one part only");
    }

    @Test
    void anotherOfTheOfficialSplitsNeedsNoDecoding() throws IOException {
        files("A/v_A_g01_c01.avi", "A/v_A_g02_c01.avi");
        list("lists/trainlist01.txt", "A/v_A_g01_c01.avi 1");
        list("lists/trainlist02.txt", "A/v_A_g02_c01.avi 1");
        ScriptedClips opener = new ScriptedClips();
        Path store = other.resolve("store");
        PrepareSettings settings = new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.FAIL);
        for (int number = 1; number <= 2; number++) {
            FoundClips found = Layouts.find(folder, "ucf101", null, number);
            Prepare.run(found, store, settings, opener, 1, PrepareListener.NONE);
            ClipRecord clip = ClipStore.open(store).clip("A/v_A_g0" + number + "_c01");
            assertThat(clip).isNotNull();
            assertThat(clip.part()).isEqualTo("train");
        }
        assertThat(opener.opened.get()).isEqualTo(2);
    }

    @Test
    void hmdb51HasAListForEachClassAndFilmsForGroups() throws IOException {
        files(
                "brush_hair/April_09_brush_hair_u_nm_np1_ba_goo_0.avi",
                "brush_hair/April_09_brush_hair_u_nm_np1_ba_goo_1.avi",
                "clap/#20_Rhythm_clap_u_nm_np1_fr_goo_0.avi");
        list(
                "testTrainMulti_7030_splits/brush_hair_test_split1.txt",
                "April_09_brush_hair_u_nm_np1_ba_goo_0.avi 1 ",
                "April_09_brush_hair_u_nm_np1_ba_goo_1.avi 2 ");
        list("testTrainMulti_7030_splits/clap_test_split1.txt", "#20_Rhythm_clap_u_nm_np1_fr_goo_0.avi 0 ");
        FoundClips found = Layouts.find(folder, "auto");
        assertThat(found.layout()).isEqualTo(Layout.HMDB51);
        assertThat(lines(found))
                .containsExactly(
                        "April_09_brush_hair_u_nm_np1_ba_goo_0 brush_hair April_09 train",
                        "April_09_brush_hair_u_nm_np1_ba_goo_1 brush_hair April_09 test",
                        "#20_Rhythm_clap_u_nm_np1_fr_goo_0 clap #20_Rhythm null");
        list("testTrainMulti_7030_splits/clap_test_split1.txt", "#20_Rhythm_clap_u_nm_np1_fr_goo_0.avi 7");
        assertThatThrownBy(() -> Layouts.find(folder, "hmdb51"))
                .hasMessageEndingWith("clap_test_split1.txt, line 1: must be a clip and 0, 1 or 2,"
                        + " is \"#20_Rhythm_clap_u_nm_np1_fr_goo_0.avi 7\"");
    }

    @Test
    void hollywood2ClipsHaveSeveralClassesFromTheClipSets() throws IOException {
        files("AVIClips/actioncliptrain00001.avi", "AVIClips/actioncliptrain00002.avi");
        files("AVIClips/actioncliptest00001.avi", "AVIClips/actionclipautoautotrain00001.avi");
        assertThatThrownBy(() -> Layouts.find(folder, "auto"))
                .hasMessage("no folder ClipSets in " + folder
                        + ": the classes of Hollywood2 are in its lists; name their folder with --lists");
        list("ClipSets/Kiss_train.txt", "actioncliptrain00001  1", "actioncliptrain00002 -1");
        list("ClipSets/HugPerson_train.txt", "actioncliptrain00001  1", "actioncliptrain00002 -1");
        list("ClipSets/Kiss_test.txt", "actioncliptest00001  1");
        list("ClipSets/Run_autotrain.txt", "actionclipautoautotrain00001  1");
        FoundClips found = Layouts.find(folder, "auto");
        assertThat(found.layout()).isEqualTo(Layout.HOLLYWOOD2);
        assertThat(lines(found))
                .containsExactly(
                        "actionclipautoautotrain00001 Run null null",
                        "actioncliptest00001 Kiss null test",
                        "actioncliptrain00001 HugPerson|Kiss null train");
        assertThat(found.notes())
                .contains("official 4 lists: in none 1, test 1, train 1", "1 clip has no class and is left out");

        Path store = other.resolve("store");
        PrepareSettings settings = new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.FAIL);
        Prepare.run(found, store, settings, new ScriptedClips(), 1, PrepareListener.NONE);
        ClipStore opened = ClipStore.open(store);
        assertThat(opened.classes()).containsExactly("HugPerson", "Kiss", "Run");
        ClipRecord both = opened.clip("AVIClips/actioncliptrain00001");
        assertThat(both).isNotNull();
        assertThat(both.labels()).containsExactly("HugPerson", "Kiss");
        assertThat(both.part()).isEqualTo("train");
        assertThat(Files.readString(store.resolve("clips.jsonl"))).contains("\"labels\":[\"HugPerson\",\"Kiss\"]");
        assertThat(StoreStatistics.of(opened.clips()).classes().toString()).isEqualTo("{HugPerson=1, Kiss=2, Run=1}");
    }

    @Test
    void celebritiesAreNamedAfterThreeNumbersAndKeptTogetherByVideo() throws IOException {
        files("0456_03_007_bill_clinton.avi", "0457_03_008_bill_clinton.avi", "yt/0094_01_002_al_gore.avi");
        FoundClips found = Layouts.find(folder, "auto");
        assertThat(found.layout()).isEqualTo(Layout.FACES);
        assertThat(lines(found))
                .containsExactly(
                        "0456_03_007_bill_clinton bill_clinton bill_clinton_03 null",
                        "0457_03_008_bill_clinton bill_clinton bill_clinton_03 null",
                        "0094_01_002_al_gore al_gore al_gore_01 null");
    }

    @Test
    void faceTracksAreFoldersOfPicturesOfAPerson() throws IOException {
        files("al_gore/0/1.jpg", "al_gore/0/2.jpg", "al_gore/1/1.png", "bill_gates/vid3/track1/1.png");
        assertThat(lines(Layouts.find(folder, "faces")))
                .containsExactly(
                        "0 al_gore al_gore/0 null",
                        "1 al_gore al_gore/1 null",
                        "track1 bill_gates bill_gates/vid3 null");
        assertThat(Layouts.find(folder, "auto").layout()).isEqualTo(Layout.FOLDERS);
    }

    @Test
    void kthPersonsHaveThePartOfItsAuthors() throws IOException {
        files(
                "person11_boxing_d1_uncomp.avi",
                "boxing/person01_boxing_d2_uncomp.avi",
                "person22_walking_d1_uncomp.avi");
        assertThat(lines(Layouts.find(folder, "auto")))
                .containsExactly(
                        "person01_boxing_d2_uncomp boxing person01 validation",
                        "person11_boxing_d1_uncomp boxing person11 train",
                        "person22_walking_d1_uncomp walking person22 test");
    }

    @Test
    void aListSaysAllOfItsClips() throws IOException {
        files("x/a.avi", "x/b,c.avi", "other.avi");
        Npy.writeBytes(folder.resolve("d.npy"), new byte[3], 1, 1, 1, 3);
        list(
                "clips.csv",
                "\uFEFFPath, label ,weight,group,split",
                "x/a.avi,kiss|hug|kiss,1,g1,train",
                "",
                "\"x/b,c.avi\",\"sit \"\"down\"\"\",2,,val\r",
                "d.npy,run");
        FoundClips found = Layouts.find(folder, "auto");
        assertThat(found.why()).isEqualTo("layout csv, since " + folder.resolve("clips.csv") + " lists 3 clips");
        assertThat(lines(found))
                .containsExactly("d run null null", "a kiss|hug g1 train", "b,c sit \"down\" null validation");
        assertThat(found.folder()).isEqualTo(folder);
        Path moved = Files.move(folder.resolve("clips.csv"), folder.resolve("mine.csv"));
        assertThat(lines(Layouts.find(moved, "auto"))).isEqualTo(lines(found));
        assertThat(Layouts.find(moved, "csv").why()).isEqualTo("layout csv, as asked for");
        assertThatThrownBy(() -> Layouts.find(folder, "csv"))
                .hasMessage("no clips.csv in " + folder + ": layout csv needs this list of the clips");
    }

    @Test
    void whatIsWrongInAListIsToldByItsLine() throws IOException {
        files("a.avi");
        Path list = folder.resolve("clips.csv");
        refused(
                list,
                ", line 1: must name the columns, path and label at least; group and split may follow",
                "a.avi,x");
        refused(list, " lists no clips", "path,label");
        refused(list, ", line 2: there is no " + folder.resolve("b.avi"), "path,label", "b.avi,x");
        refused(list, ", line 2: has no label", "path,label", "a.avi,");
        refused(list, ", line 2: has no label beside a |", "path,label", "a.avi,x|");
        refused(list, ", line 3: a.avi stands twice; give each clip one line", "path,label", "a.avi,x", "a.avi,y");
        refused(list, ", line 2: split half is not train, validation or test", "label,path,split", "x,a.avi,half");
        refused(list, ", line 2: \"../a.avi\" is no path under " + folder, "path,label", "../a.avi,x");
    }

    private void refused(Path list, String message, String... lines) throws IOException {
        list("clips.csv", lines);
        assertThatThrownBy(() -> Layouts.find(folder, "csv"))
                .isInstanceOf(DatasetException.class)
                .hasMessage(list + message);
    }
}
