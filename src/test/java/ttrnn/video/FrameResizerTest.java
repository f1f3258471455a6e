package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameResizerTest {
    /** CRC-32 of what OpenCV 4.6 makes of the same picture: {@code cv2.resize(rgb, (width, height))}. */
    @ParameterizedTest
    @CsvSource({
        "320, 240, 160, 120, 1340759355",
        "360, 288, 160, 120, 1142919337",
        "96, 64, 160, 120, 518112600",
        "180, 144, 160, 120, 1343624209",
        "90, 50, 160, 120, 1569513510",
        "7, 5, 4, 3, 1533213477",
        "9, 11, 23, 2, 520935281",
        "1, 1, 5, 4, 2092077467",
        "3, 2, 1, 1, 1876848829",
        "2, 2, 1, 1, 1875242257",
        "33, 17, 33, 9, 1285660284",
        "640, 360, 64, 64, 190931783",
        "17, 9, 17, 9, 3799686120",
        "319, 240, 160, 120, 1374732981",
        "64, 48, 32, 48, 139109491",
    })
    void resizesByteForByteAsOpenCv(int fromWidth, int fromHeight, int width, int height, long crc) {
        FrameResizer resizer = new FrameResizer(width, height);
        byte[] rgb = new byte[resizer.frameBytes()];

        resizer.toRgb(noise(fromWidth, fromHeight), rgb, 0);

        assertThat(Frames.crc32(rgb)).isEqualTo(crc);
    }

    @Test
    void oneResizerTakesPicturesOfChangingSizes() {
        FrameResizer changing = new FrameResizer(20, 10);
        byte[] actual = new byte[changing.frameBytes() + 2];
        int[][] sizes = {{40, 20}, {20, 10}, {33, 7}, {64, 64}, {33, 7}, {40, 20}};
        for (int[] size : sizes) {
            byte[] expected = new byte[changing.frameBytes()];
            new FrameResizer(20, 10).toRgb(noise(size[0], size[1]), expected, 0);

            changing.toRgb(noise(size[0], size[1]), actual, 1);

            assertThat(actual).startsWith(0).endsWith(0).containsSequence(expected);
        }
    }

    @Test
    void videoRangeAndFullRangeDiffer() {
        assertThat(grey(16, false)).containsOnly(0);
        assertThat(grey(235, false)).containsOnly(255);
        assertThat(grey(16, true)).containsOnly(16);
        assertThat(grey(255, true)).containsOnly(255);
    }

    @Test
    void refusesATargetThatIsTooSmall() {
        assertThatThrownBy(() -> new FrameResizer(2, 2).toRgb(noise(4, 4), new byte[12], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame of 12 bytes at 1 in an array of 12 does not fit");
        assertThatThrownBy(() -> new FrameResizer(0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame size must be positive, got 0x2");
    }

    private static int[] grey(int luma, boolean fullRange) {
        byte[] plane = {(byte) luma};
        byte[] neutral = {(byte) 128};
        byte[] rgb = new byte[3];
        new FrameResizer(1, 1).toRgb(new Picture(1, 1, plane, neutral, neutral, 1, 1, fullRange), rgb, 0);
        return new int[] {rgb[0] & 0xff, rgb[1] & 0xff, rgb[2] & 0xff};
    }

    /** Noise in planes with a margin at the right, which no result may depend on. */
    private static Picture noise(int width, int height) {
        int stride = width + 5;
        int chromaStride = (width + 1) / 2 + 3;
        int chromaBytes = chromaStride * ((height + 1) / 2);
        byte[][] planes = {new byte[stride * height], new byte[chromaBytes], new byte[chromaBytes]};
        int state = 12345;
        for (byte[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                state = state * 1103515245 + 12345;
                plane[i] = (byte) (state >>> 16);
            }
        }
        return new Picture(width, height, planes[0], planes[1], planes[2], stride, chromaStride, false);
    }
}
