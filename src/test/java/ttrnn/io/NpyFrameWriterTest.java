package ttrnn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFrameWriterTest {
    @TempDir
    Path folder;

    @Test
    void framesComeBackWithTheirNumberAndHash() throws Exception {
        Path file = folder.resolve("clip.npy");
        byte[] all = new byte[5 * 2 * 3 * 3];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 7);
        }
        String hash;
        try (NpyFrameWriter writer = new NpyFrameWriter(file, 2, 3)) {
            for (int t = 0; t < 5; t++) {
                writer.write(java.util.Arrays.copyOfRange(all, t * 18, t * 18 + 20));
            }
            assertThat(writer.frames()).isEqualTo(5);
            assertThat(file).doesNotExist();
            hash = writer.finish();
        }
        assertThat(Npy.readHeader(file)).isEqualTo(new NpyHeader(NpyType.UINT8, new int[] {5, 2, 3, 3}, 128));
        assertThat(Npy.readBytes(file)).isEqualTo(all);
        assertThat(hash)
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(all)));
    }

    @Test
    void aWriterThatIsNotFinishedLeavesNothing() throws IOException {
        Path file = folder.resolve("clip.npy");
        try (NpyFrameWriter writer = new NpyFrameWriter(file, 2, 3)) {
            writer.write(new byte[18]);
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void framesWithoutPixelsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NpyFrameWriter(folder.resolve("a.npy"), 0, 3))
                .withMessage("npy: no frames of 3x0 pixels");
    }
}
