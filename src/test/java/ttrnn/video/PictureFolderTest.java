package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
    @TempDir
    Path folder;

    private void write(String name, String format, int width, int height, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, rgb + i);
        }
        assertThat(ImageIO.write(image, format, folder.resolve(name).toFile())).isTrue();
    }

    @Test
    void picturesAreFramesInTheNaturalOrderOfTheirNames() throws IOException {
        write("frame10.png", "png", 4, 3, 0x300000);
        write("frame9.png", "png", 4, 3, 0x200000);
        write("frame1.PNG", "png", 4, 3, 0x10ff00);
        Files.writeString(folder.resolve("notes.txt"), "left out");
        List<Integer> reds = new ArrayList<>();
        try (FrameSource source = FrameSources.open(folder)) {
            assertThat(source.format()).isEqualTo(new ClipFormat("folder", "PNG", 4, 3, 0));
            for (Picture picture = source.next(); picture != null; picture = source.next()) {
                assertThat(picture.isRgb()).isTrue();
                reds.add((int) picture.y()[0]);
                assertThat(picture.y()[3 * 11 + 2]).isEqualTo((byte) 11);
            }
            assertThat(source.report()).isEqualTo(new DecodeReport(3, 3, 0, 0, false));
        }
        assertThat(reds).containsExactly(0x10, 0x20, 0x30);
    }

    @Test
    void greyKeepsItsLevels() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 100);
        image.getRaster().setSample(1, 0, 0, 200);
        ImageIO.write(image, "png", folder.resolve("a.png").toFile());
        try (FrameSource source = FrameSources.open(folder)) {
            Picture picture = source.next();
            assertThat(picture).isNotNull();
            assertThat(picture.y()).containsExactly(100, 100, 100, 200, 200, 200);
        }
    }

    @Test
    void jpegIsNearWhatWasWritten() throws IOException {
        write("a.jpg", "jpg", 16, 16, 0x806040);
        try (FrameSource source = FrameSources.open(folder)) {
            Picture picture = source.next();
            assertThat(picture).isNotNull();
            assertThat(picture.y()[0] & 0xff).isBetween(0x78, 0x88);
        }
    }

    @Test
    void aPictureOfAnotherSizeOrABrokenOneIsNamed() throws IOException {
        write("a1.png", "png", 4, 3, 0);
        write("a2.png", "png", 5, 3, 0);
        try (FrameSource source = FrameSources.open(folder)) {
            source.next();
            assertThatThrownBy(source::next)
                    .isInstanceOf(ClipException.class)
                    .hasMessage("picture a2.png is 5x3, the first one 4x3; pictures must be of one size");
        }
        Files.writeString(folder.resolve("a1.png"), "no picture");
        assertThatThrownBy(() -> FrameSources.open(folder))
                .isInstanceOf(ClipException.class)
                .hasMessage("picture a1.png is no PNG or JPEG that can be read; copy it again");
    }

    @Test
    void aFolderWithoutPicturesIsNoClip() {
        assertThatThrownBy(() -> FrameSources.open(folder))
                .isInstanceOf(ClipException.class)
                .hasMessage("this is a directory without PNG or JPEG pictures, not a clip");
    }
}
