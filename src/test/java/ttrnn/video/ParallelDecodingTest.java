package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import ttrnn.testing.ReferenceData;

/** JCodec keeps some state in static fields; none of it may reach from one clip to another. */
class ParallelDecodingTest {
    private static final List<String> CLIPS = List.of(
            "ucf101-six/Archery/v_Archery_g09_c01.avi",
            "decode-cases/m2_b.mpg",
            "decode-cases/esc_b.mpg",
            "weizmann/run/daria_run.avi",
            "ucf101-six/Surfing/v_Surfing_g10_c06.avi",
            "decode-cases/m2_pad.mpg",
            "decode-cases/ip.mpg");

    @Test
    void clipsDecodedSideBySideComeOutAsOneByOne() {
        List<Path> clips =
                CLIPS.stream().map(name -> ReferenceData.file("data/" + name)).toList();
        List<List<Long>> alone =
                clips.stream().map(ParallelDecodingTest::frames).toList();
        for (int round = 0; round < 3; round++) {
            List<List<Long>> together =
                    clips.parallelStream().map(ParallelDecodingTest::frames).collect(Collectors.toList());
            assertThat(together).isEqualTo(alone);
        }
    }

    private static List<Long> frames(Path clip) {
        List<Long> frames = new ArrayList<>();
        try {
            Frames.forEach(clip, picture -> frames.add(Frames.i420Crc32(picture)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
    }
}
