package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.testing.ReferenceData;

class BadClipTest {
    private static final String UCF11 = "data/ucf11/biking/v_biking_01/v_biking_01_01.mpg";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void aMissingFileIsNamedAsSuch() {
        assertRefused(directory.resolve("none.mpg"), "the file does not exist");
        assertRefused(directory, "this is a directory without PNG or JPEG pictures, not a clip");
    }

    @Test
    void anEmptyFileIsNamedAsSuch() throws IOException {
        assertRefused(clip("empty.mpg", new byte[0]), "the file is empty; copy it again");
    }

    @Test
    void aTextFileIsNoClipWhateverItsName() throws IOException {
        Path text = clip("text.mpg", "RIFFs and start codes are not in here.\n".getBytes(StandardCharsets.US_ASCII));

        assertRefused(
                text,
                "this is no video clip this program knows; if another player shows it, convert it: ffmpeg -i " + text
                        + " -an -c:v mpeg1video -q:v 2 " + directory.resolve("text-mpeg1.mpg"));
    }

    @Test
    void aStreamWithoutVideoIsNamedAsSuch() throws IOException {
        byte[] padding = {0, 0, 1, (byte) 0xba, 0x21, 0, 1, 0, 1, (byte) 0x80, 0, 1, 0, 0, 1, (byte) 0xbe, 0, 2, -1, -1
        };

        assertRefused(clip("padding.mpg", padding), "the clip holds no MPEG-1 or MPEG-2 video");
        assertRefused(
                clip("cut.mpg", Arrays.copyOf(padding, 19)),
                "the clip ends before its first frame; it is cut short, copy it again");
    }

    @ParameterizedTest
    @CsvSource({
        "vp9.webm, WebM with VP9",
        "h264_frag.mp4, fragmented MP4 with H.264",
    })
    void otherFormatsAreRefusedByNameWithTheCommandThatConverts(String name, String format) {
        Path clip = ReferenceData.file("data/decode-cases/" + name);
        String stem = name.substring(0, name.indexOf('.'));

        assertRefused(
                clip,
                format + " video is not supported; convert it: ffmpeg -i " + clip + " -an -c:v mpeg1video -q:v 2 "
                        + clip.resolveSibling(stem + ".mpg"));
    }

    @Test
    void aClipBeyondTheLimitsIsRefusedBeforeItIsDecoded() throws IOException {
        Path clip = ReferenceData.file(UCF11);
        long bytes = Files.size(clip);

        assertThatThrownBy(() -> FrameSources.open(clip, new DecodeLimits(319, 240, 9, bytes, 1 << 20)))
                .isInstanceOf(ClipException.class)
                .hasMessage("the clip declares pictures of 320x240 pixels, more than 319x240; scale it down,"
                        + " or raise the limit");
        assertThatThrownBy(() -> FrameSources.open(clip, new DecodeLimits(320, 240, 9, bytes - 1, 1 << 20)))
                .isInstanceOf(ClipException.class)
                .hasMessage("the file has " + bytes + " bytes, more than " + (bytes - 1)
                        + "; cut the clip, or raise the limit");
        try (FrameSource source = FrameSources.open(clip, new DecodeLimits(320, 240, 2, bytes, 1 << 20))) {
            source.next();
            source.next();
            assertThatThrownBy(source::next)
                    .isInstanceOf(ClipException.class)
                    .hasMessage("the clip has more than 2 frames; cut it, or raise the limit");
        }
    }

    /** Whatever comes out of a clip that is cut is whole, in order, and the report says that there was more. */
    @ParameterizedTest
    @ValueSource(strings = {UCF11, "data/decode-cases/b.mpg", "data/ucf101-six/Archery/v_Archery_g09_c01.avi"})
    void framesBeforeACutAreGoodAndTheReportTellsOfTheCut(String name) throws IOException {
        Path whole = ReferenceData.file(name);
        byte[] bytes = Files.readAllBytes(whole);
        List<Long> expected = new ArrayList<>();
        Frames.forEach(whole, picture -> expected.add(Frames.i420Crc32(picture)));
        Random random = new Random(11);
        for (int cut = 0; cut < 20; cut++) {
            int length = bytes.length / 20 * cut + 1 + random.nextInt(bytes.length / 20);
            Path clip = clip("cut", Arrays.copyOf(bytes, length));
            List<Long> frames = new ArrayList<>();
            DecodeReport report = null;
            try {
                report = Frames.forEach(clip, picture -> frames.add(Frames.i420Crc32(picture)));
            } catch (ClipException e) {
                assertThat(frames)
                        .as("an error comes only before the first frame")
                        .isEmpty();
                assertThat(e).hasMessageContaining("cut short");
            }
            assertThat(frames).as("cut at %d", length).isEqualTo(expected.subList(0, frames.size()));
            if (report != null && frames.size() < expected.size()) {
                assertThat(report.truncated()).as("truncated at %d", length).isTrue();
            }
        }
    }

