package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Containers and codecs of which small clips of our own making exist: MP4, MOV, Matroska, TS, MJPEG, turned ones. */
class OwnClipsTest {
    private static final ClipDecoders DECODERS = new ClipDecoders();

    @AfterAll
    static void endTheProcesses() {
        DECODERS.close();
    }

    static Stream<String> decoded() {
        List<String> names = new ArrayList<>();
        OwnClips.expected().fieldNames().forEachRemaining(names::add);
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("decoded")
    void everyFrameIsFfmpegsToTheBit(String name) throws IOException {
        JsonNode expected = OwnClips.expected().get(name);
        List<Long> planes = new ArrayList<>();
        try (FrameSource source = DECODERS.open(OwnClips.file(name))) {
            for (Picture picture = source.next(); picture != null; picture = source.next()) {
                assertThat(picture.width()).isEqualTo(expected.get("width").asInt());
                assertThat(picture.height()).isEqualTo(expected.get("height").asInt());
                planes.add(Frames.i420Crc32(picture));
            }
            int count = expected.get("frames").asInt();
            assertThat(source.report()).isEqualTo(new DecodeReport(count, count, 0, 0, false));
        }
        List<Long> crcs = new ArrayList<>();
        expected.get("i420_crc32").forEach(crc -> crcs.add(crc.asLong()));
        assertThat(planes).isEqualTo(crcs);
    }

    @ParameterizedTest
    @CsvSource({
        "h264.mp4, MP4, H.264, 25",
        "h264.mov, MOV, H.264, 25",
        "h264.mkv, Matroska, H.264, 25",
        "h264-cavlc-slices.mp4, MP4, H.264, 30",
        "h264.ts, MPEG-TS, H.264, 25",
        "mpeg1.ts, MPEG-TS, MPEG-1, 25",
        "mpeg2.m2ts, MPEG-TS, MPEG-2, 25",
        "mpeg4.avi, AVI, MPEG-4 part 2, 25",
        "mpeg4.mp4, MP4, MPEG-4 part 2, 25",
        "mpeg4.mkv, Matroska, MPEG-4 part 2, 25",
        "mpeg2.m2v, MPEG video stream, MPEG-2, 25",
        "mpeg4.m4v, MPEG-4 video stream, MPEG-4 part 2, 0",
        "mjpeg.avi, AVI, MJPEG, 25"
    })
    void headersTellContainerCodecAndRate(String name, String container, String codec, double rate) throws IOException {
        try (FrameSource source = DECODERS.open(OwnClips.file(name))) {
            assertThat(source.format().container()).isEqualTo(container);
            assertThat(source.format().codec()).isEqualTo(codec);
            assertThat(source.format().framesPerSecond()).isEqualTo(rate);
        }
    }

    @Test
    void timesComeFromTheContainer() throws IOException {
        List<Double> seconds = new ArrayList<>();
        try (FrameSource source = DECODERS.open(OwnClips.file("h264-uneven-times.mp4"))) {
            while (source.next() != null) {
                seconds.add(source.ticks() / source.ticksPerSecond());
            }
        }
        double first = seconds.get(0);
        List<Double> since = seconds.stream()
                .map(time -> Math.rint((time - first) * 1000) / 1000)
                .toList();
        assertThat(since).containsExactly(0.0, 0.04, 0.12, 0.16, 0.28, 0.32, 0.48, 0.64);
    }

    @Test
    void mjpegIsNearFfmpegs() throws IOException {
        byte[] expected = Files.readAllBytes(OwnClips.file("mjpeg.yuv"));
        int at = 0;
        long squares = 0;
        try (FrameSource source = DECODERS.open(OwnClips.file("mjpeg.avi"))) {
            for (Picture picture = source.next(); picture != null; picture = source.next()) {
                assertThat(picture.fullRange()).isTrue();
                for (int plane = 0; plane < 3; plane++) {
                    byte[] samples = plane == 0 ? picture.y() : plane == 1 ? picture.u() : picture.v();
                    int stride = plane == 0 ? picture.lumaStride() : picture.chromaStride();
                    int half = plane == 0 ? 1 : 2;
                    for (int y = 0; y < picture.height() / half; y++) {
                        for (int x = 0; x < picture.width() / half; x++) {
                            int difference = (samples[y * stride + x] & 0xff) - (expected[at++] & 0xff);
                            squares += (long) difference * difference;
                        }
                    }
                }
            }
        }
        assertThat(at).isEqualTo(expected.length);
        assertThat(10 * StrictMath.log10(255.0 * 255 * at / squares)).isGreaterThan(50);
    }

    @ParameterizedTest
    @CsvSource({
        "h264-interlaced.mp4, MP4 with interlaced H.264 video",
        "h264-constrained.mp4, MP4 with H.264 video with constrained intra prediction",
        "h264-10-bit.mp4, MP4 with H.264 video of more than 8 bits",
        "h264-444.mp4, MP4 with H.264 video of profile 244",
        "h264-fragmented.mp4, fragmented MP4 with H.264 video",
        "hevc.mp4, MP4 with HEVC video",
        "mpeg2-interlaced.mpg, MPEG-PS with interlaced MPEG-2 video",
        "mpeg4-interlaced.avi, AVI with MPEG-4 part 2 video with interlacing",
        "mpeg4-partitions.avi, AVI with MPEG-4 part 2 video with data partitioning",
        "vp8.webm, WebM with VP8 video",
        "mjpeg-422.avi, AVI with MJPEG video other than 4:2:0",
        "msmpeg4.avi, AVI with MS-MPEG-4 video",
        "flash.flv, FLV with Flash or H.264 video"
    })
    void whatIsNotSupportedIsRefusedByNameWithTheCommandThatConverts(String name, String what) {
        Path clip = OwnClips.file(name);
        assertThatThrownBy(() -> DECODERS.open(clip))
                .isInstanceOf(ClipException.class)
                .hasMessageStartingWith(what + " is not supported; convert it: ffmpeg -i ")
                .hasMessageContaining(name)
                .hasMessageNotContaining("\n");
    }

    @Test
    void quarterSamplesOfAnEncoderWithRulesOfItsOwnAreRefused(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        try (ClipInput in = ClipInput.open(OwnClips.file("mpeg4-quarter.avi"))) {
            AviReader chunks = new AviReader(in, 1 << 20);
            stream.writeBytes(new byte[] {0, 0, 1, (byte) 0xb0, 1});
            stream.writeBytes("\0\0\1\u00b2DivX503b1393p".getBytes(StandardCharsets.ISO_8859_1));
            while (chunks.next()) {
                stream.write(chunks.data(), 0, chunks.length());
            }
        }
        Path clip = Files.write(folder.resolve("divx.m4v"), stream.toByteArray());
        assertThatThrownBy(() -> DECODERS.open(clip))
                .hasMessageStartingWith(
                        "MPEG-4 video stream with MPEG-4 part 2 video with quarter-pel motion of an old encoder is"
                                + " not");
    }

    @Test
    void temporalDirectPredictionEndsAClipBeforeTheFirstWrongFrame() throws IOException {
        try (FrameSource source = DECODERS.open(OwnClips.file("h264-temporal.mp4"))) {
            assertThatThrownBy(() -> {
                        while (source.next() != null) {
                            assertThat(source.report().clean()).isTrue();
                        }
                    })
                    .isInstanceOf(ClipException.class)
                    .hasMessageStartingWith("MP4 with H.264 video with temporal direct prediction is not supported;");
        }
    }
}
