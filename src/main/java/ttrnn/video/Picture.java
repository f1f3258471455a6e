package ttrnn.video;

/**
 * A decoded frame in planar YCbCr 4:2:0, 8 bits, samples unsigned (0 … 255 in each byte). The chroma planes have half
 * the width and height, rounded up. A plane's row starts {@code stride} bytes after the one above it.
 *
 * @param width picture width in pixels
 * @param height picture height in pixels
 * @param y luma samples
 * @param u blue-difference chroma samples
 * @param v red-difference chroma samples
 * @param lumaStride bytes from a luma row to the next
 * @param chromaStride bytes from a chroma row to the next
 * @param fullRange whether luma spans 0 … 255 (JPEG) and not 16 … 235 (video)
 */
public record Picture(
        int width, int height, byte[] y, byte[] u, byte[] v, int lumaStride, int chromaStride, boolean fullRange) {}
