package ttrnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactCommandTest {
    @TempDir
    Path folder;

    @Test
    void aSheetHasARowForEachClassWithFirstMiddleAndLastFrames() throws IOException {
        GreyClip.write(folder.resolve("src/jump/a.mpg"), 61);
        GreyClip.write(folder.resolve("src/jump/b.mpg"), 3);
        GreyClip.write(folder.resolve("src/walk/a.mpg"), 1);
        String store = folder.resolve("store").toString();
        Run.of("prepare", folder.resolve("src").toString(), "--size", "32x32", "--out", store);
        Path sheet = folder.resolve("sheet.png");
        JsonNode json =
                Run.of("contact", store, "--out", sheet.toString(), "--json").json();
        assertThat(json.path("classes").toString()).isEqualTo("[\"jump\",\"walk\"]");
        BufferedImage image = ImageIO.read(sheet.toFile());
        assertThat(image.getWidth()).isEqualTo(json.path("width").asInt()).isEqualTo(4 + 6 * 36 + 4);
        assertThat(image.getHeight()).isEqualTo(json.path("height").asInt()).isEqualTo(4 + 2 * (32 + 16 + 8));
        // Frame t is of luma 129 + t: the clip's frames 0, 30 and 60 in the first row.
        for (int i = 0; i < 3; i++) {
            int level = image.getRGB(4 + 36 * i + 5, 4 + 16 + 5) & 0xff;
            assertThat(level).isEqualTo(((129 + 30 * i) * 8 - 128) * 9539 >> 16);
        }
        assertThat(Run.of("contact", store, "--out", sheet.toString(), "--clips", "1")
                        .exit())
                .isZero();
    }

    @Test
    void whatCannotBeIsRefused() {
        Run other = Run.of("contact", "store", "--out", "sheet.gif");
        assertThat(other.exit()).isEqualTo(2);
        assertThat(other.err()).isEqualTo("ttrnn: --out: must end in .png, is sheet.gif\n");
        Run many = Run.of("contact", "store", "--out", "sheet.png", "--clips", "99");
        assertThat(many.err()).isEqualTo("ttrnn: --clips: must be 1 to 20, not 99\n");
    }
}
