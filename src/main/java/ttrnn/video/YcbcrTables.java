package ttrnn.video;

/**
 * BT.601 YCbCr to RGB in 16-bit fixed point, as FFmpeg's scaler and so OpenCV do it. Every term depends on one sample
 * alone, so each is a table of 256; red is {@code clamp(luma[y] + redV[v])} and so on. One pair of constants serves
 * video (luma 16 … 235), the other JPEG (0 … 255).
 */
final class YcbcrTables {
    private static final YcbcrTables VIDEO = new YcbcrTables(128, 9539, 13075, -3209, -6660, 16525);
    private static final YcbcrTables JPEG = new YcbcrTables(0, 8192, 11485, -2819, -5850, 14516);

    final int[] luma = new int[256];
    final int[] redV = new int[256];
    final int[] greenU = new int[256];
    final int[] greenV = new int[256];
    final int[] blueU = new int[256];

    /**
     * The same terms in lanes of 16 bits, red lowest, then green, then blue: the sum of a pixel's three is its colour, before
     * clamping, with {@link #BIAS} in each lane.
     */
    final long[] lumaLanes = new long[256];

    final long[] uLanes = new long[256];
    final long[] vLanes = new long[256];

    /** Keeps lanes from going below 0; the bits above the lowest eight are this number's where nothing is to be clamped. */
    static final int BIAS = 1024;

    private YcbcrTables(int black, int gain, int vToRed, int uToGreen, int vToGreen, int uToBlue) {
        for (int i = 0; i < 256; i++) {
            int chroma = i * 8 - 1024;
            luma[i] = ((i * 8 - black) * gain) >> 16;
            redV[i] = (chroma * vToRed) >> 16;
            greenU[i] = (chroma * uToGreen) >> 16;
            greenV[i] = (chroma * vToGreen) >> 16;
            blueU[i] = (chroma * uToBlue) >> 16;
            lumaLanes[i] = lanes(luma[i] + BIAS, luma[i] + BIAS, luma[i] + BIAS);
            uLanes[i] = lanes(0, greenU[i], blueU[i]);
            vLanes[i] = lanes(redV[i], greenV[i], 0);
        }
    }

    private static long lanes(long red, long green, long blue) {
        return red + (green << 16) + (blue << 32);
    }

    static YcbcrTables of(boolean fullRange) {
        return fullRange ? JPEG : VIDEO;
    }

    static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** Converts one row: {@code 3 * picture.width()} bytes red, green, blue into {@code rgb}. */
    void row(Picture picture, int row, byte[] rgb, int offset) {
        byte[] y = picture.y();
        byte[] u = picture.u();
        byte[] v = picture.v();
        int lumaAt = row * picture.lumaStride();
        int chromaAt = (row >> 1) * picture.chromaStride();
        int out = offset;
        for (int x = 0; x < picture.width(); x += 2, chromaAt++) {
            int cb = u[chromaAt] & 0xff;
            int cr = v[chromaAt] & 0xff;
            int red = redV[cr];
            int green = greenU[cb] + greenV[cr];
            int blue = blueU[cb];
            store(luma[y[lumaAt + x] & 0xff], red, green, blue, rgb, out);
            if (x + 1 < picture.width()) {
                store(luma[y[lumaAt + x + 1] & 0xff], red, green, blue, rgb, out + 3);
            }
            out += 6;
        }
    }

    private static void store(int light, int red, int green, int blue, byte[] rgb, int out) {
        rgb[out] = (byte) clamp(light + red);
        rgb[out + 1] = (byte) clamp(light + green);
        rgb[out + 2] = (byte) clamp(light + blue);
    }
}
