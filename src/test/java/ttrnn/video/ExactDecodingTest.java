package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ttrnn.testing.ReferenceData;

/** MPEG-1, progressive MPEG-2 and H.264, bit for bit: every frame's planes and its 160x120 RGB frame, by CRC-32. */
class ExactDecodingTest {
    private static final String FIXTURE = "fixtures/decode/exact.json";

    static Stream<String> exactClips() {
        JsonNode clips = ReferenceData.json(FIXTURE);
        List<String> names = new ArrayList<>();
        clips.fieldNames().forEachRemaining(name -> {
            if (clips.get(name).get("codec").asText().matches("mpeg.*|h264")) {
                names.add(name);
            }
        });
        return names.stream();
    }

    @ParameterizedTest
    @MethodSource("exactClips")
    void everyFrameIsBitExact(String name) throws Exception {
        JsonNode expected = ReferenceData.json(FIXTURE).get(name);
        FrameResizer resizer = new FrameResizer(160, 120);
        byte[] rgb = new byte[resizer.frameBytes()];
        List<Long> planes = new ArrayList<>();
        List<Long> frames = new ArrayList<>();

        DecodeReport report = Frames.forEach(ReferenceData.file("data/" + name), picture -> {
            assertThat(picture.width()).isEqualTo(expected.get("width").asInt());
            assertThat(picture.height()).isEqualTo(expected.get("height").asInt());
            planes.add(Frames.i420Crc32(picture));
            resizer.toRgb(picture, rgb, 0);
            frames.add(Frames.crc32(rgb));
        });

        int count = expected.get("frames").asInt();
        assertThat(report).isEqualTo(new DecodeReport(count, count, 0, 0, false));
        assertThat(planes).isEqualTo(longs(expected.get("i420_crc32")));
        // OpenCV takes another way to RGB where the height is odd: it interpolates the chroma rows.
        if (expected.get("height").asInt() % 2 == 0) {
            assertThat(frames).isEqualTo(longs(expected.get("rgb160x120_crc32")));
        }
    }

    private static List<Long> longs(JsonNode array) {
        List<Long> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asLong()));
        return values;
    }
}
