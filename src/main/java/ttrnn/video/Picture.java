package ttrnn.video;

import java.util.Arrays;

/**
 * A decoded frame, samples unsigned (0 … 255 in each byte). Mostly planar YCbCr 4:2:0: the chroma planes have half the
 * width and height, rounded up, and a plane's row starts {@code stride} bytes after the one above it. A frame that was
 * never anything but RGB (a PNG, an array) has its pixels in {@code y}, red, green, blue, and no chroma planes.
 *
 * @param width picture width in pixels
 * @param height picture height in pixels
 * @param y luma samples, or RGB pixels
 * @param u blue-difference chroma samples
 * @param v red-difference chroma samples
 * @param lumaStride bytes from a luma row to the next
 * @param chromaStride bytes from a chroma row to the next
 * @param fullRange whether luma spans 0 … 255 (JPEG) and not 16 … 235 (video)
 */
public record Picture(
        int width, int height, byte[] y, byte[] u, byte[] v, int lumaStride, int chromaStride, boolean fullRange) {
    private static final byte[] NONE = {};

    /** A frame of RGB pixels {@code [height, width, 3]}. */
    public static Picture ofRgb(int width, int height, byte[] rgb) {
        return new Picture(width, height, rgb, NONE, NONE, 3 * width, 0, true);
    }

    /** Whether the pixels are RGB. */
    public boolean isRgb() {
        return u.length == 0;
    }

    /** A part of this frame; the planes are shared if it begins in the upper left corner. */
    Picture cropped(int left, int top, int partWidth, int partHeight) {
        if (left == 0 && top == 0 && !isRgb()) {
            return new Picture(partWidth, partHeight, y, u, v, lumaStride, chromaStride, fullRange);
        }
        if (isRgb()) {
            byte[] part = new byte[3 * partWidth * partHeight];
            for (int row = 0; row < partHeight; row++) {
                System.arraycopy(y, (top + row) * lumaStride + 3 * left, part, 3 * partWidth * row, 3 * partWidth);
            }
            return ofRgb(partWidth, partHeight, part);
        }
        int luma = top * lumaStride + left;
        int chroma = top / 2 * chromaStride + left / 2;
        return new Picture(
                partWidth,
                partHeight,
                Arrays.copyOfRange(y, luma, y.length),
                Arrays.copyOfRange(u, chroma, u.length),
                Arrays.copyOfRange(v, chroma, v.length),
                lumaStride,
                chromaStride,
                fullRange);
    }
}
