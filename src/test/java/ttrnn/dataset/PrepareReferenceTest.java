package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

    @Test
    void brokenFilesAreNamedInOneLineEachAndTheWholeClipIsKept() throws IOException {
        byte[] whole = Files.readAllBytes(ReferenceData.file("data/ucf11/biking/v_biking_01/v_biking_01_01.mpg"));
        Path clips = Files.createDirectories(folder.resolve("src/c"));
        Files.write(clips.resolve("cut.mpg"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(clips.resolve("empty.mpg"), new byte[0]);
        Files.writeString(clips.resolve("text.mpg"), "no video at all, just a few words in a file\n");
        Files.write(clips.resolve("whole.mpg"), whole);
        PrepareResult result = prepare(OnBadClip.SKIP);
        assertThat(result.clips()).isEqualTo(1);
        assertThat(result.bad()).extracting(BadClip::clip).containsExactly("c/cut.mpg", "c/empty.mpg", "c/text.mpg");
        assertThat(result.bad())
                .allSatisfy(bad -> assertThat(bad.reason()).isNotBlank().doesNotContain("\n"));
        PrepareResult kept = prepare(OnBadClip.KEEP_READABLE);
        assertThat(kept.clips()).isEqualTo(2);
        assertThat(kept.skipped()).isEqualTo(1);
        assertThat(kept.bad().get(0).reason()).matches("is cut short after \\d+ whole frames?");
        assertThat(kept.bad().get(0).frames()).isBetween(60, 80);
    }

    private PrepareResult prepare(OnBadClip onBadClip) throws IOException {
        return Prepare.run(
                Layouts.find(folder.resolve("src"), "auto"),
                folder.resolve("store"),
                new PrepareSettings(160, 120, 1, 0, 0, onBadClip),
                FrameSources::open,
                2,
                PrepareListener.NONE);
    }
}
