package ttrnn.video;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * A picture to draw frames and words on, for people to look at. The letters are drawn here, five pixels high and twice
 * enlarged: fonts of the system are not there on every machine.
 */
public final class PictureSheet {
    /** Height of a line of text. */
    public static final int LINE = 16;

    private static final int SCALE = 2;
    private static final int PAPER = 0xf4f4f4;
    private static final int INK = 0x202020;
    private static final int MOST_PIXELS = 200_000_000;

    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

    /** Each letter's five rows of three pixels, as octal digits: 7 is ###, 5 is #.#. */
    private static final String[] ROWS = {
        "25755", "65656", "34443", "65556", "74647", "74644", "34553", "55755", "72227", "11152", "55655", "44447",
        "57755", "57775", "25552", "65644", "25563", "65655", "34216", "72222", "55557", "55552", "55775", "55255",
        "55222", "71247", "75557", "26227", "61247", "61216", "55711", "74616", "34757", "71122", "75757", "75716",
        "00700", "00007", "00002",
    };

    private final BufferedImage image;

    /** A white sheet. */
    public PictureSheet(int width, int height) {
        if (width < 1 || height < 1 || (long) width * height > MOST_PIXELS) {
            throw new IllegalArgumentException("sheet: " + width + "x" + height + " pixels are too many, or none");
        }
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, PAPER);
            }
        }
    }

    /** Width of the sheet in pixels. */
    public int width() {
        return image.getWidth();
    }

    /** Height of the sheet in pixels. */
    public int height() {
        return image.getHeight();
    }

    /** Writes a line whose upper left corner is at a place; what does not fit is cut off. */
    public void text(int left, int top, String text) {
        int x = left;
        for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
            int letter = LETTERS.indexOf(c);
            for (int i = 0; letter >= 0 && i < 15; i++) {
                if ((((ROWS[letter].charAt(i / 3) - '0') >> (2 - i % 3)) & 1) == 1) {
                    dot(x + i % 3 * SCALE, top + i / 3 * SCALE);
                }
            }
            x += 4 * SCALE;
        }
    }

    private void dot(int left, int top) {
        for (int i = 0; i < SCALE * SCALE; i++) {
            int x = left + i % SCALE;
            int y = top + i / SCALE;
            if (x < width() && y < height()) {
                image.setRGB(x, y, INK);
            }
        }
    }

    /** Draws a frame [height, width, 3], every {@code shrink}th pixel of it. */
    public void picture(int left, int top, byte[] rgb, int width, int height, int shrink) {
        for (int y = 0; y < height / shrink && top + y < height(); y++) {
            for (int x = 0; x < width / shrink && left + x < width(); x++) {
                int at = 3 * (y * shrink * width + x * shrink);
                int pixel = ((rgb[at] & 0xff) << 16) | ((rgb[at + 1] & 0xff) << 8) | (rgb[at + 2] & 0xff);
                image.setRGB(left + x, top + y, pixel);
            }
        }
    }

    /** Red, green and blue at a place. */
    public int[] pixel(int x, int y) {
        int pixel = image.getRGB(x, y);
        return new int[] {(pixel >> 16) & 0xff, (pixel >> 8) & 0xff, pixel & 0xff};
    }

    /** The sheet as the bytes of a PNG file. */
    public byte[] png() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.setUseCache(false);
        if (!ImageIO.write(image, "png", bytes)) {
            throw new IOException("this Java writes no PNG");
        }
        return bytes.toByteArray();
    }
}
