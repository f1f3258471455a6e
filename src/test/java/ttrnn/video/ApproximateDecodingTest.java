package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ttrnn.testing.ReferenceData;

/** MPEG-4 part 2 beside OpenCV, whose FFmpeg rounds some means of two samples only nearly right. */
class ApproximateDecodingTest {
    private static final String FIXTURES = "fixtures/decode/";
    private static final int FRAME_BYTES = 160 * 120 * 3;

    /** Levels of 256 between the means of two frames. */
    private static final double MEAN_TOLERANCE = 0.02;

    private static final double MIN_PSNR = 80;
    private static final double MEDIAN_PSNR = 80;

    static Stream<String> clips() {
        List<String> names = new ArrayList<>();
        ReferenceData.json(FIXTURES + "approximate.json").fieldNames().forEachRemaining(names::add);
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("clips")
    void framesAreNearOpenCvs(String name) throws Exception {
        JsonNode expected = ReferenceData.json(FIXTURES + "approximate.json").get(name);
        FrameResizer resizer = new FrameResizer(160, 120);
        List<byte[]> frames = new ArrayList<>();

        DecodeReport report = Frames.forEach(ReferenceData.file("data/" + name), picture -> {
            byte[] rgb = new byte[FRAME_BYTES];
            resizer.toRgb(picture, rgb, 0);
            frames.add(rgb);
        });

        int count = expected.get("frames").asInt();
        assertThat(report).isEqualTo(new DecodeReport(count, count, 0, 0, false));
        JsonNode means = expected.get("mean_rgb");
        for (int i = 0; i < frames.size(); i++) {
            assertThat(mean(frames.get(i)))
                    .as("mean of frame %d", i)
                    .isBetween(
                            means.get(i).asDouble() - MEAN_TOLERANCE,
                            means.get(i).asDouble() + MEAN_TOLERANCE);
        }
        byte[] reference = Files.readAllBytes(
                ReferenceData.file(FIXTURES + expected.get("reference").asText()));
        JsonNode indices = expected.get("reference_frames");
        double[] psnr = new double[indices.size()];
        for (int i = 0; i < psnr.length; i++) {
            int from = reference.length - (psnr.length - i) * FRAME_BYTES;
            psnr[i] = psnr(frames.get(indices.get(i).asInt()), reference, from);
        }
        Arrays.sort(psnr);
        assertThat(psnr[0]).isGreaterThanOrEqualTo(MIN_PSNR);
        assertThat(psnr[psnr.length / 2]).isGreaterThanOrEqualTo(MEDIAN_PSNR);
    }

    private static double mean(byte[] frame) {
        long sum = 0;
        for (byte sample : frame) {
            sum += sample & 0xff;
        }
        return (double) sum / frame.length;
    }

    /** Decibels; the reference starts after the header of its .npy file. */
    private static double psnr(byte[] frame, byte[] reference, int from) {
        double sum = 0;
        for (int i = 0; i < frame.length; i++) {
            double difference = (frame[i] & 0xff) - (reference[from + i] & 0xff);
            sum += difference * difference;
        }
        return 10 * StrictMath.log10(255 * 255 / Math.max(1e-9, sum / frame.length));
    }

    /** All clips with {@code -Dttrnn.allClips=true}, else one in twelve. */
    static Stream<String> sampledClips() {
        List<String> names = new ArrayList<>();
        ReferenceData.json(FIXTURES + "counts.json").fieldNames().forEachRemaining(names::add);
        int step = Boolean.getBoolean("ttrnn.allClips") ? 1 : 12;
        return Stream.iterate(0, i -> i < names.size(), i -> i + step).map(names::get);
    }

    @ParameterizedTest
    @MethodSource("sampledClips")
    void asManyFramesAsOpenCvCountsGiveOrTakeOne(String name) throws IOException {
        int expected = ReferenceData.json(FIXTURES + "counts.json")
                .get(name)
                .get("frames")
                .asInt();
        Path clip = ReferenceData.file("data/" + name);

        DecodeReport report = Frames.forEach(clip, picture -> {});

        assertThat(report.clean()).isTrue();
        assertThat(report.frames()).isBetween(expected - 1, expected + 1);
    }
}
