package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.testing.ReferenceData;

class LayoutsTest {
    @TempDir
    Path folder;

    private void files(String... names) throws IOException {
        for (String name : names) {
            ScriptedClips.write(folder, name, "x");
        }
    }

    private static List<String> lines(FoundClips found) {
        return found.clips().stream()
                .map(clip -> clip.id() + " " + clip.label() + " " + clip.group())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "UCF11, biking/v_biking_01/v_biking_01_02, biking, 01",
        "UCF11, walking/v_walk_dog_11/v_walk_dog_11_01, walking, 11",
        "UCF11, biking/v_biking_01_02, , ",
        "UCF101, v_Archery_g08_c01, Archery, g08",
        "UCF101, Archery/v_HandstandPushups_g25_c07, HandstandPushups, g25",
        "UCF50, x/y/v_HorseRace_g01_c01, HorseRace, g01",
        "UCF101, v_Archery_08_01, , ",
        "WEIZMANN, daria_bend, bend, daria",
        "WEIZMANN, lena_walk1, walk, lena",
        "WEIZMANN, run/lena_run2, run, lena",
        "WEIZMANN, eli_wave1, wave1, eli",
        "WEIZMANN, eli_wave2, wave2, eli",
        "WEIZMANN, eli_wave, , ",
        "WEIZMANN, eli_dance, , ",
        "KTH, person01_boxing_d1_uncomp, boxing, person01",
        "KTH, walking/person25_walking_d4, walking, person25",
        "KTH, boxing_d1, , ",
        "FOLDERS, left/a, left, ",
        "FOLDERS, left/deep/a, left, ",
        "FOLDERS, a, , ",
    })
    void labelAndGroupComeFromThePath(Layout layout, String path, String label, String group) {
        Layout.Naming naming = layout.parse(path);
        if (label == null) {
            assertThat(naming).isNull();
        } else {
            assertThat(naming).isEqualTo(new Layout.Naming(label, group));
        }
    }

    @Test
    void linksAreFollowedButNotInCirclesAndOneThatLeadsNowhereIsAClip() throws IOException {
        files("right/b.mpg");
        Files.createDirectories(folder.resolve("left"));
        Files.createSymbolicLink(folder.resolve("left/same.mpg"), Path.of("../right/b.mpg"));
        Files.createSymbolicLink(folder.resolve("left/up"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(folder.resolve("left/gone.mpg"), Path.of("nowhere"));
        FoundClips found = Layouts.find(folder, "folders");
        assertThat(lines(found)).containsExactly("left/gone left null", "left/same left null", "right/b right null");
    }

    @Test
    void clipsAreSortedByIdAndOtherFilesAreLeftOut() throws IOException {
        files("right/b.mpg", "right/a.AVI", "left/c.mpeg", "left/notes.txt", "left/.DS_Store", ".hidden/d.mpg");
        FoundClips found = Layouts.find(folder, "folders");
        assertThat(lines(found)).containsExactly("left/c left null", "right/a right null", "right/b right null");
        assertThat(found.clips().get(1).source()).isEqualTo("right/a.AVI");
        assertThat(found.clips().get(1).file()).isEqualTo(folder.resolve("right/a.AVI"));
        assertThat(found.notes()).containsExactly("1 file that is no video is left out");
    }

    @Test
    void idsThatWouldCollideKeepTheirExtension() throws IOException {
        files("left/a.mpg", "left/a.avi", "left/b.mpg");
        assertThat(Layouts.find(folder, "folders").clips())
                .extracting(ClipEntry::id)
                .containsExactly("left/a.avi", "left/a.mpg", "left/b");
    }

    @Test
    void ucf11GroupsAreSharedByClassesAndAnnotationsAreIgnored() throws IOException {
        files(
                "biking/v_biking_01/v_biking_01_01.mpg",
                "swing/v_swing_01/v_swing_01_01.mpg",
                "biking/Annotation/v_biking_01_01.mpg",
                "biking/v_biking_01/.DS_Store",
                "Annotation/readme.xgtf");
        assertThat(lines(Layouts.find(folder, "ucf11")))
                .containsExactly(
                        "biking/v_biking_01/v_biking_01_01 biking 01", "swing/v_swing_01/v_swing_01_01 swing 01");
    }

    @Test
    void autoRecognisesALayoutAndSaysWhy() throws IOException {
        files("v_Archery_g08_c01.avi", "v_Surfing_g09_c01.avi");
        FoundClips found = Layouts.find(folder, "auto");
        assertThat(found.layout()).isEqualTo(Layout.UCF101);
        assertThat(found.why())
                .isEqualTo("layout ucf101, since 2 of 2 clips are named v_Class_gGG_cCC (ucf50 is named alike)");
        files("a/b.avi", "a/c.avi", "a/d.avi", "a/e.avi", "b/v_x_01.mpg");
        assertThatThrownBy(() -> Layouts.find(folder, "auto"))
                .hasMessage("v_Archery_g08_c01.avi, v_Surfing_g09_c01.avi in " + folder
                        + " are not named as layout folders has it (class/clip):"
                        + " rename or remove, or choose another --layout");
    }

    @Test
    void autoNamesTheOddOneOutAndDoesNotDropTheGroupsOfTheOthers() throws IOException {
        files("Archery/v_Archery_g08_c01.avi", "Archery/v_Archery_g08_c02.avi", "Archery/other.avi");
        assertThatThrownBy(() -> Layouts.find(folder, "auto"))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("Archery/other.avi in " + folder + " is not named as layout ucf101 has it");
    }

    @Test
    void autoRefusesAFlatFolder() throws IOException {
        files("one.avi", "two.avi");
        assertThatThrownBy(() -> Layouts.find(folder, "auto"))
                .hasMessage("no layout recognised in " + folder
                        + ": most clips, such as one.avi, lie outside of class folders; sort them as class/clip");
    }

    @Test
    void whatIsNotThereIsNamed() throws IOException {
        Path none = folder.resolve("none");
        refused(none, "auto", DatasetException.Kind.USAGE, "no such folder: " + none);
        Path file = Files.writeString(folder.resolve("file"), "x");
        refused(file, "auto", DatasetException.Kind.USAGE, file + " is a file: name the folder that holds the clips");
        refused(
                folder,
                "hmdb52",
                DatasetException.Kind.USAGE,
                "no layout hmdb52: choose one of auto, csv, faces, folders, hmdb51, hollywood2, kth, ucf101, ucf11, ucf50,"
                        + " weizmann");
        refused(
                folder,
                "auto",
                DatasetException.Kind.DATA,
                "no clips in " + folder
                        + ": none of its 1 files is a video by its extension; put clips there as class/clip.mpg or .avi");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        refused(
                empty,
                "folders",
                DatasetException.Kind.DATA,
                "no clips in " + empty + ": it has no files; put clips there as class/clip.mpg or .avi");
    }

    @Test
    void aClassFolderWithoutClipsIsNamed() throws IOException {
        files("left/a.mpg", "up/readme.txt");
        Files.createDirectory(folder.resolve("down"));
        refused(
                folder,
                "auto",
                DatasetException.Kind.DATA,
                "no clips in class folders down, up of " + folder + ": add clips or remove the folder");
    }

    @Test
    void aFolderOfListsBesideNamedClipsIsOnlyNoted() throws IOException {
        files("Archery/v_Archery_g08_c01.avi", "ucfTrainTestlist/trainlist01.txt");
        assertThat(Layouts.find(folder, "ucf101").notes())
                .containsExactly(
                        "folder ucfTrainTestlist has no clips and is left out",
                        "1 file that is no video is left out",
                        "official list of split 1: in none 1; they name 1 more that are not here");
    }

    private static void refused(Path folder, String layout, DatasetException.Kind kind, String message) {
        assertThatThrownBy(() -> Layouts.find(folder, layout))
                .isInstanceOfSatisfying(
                        DatasetException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessage(message);
    }

    @Test
    void theReferenceClipsAreRecognised() {
        FoundClips weizmann = Layouts.find(ReferenceData.file("data/weizmann"), "auto");
        assertThat(weizmann.layout()).isEqualTo(Layout.WEIZMANN);
        assertThat(weizmann.clips()).hasSize(60);
        assertThat(weizmann.clips().stream().map(ClipEntry::label).distinct().sorted())
                .containsExactly("bend", "jack", "jump", "pjump", "run", "side", "skip", "walk", "wave1", "wave2");
        assertThat(weizmann.clips().stream().map(ClipEntry::group).distinct().sorted())
                .containsExactly("daria", "denis", "eli", "ido", "ira", "lena");

        FoundClips ucf11 = Layouts.find(ReferenceData.file("data/ucf11"), "auto");
        assertThat(lines(ucf11)).containsExactly("biking/v_biking_01/v_biking_01_01 biking 01");
        assertThat(ucf11.layout()).isEqualTo(Layout.UCF11);

        FoundClips ucf101 = Layouts.find(ReferenceData.file("data/ucf101-six"), "auto");
        assertThat(ucf101.clips()).hasSize(519);
        assertThat(ucf101.clips().stream().map(ClipEntry::group).distinct()).hasSize(18);

        FoundClips grid = Layouts.find(ReferenceData.file("data/grid"), "auto");
        assertThat(grid.layout()).isEqualTo(Layout.FOLDERS);
        assertThat(grid.clips()).hasSize(16);
    }
}
