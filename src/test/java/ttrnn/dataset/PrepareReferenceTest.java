package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.tensor.FrameSequence;
import ttrnn.testing.ReferenceData;
import ttrnn.video.FrameSources;

/** Real clips through the whole way: found, decoded, stored, read. */
class PrepareReferenceTest {
    @TempDir
    Path folder;

    @Test
    void storedFramesOfTheUcf11ClipAreThoseOfTheReference() throws IOException {
        assertThat(compare("ucf11")).isEqualTo(151);
    }

    @Test
    void storedFramesOfTheGridClipsAreThoseOfTheReference() throws IOException {
        assertThat(compare("grid")).isGreaterThan(16 * 70);
    }

    private int compare(String name) throws IOException {
        Path source = ReferenceData.file("data/" + name);
        JsonNode exact = ReferenceData.json("fixtures/decode/exact.json");
        Path out = folder.resolve(name);
        PrepareResult result = Prepare.run(
                Layouts.find(source, "auto"),
                out,
                PrepareSettings.defaults(),
                FrameSources::open,
                2,
                PrepareListener.NONE);
        assertThat(result.bad()).isEmpty();
        ClipStore store = ClipStore.open(out);
        int compared = 0;
        for (ClipRecord clip : store.clips()) {
            JsonNode expected = exact.get(name + "/" + clip.source());
            FrameSequence frames = store.frames(clip);
            assertThat(frames.length())
                    .as(clip.id())
                    .isEqualTo(expected.get("frames").asInt());
            byte[] frame = new byte[frames.frameSize()];
            for (int t = 0; t < frames.length(); t++) {
                frames.read(t, 1, frame, 0);
                CRC32 crc = new CRC32();
                crc.update(frame);
                assertThat(crc.getValue())
                        .as(clip.id() + " frame " + t)
                        .isEqualTo(expected.get("rgb160x120_crc32").get(t).asLong());
                compared++;
            }
        }
        assertThat((long) compared).isEqualTo(result.frames());
        return compared;
    }
}