    /** Every outcome is allowed but one: something other than a ClipException, or no end. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                UCF11,
                "data/decode-cases/b.mpg",
                "data/decode-cases/m2_b.mpg",
                "data/decode-cases/audio.mpg",
                "data/decode-cases/vp9.webm",
                "data/decode-cases/h264_frag.mp4",
                "data/ucf101-six/Archery/v_Archery_g09_c01.avi",
                "data/weizmann/run/daria_run.avi"
            })
    void flippedBitsNeverEscapeAsAnythingButAClipException(String name) throws IOException {
        byte[] bytes = Arrays.copyOf(Files.readAllBytes(ReferenceData.file(name)), 60_000);
        FrameResizer resizer = new FrameResizer(16, 12);
        byte[] rgb = new byte[resizer.frameBytes()];
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> {
            for (int seed = 0; seed < 40; seed++) {
                Path damaged = clip("damaged", flipped(bytes, seed));
                try {
                    Frames.forEach(damaged, picture -> resizer.toRgb(picture, rgb, 0));
                } catch (ClipException e) {
                    assertThat(e.getMessage()).as("seed %d", seed).isNotBlank().doesNotContain("\n");
                }
            }
        });
    }

    @Test
    void nothingIsPrintedAboutDamage() throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int errors = 0;
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            System.setErr(capture);
            for (String name : new String[] {UCF11, "data/weizmann/run/daria_run.avi"}) {
                byte[] bytes = Files.readAllBytes(ReferenceData.file(name));
                for (int at = 20_000; at < bytes.length; at += 1_500) {
                    bytes[at] ^= 0x24;
                }
                errors += Frames.forEach(clip("damaged", bytes), picture -> {}).sliceErrors();
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(errors).isGreaterThan(20);
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private static byte[] flipped(byte[] bytes, int seed) {
        Random random = new Random(seed);
        byte[] damaged = bytes.clone();
        int flips = 1 + random.nextInt(seed % 2 == 0 ? 20 : 500);
        int range = seed % 4 == 0 ? 3000 : damaged.length;
        for (int i = 0; i < flips; i++) {
            damaged[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }

    @Test
    void damagedSlicesAreCountedAndTheClipGoesOn() throws IOException {
        byte[] bytes = Files.readAllBytes(ReferenceData.file(UCF11));
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 500, (byte) 0x55);

        DecodeReport report = Frames.forEach(clip("damaged.mpg", bytes), picture -> {});

        assertThat(report.frames()).isEqualTo(151);
        assertThat(report.sliceErrors()).isPositive();
        assertThat(report.truncated()).isFalse();
        assertThat(report.clean()).isFalse();
    }

    /** This clip's slices are two rows of macroblocks. */
    @Test
    void theMacroblocksOfALostSliceAreCountedAndShownAsInTheFrameBefore() throws IOException {
        byte[] video = videoStream(Files.readAllBytes(ReferenceData.file("data/decode-cases/ip.mpg")));
        int second = startOf(video, 0x00, startOf(video, 0x00, 0) + 4);
        video[startOf(video, 0x02, second) + 3] = (byte) 0xb2;
        List<byte[]> rows = new ArrayList<>();

        DecodeReport report = Frames.forEach(clip("lost.m1v", video), picture -> {
            int from = 16 * picture.lumaStride();
            rows.add(Arrays.copyOfRange(picture.y(), from, 2 * from));
        });

        assertThat(report).isEqualTo(new DecodeReport(24, 1, 0, 2 * 96 / 16, false));
        assertThat(rows.get(1)).isEqualTo(rows.get(0));
    }

    @Test
    void aClipOfOneFrameGivesOneFrame() throws IOException {
        byte[] bytes = Files.readAllBytes(ReferenceData.file("data/decode-cases/ip.mpg"));
        byte[] video = videoStream(bytes);
        int second = startOf(video, 0x00, startOf(video, 0x00, 0) + 4);
        byte[] one = Arrays.copyOf(video, second + 4);
        one[second + 3] = (byte) 0xb7;

        List<Integer> widths = new ArrayList<>();
        DecodeReport report = Frames.forEach(clip("one.m1v", one), picture -> widths.add(picture.width()));

        assertThat(report).isEqualTo(new DecodeReport(1, 1, 0, 0, false));
        assertThat(widths).containsExactly(96);
    }

    @Test
    void aClipWhoseOnlyFrameIsCutHasNoFrame() throws IOException {
        byte[] video = videoStream(Files.readAllBytes(ReferenceData.file("data/decode-cases/ip.mpg")));
        int firstSlice = startOf(video, 0x01, 0);

        assertThatThrownBy(() -> Frames.forEach(clip("cut.m1v", Arrays.copyOf(video, firstSlice + 9)), picture -> {}))
                .isInstanceOf(ClipException.class)
                .hasMessage("the clip holds no whole frame; it is cut short");
    }

    private byte[] videoStream(byte[] programStream) throws IOException {
        try (ClipInput in = ClipInput.open(clip("ps", programStream))) {
            ProgramStream stream = new ProgramStream(in);
            byte[] video = new byte[programStream.length];
            int length = 0;
            for (int count = 0; count >= 0; count = stream.read(video, length, video.length - length)) {
                length += count;
            }
            return Arrays.copyOf(video, length);
        }
    }

    private static int startOf(byte[] stream, int code, int from) {
        for (int i = from; i < stream.length - 3; i++) {
            if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1 && (stream[i + 3] & 0xff) == code) {
                return i;
            }
        }
        throw new AssertionError("no start code " + code);
    }

    private Path clip(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    private static void assertRefused(Path clip, String message) {
        assertThatThrownBy(() -> FrameSources.open(clip))
                .isInstanceOf(ClipException.class)
                .hasMessage(message);
    }
}
