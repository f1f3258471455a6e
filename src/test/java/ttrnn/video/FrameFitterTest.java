package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameFitterTest {
    /** A picture whose pixels' red is 10 times the column and green 10 times the row. */
    private static Picture picture(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rgb[3 * (y * width + x)] = (byte) (10 * x);
                rgb[3 * (y * width + x) + 1] = (byte) (10 * y);
                rgb[3 * (y * width + x) + 2] = 77;
            }
        }
        return Picture.ofRgb(width, height, rgb);
    }

    private static byte[] frame(Picture picture, int width, int height, Fit fit) {
        byte[] frame = new byte[3 * width * height];
        new FrameFitter(width, height, fit).toRgb(picture, frame);
        return frame;
    }

    private static int red(byte[] frame, int width, int x, int y) {
        return frame[3 * (y * width + x)] & 0xff;
    }

    private static int blue(byte[] frame, int width, int x, int y) {
        return frame[3 * (y * width + x) + 2] & 0xff;
    }

    @Test
    void stretchingChangesTheShape() {
        byte[] frame = frame(picture(16, 8), 8, 8, Fit.STRETCH);
        assertThat(red(frame, 8, 0, 0)).isEqualTo(5);
        assertThat(red(frame, 8, 7, 7)).isEqualTo(145);
    }

    @Test
    void letterboxingKeepsAllOfThePictureBetweenBlackBars() {
        byte[] frame = frame(picture(16, 8), 8, 8, Fit.LETTERBOX);
        assertThat(blue(frame, 8, 3, 0)).isZero();
        assertThat(blue(frame, 8, 3, 1)).isZero();
        assertThat(blue(frame, 8, 3, 2)).isEqualTo(77);
        assertThat(red(frame, 8, 7, 5)).isEqualTo(145);
        assertThat(blue(frame, 8, 3, 6)).isZero();
        byte[] upright = frame(picture(4, 8), 8, 8, Fit.LETTERBOX);
        assertThat(blue(upright, 8, 1, 4)).isZero();
        assertThat(red(upright, 8, 5, 4)).isEqualTo(30);
        assertThat(blue(upright, 8, 6, 4)).isZero();
    }

    @Test
    void croppingKeepsTheMiddle() {
        byte[] frame = frame(picture(16, 8), 8, 8, Fit.CROP);
        assertThat(red(frame, 8, 0, 0)).isEqualTo(40);
        assertThat(red(frame, 8, 7, 7)).isEqualTo(110);
    }

    @Test
    void croppingPlanesTakesTheirChromaAlong() {
        byte[] y = new byte[16 * 8];
        byte[] u = new byte[8 * 4];
        byte[] v = new byte[8 * 4];
        for (int x = 0; x < 16; x++) {
            for (int row = 0; row < 8; row++) {
                y[row * 16 + x] = (byte) (x >= 4 && x < 12 ? 126 : 16);
                u[row / 2 * 8 + x / 2] = (byte) (x >= 4 && x < 12 ? 128 : 240);
                v[row / 2 * 8 + x / 2] = (byte) 128;
            }
        }
        byte[] frame = frame(new Picture(16, 8, y, u, v, 16, 8, false), 8, 8, Fit.CROP);
        assertThat(frame).containsOnly(frame[0]);
    }

    @Test
    void aPictureOfTheSameShapeIsTheSameWithEach() {
        byte[] stretched = frame(picture(20, 10), 8, 4, Fit.STRETCH);
        assertThat(frame(picture(20, 10), 8, 4, Fit.LETTERBOX)).isEqualTo(stretched);
        assertThat(frame(picture(20, 10), 8, 4, Fit.CROP)).isEqualTo(stretched);
    }
}
