package ttrnn.video;

/**
 * Blocks of a reference picture, wherever they lie: beyond its border, the border's samples go on. Vectors of MPEG-4 may
 * point there, and damaged ones of every codec.
 */
final class Reference {
    /** A block of 16x16 and the row and column that half samples need, in rows of whole longs. */
    private static final int EDGE_STRIDE = 24;

    private final byte[] edge = new byte[EDGE_STRIDE * 17 + 8];

    /**
     * Predicts a block.
     *
     * @param source plane of {@code planeWidth} x {@code planeHeight} samples, without gaps
     * @param left first column of the block in half samples, {@code top} likewise
     * @param to where the block goes in {@code target}, which is laid out like the source
     */
    void predict(
            byte[] source,
            int planeWidth,
            int planeHeight,
            int left,
            int top,
            byte[] target,
            int to,
            int width,
            int height,
            boolean down,
            boolean mean) {
        int x = left >> 1;
        int y = top >> 1;
        int fraction = (left & 1) | ((top & 1) << 1);
        int right = width + (left & 1);
        int bottom = height + (top & 1);
        if ((x | y) >= 0 && x + right <= planeWidth && y + bottom <= planeHeight) {
            HalfPel.predict(
                    source,
                    y * planeWidth + x,
                    planeWidth,
                    target,
                    to,
                    planeWidth,
                    width,
                    height,
                    fraction,
                    down,
                    mean);
            return;
        }
        for (int row = 0; row < bottom; row++) {
            int from = Math.max(0, Math.min(planeHeight - 1, y + row)) * planeWidth;
            for (int column = 0; column < right; column++) {
                edge[row * EDGE_STRIDE + column] = source[from + Math.max(0, Math.min(planeWidth - 1, x + column))];
            }
        }
        HalfPel.predict(edge, 0, EDGE_STRIDE, target, to, planeWidth, width, height, fraction, down, mean);
    }
}
