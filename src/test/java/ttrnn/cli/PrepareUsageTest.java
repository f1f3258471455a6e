package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What prepare says to what it cannot use, word by word; nothing is left behind. */
class PrepareUsageTest {
    @TempDir
    Path folder;

    private Path source;
    private Path store;

    @BeforeEach
    void oneClip() throws IOException {
        source = folder.resolve("src");
        store = folder.resolve("store");
        GreyClip.write(source.resolve("jump/a.mpg"), 2);
    }

    private void refused(int exit, String message, String... line) throws IOException {
        Run run = Run.of(line);
        assertThat(run.err()).isEqualTo("ttrnn: " + message + "\n");
        assertThat(run.exit()).isEqualTo(exit);
        assertThat(run.out()).isEmpty();
        String[] withJson = Arrays.copyOf(line, line.length + 1);
        withJson[line.length] = "--json";
        Run asJson = Run.of(withJson);
        JsonNode error = asJson.json().path("error");
        assertThat(asJson.exit()).isEqualTo(exit);
        assertThat(error.path("code").asInt()).isEqualTo(exit);
        assertThat(message).endsWith(error.path("message").asText());
        assertThat(store).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --layout ucf12         | no layout ucf12: choose one of auto, csv, faces, folders, hmdb51, hollywood2, kth, ucf101, ucf11, ucf50, weizmann
                    --every 0              | every 0: keep every 1st, 2nd, 3rd, … frame
                    --every 2 --fps 5      | every and fps: both choose frames, give one of them
                    --fps -1               | fps -1.0: frames a second must be from 0 to 1000
                    --uniform 4 --fps 5    | uniform: the frames are at equal distances already, so give no every and no fps
                    --blend                | blend: it mixes frames to reach a rate, so give an fps
                    --window end           | window: how long it is comes from max-frames, so give that too
                    --list 0               | --list: must be at least 1, not 0
                    --shard 3/2            | shard 3/2: the first is 1/2, the last 2/2
                    --shard half           | shard half: must be I/N, such as 1/4
                    --max-frames -1        | max-frames -1: must be positive, or 0 for all
                    --size 160             | Invalid value for option '--size': '160' is not WIDTHxHEIGHT in pixels, such as 160x120 (see ttrnn prepare --help)
                    --size 0x120           | Invalid value for option '--size': '0x120' has a side of 0 pixels; give 1 to 4096, such as 160x120 (see ttrnn prepare --help)
                    --on-bad-clip drop     | Invalid value for option '--on-bad-clip': 'drop' is none of fail, skip, keep-readable (see ttrnn prepare --help)
                    --every two            | Invalid value for option '--every': 'two' is not an int (see ttrnn prepare --help)
                    """)
    void anOptionThatCannotBe(String options, String message) throws IOException {
        String line = "prepare " + source + " --out " + store + " " + options;
        refused(2, message, line.split(" "));
    }

    @Test
    void noFolderForTheStore() throws IOException {
        refused(2, "Missing required option: '--out=STORE' (see ttrnn prepare --help)", "prepare", source.toString());
    }

    @Test
    void noSuchFolder() throws IOException {
        Path missing = folder.resolve("nowhere");
        refused(2, "no such folder: " + missing, "prepare", missing.toString(), "--out", store.toString());
    }

    @Test
    void aFileInsteadOfAFolder() throws IOException {
        Path clip = source.resolve("jump/a.mpg");
        refused(
                2,
                clip + " is a file: name the folder that holds the clips",
                "prepare",
                clip.toString(),
                "--out",
                store.toString());
    }

    @Test
    void anEmptyFolder() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        refused(
                3,
                "no clips in " + empty + ": it has no files; put clips there as class/clip.mpg or .avi",
                "prepare",
                empty.toString(),
                "--out",
                store.toString());
    }

    @Test
    void aClassWithoutClips() throws IOException {
        Files.createDirectories(source.resolve("walk"));
        refused(
                3,
                "no clips in class folder walk of " + source + ": add clips or remove the folder",
                "prepare",
                source.toString(),
                "--out",
                store.toString());
    }

    @Test
    void aLayoutThatTheNamesDoNotHave() {
        Run run = Run.of("prepare", source.toString(), "--layout", "ucf11", "--out", store.toString());
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("ttrnn: jump/a.mpg in " + source
                        + " is not named as layout ucf11 has it (class/v_name_GG/v_name_GG_CC): rename or remove, or choose another "
                        + "--layout; folders takes the folders' names for classes\n");
        assertThat(store).doesNotExist();
    }

    @Test
    void aStoreAmongTheClips() throws IOException {
        store = source.resolve("store");
        refused(
                2,
                "store " + store + " would lie among the clips of " + source + ": choose an --out outside of it",
                "prepare",
                "--layout",
                "folders",
                source.toString(),
                "--out",
                store.toString());
    }

    @Test
    void otherSettingsThanThoseOfTheStore() throws IOException {
        Run.of("prepare", source.toString(), "--out", store.toString());
        Run run = Run.of("prepare", "-q", source.toString(), "--out", store.toString(), "--size", "80x60");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("ttrnn: store " + store + " was prepared with width 160, now 80 is asked for: choose "
                        + "another --out, or remove the store\n");
    }
}
