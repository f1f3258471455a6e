package ttrnn.video;

/**
 * Turns decoded pictures into RGB frames {@code [height, width, 3]} of one size, byte for byte as OpenCV does
 * ({@code cvtColor} after {@code VideoCapture}, then {@code resize} with linear interpolation, 4.6): chroma is
 * repeated 2x2, an exact half is the rounded mean of 2x2 pixels, every other size is linear in 11-bit weights. There
 * is no smoothing before a reduction by more than half, as there is none in OpenCV. Only pictures of odd height differ by
 * a few levels: for those OpenCV interpolates the chroma rows.
 *
 * <p>Pictures may change size from call to call. Not thread-safe; keeps its buffers.
 */
public final class FrameResizer {
    private final int width;
    private final int height;
    private LinearResize linear = new LinearResize(0, 0, 0, 0);

    /**
     * @param width of the frames in pixels
     * @param height of the frames in pixels
     */
    public FrameResizer(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("frame size must be positive, got " + width + "x" + height);
        }
        this.width = width;
        this.height = height;
    }

    /** Bytes of one frame. */
    public int frameBytes() {
        return Math.multiplyExact(Math.multiplyExact(width, height), 3);
    }

    /**
     * Converts one picture.
     *
     * @param picture any size
     * @param target receives {@link #frameBytes} bytes, row by row, red, green, blue, from {@code offset}
     */
    public void toRgb(Picture picture, byte[] target, int offset) {
        if (picture.isRgb()) {
            resize(picture.y(), 0, picture.width(), picture.height(), target, offset);
            return;
        }
        check(target, offset);
        YcbcrTables tables = YcbcrTables.of(picture.fullRange());
        if (picture.width() == width && picture.height() == height) {
            for (int row = 0; row < height; row++) {
                tables.row(picture, row, target, offset + 3 * width * row);
            }
        } else if (picture.width() == 2 * width && picture.height() == 2 * height) {
            halve(picture, tables, target, offset);
        } else {
            linear(picture.width(), picture.height())
                    .resize((row, rgb, at) -> tables.row(picture, row, rgb, at), target, offset);
        }
    }

    /**
     * Brings an image that is RGB already to the size, by the same rules.
     *
     * @param rgb holds {@code sourceHeight * sourceWidth * 3} bytes from {@code rgbOffset}
     * @param target receives {@link #frameBytes} bytes from {@code offset}
     */
    public void resize(byte[] rgb, int rgbOffset, int sourceWidth, int sourceHeight, byte[] target, int offset) {
        check(target, offset);
        if (sourceWidth == width && sourceHeight == height) {
            System.arraycopy(rgb, rgbOffset, target, offset, frameBytes());
        } else if (sourceWidth == 2 * width && sourceHeight == 2 * height) {
            int below = 3 * sourceWidth;
            int out = offset;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int at = rgbOffset + 2 * y * below + 6 * x;
                    for (int channel = 0; channel < 3; channel++, at++) {
                        int sum = (rgb[at] & 0xff) + (rgb[at + 3] & 0xff) + (rgb[at + below] & 0xff);
                        target[out++] = (byte) ((sum + (rgb[at + below + 3] & 0xff) + 2) >> 2);
                    }
                }
            }
        } else {
            int row = 3 * sourceWidth;
            linear(sourceWidth, sourceHeight)
                    .resize((y, into, at) -> System.arraycopy(rgb, rgbOffset + y * row, into, at, row), target, offset);
        }
    }

    private LinearResize linear(int sourceWidth, int sourceHeight) {
        if (!linear.fits(sourceWidth, sourceHeight)) {
            linear = new LinearResize(sourceWidth, sourceHeight, width, height);
        }
        return linear;
    }

    private void check(byte[] target, int offset) {
        if (offset < 0 || offset > target.length - frameBytes()) {
            throw new IllegalArgumentException("frame of " + frameBytes() + " bytes at " + offset + " in an array of "
                    + target.length + " does not fit");
        }
    }

    /** Four pixels that share their chroma become one; the mean is of clamped colours. */
    private void halve(Picture picture, YcbcrTables tables, byte[] target, int offset) {
        byte[] y = picture.y();
        byte[] u = picture.u();
        byte[] v = picture.v();
        int[] luma = tables.luma;
        int out = offset;
        for (int row = 0; row < height; row++) {
            int upper = 2 * row * picture.lumaStride();
            int lower = upper + picture.lumaStride();
            int chroma = row * picture.chromaStride();
            for (int x = 0; x < width; x++) {
                int cb = u[chroma + x] & 0xff;
                int cr = v[chroma + x] & 0xff;
                int a = luma[y[upper + 2 * x] & 0xff];
                int b = luma[y[upper + 2 * x + 1] & 0xff];
                int c = luma[y[lower + 2 * x] & 0xff];
                int d = luma[y[lower + 2 * x + 1] & 0xff];
                int red = tables.redV[cr];
                int green = tables.greenU[cb] + tables.greenV[cr];
                int blue = tables.blueU[cb];
                int darkest = Math.min(Math.min(a, b), Math.min(c, d)) + Math.min(red, Math.min(green, blue));
                int lightest = Math.max(Math.max(a, b), Math.max(c, d)) + Math.max(red, Math.max(green, blue));
                if (darkest >= 0 && lightest <= 255) {
                    // Nothing to clamp, as in most pixels: four times fewer operations.
                    int sum = a + b + c + d + 2;
                    target[out] = (byte) ((sum + 4 * red) >> 2);
                    target[out + 1] = (byte) ((sum + 4 * green) >> 2);
                    target[out + 2] = (byte) ((sum + 4 * blue) >> 2);
                } else {
                    target[out] = mean(a, b, c, d, red);
                    target[out + 1] = mean(a, b, c, d, green);
                    target[out + 2] = mean(a, b, c, d, blue);
                }
                out += 3;
            }
        }
    }

    private static byte mean(int a, int b, int c, int d, int shift) {
        int sum = YcbcrTables.clamp(a + shift)
                + YcbcrTables.clamp(b + shift)
                + YcbcrTables.clamp(c + shift)
                + YcbcrTables.clamp(d + shift);
        return (byte) ((sum + 2) >> 2);
    }
}
