package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransportTrackTest {
    private static final int PACKET = 188;

    @TempDir
    Path folder;

    @Test
    void picturesHaveTheirTimesAndTheClipARate() throws IOException {
        try (FrameSource source =
                FrameSources.openHere(OwnClips.file("h264-with-sound.m2ts"), DecodeLimits.defaults())) {
            assertThat(source.format().framesPerSecond()).isEqualTo(25);
            long before = -1;
            int frames = 0;
            while (source.next() != null) {
                if (frames++ > 0) {
                    assertThat(source.ticks() - before).isEqualTo((long) source.ticksPerSecond() / 25);
                }
                before = source.ticks();
            }
            assertThat(frames).isEqualTo(12);
        }
    }

    @Test
    void severalPicturesInOnePacketAreRefused() throws IOException {
        byte[] stream = Files.readAllBytes(OwnClips.file("h264.ts"));
        int starts = 0;
        for (int at = 0; at < stream.length; at += PACKET) {
            boolean video = (stream[at + 1] & 0x1f) == 1 && stream[at + 2] == 0;
            if (video && (stream[at + 1] & 0x40) != 0 && ++starts == 2) {
                stream[at + 1] &= ~0x40;
            }
        }
        assertThat(starts).isEqualTo(2);
        Path clip = Files.write(folder.resolve("clip.ts"), stream);

        assertThatThrownBy(() -> FrameSources.openHere(clip, DecodeLimits.defaults()))
                .isInstanceOf(ClipException.class)
                .hasMessageStartingWith("MPEG-TS with H.264 video of several pictures in a packet is not supported; ");
    }
}
