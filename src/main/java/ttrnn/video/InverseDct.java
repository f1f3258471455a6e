package ttrnn.video;

/**
 * The 8x8 inverse cosine transform in 32-bit integers that FFmpeg calls "simple": its rounding is not the only one the
 * MPEG standards allow, but the one of nearly every program our frames are compared with. Rows first, rounded to 1/8
 * of a level, then columns.
 */
final class InverseDct {
    private static final int W1 = 22725;
    private static final int W2 = 21407;
    private static final int W3 = 19266;
    private static final int W4 = 16383;
    private static final int W5 = 12873;
    private static final int W6 = 8867;
    private static final int W7 = 4520;
    private static final int ROW_SHIFT = 11;
    private static final int COLUMN_SHIFT = 20;

    private InverseDct() {}

    /** Transforms in place: 64 coefficients by rows in, 64 sample differences by rows out. */
    static void transform(int[] block) {
        for (int i = 0; i < 64; i += 8) {
            row(block, i);
        }
        for (int i = 0; i < 8; i++) {
            column(block, i);
        }
    }

    private static void row(int[] b, int i) {
        int x1 = b[i + 1];
        int x2 = b[i + 2];
        int x3 = b[i + 3];
        int x4 = b[i + 4];
        int x5 = b[i + 5];
        int x6 = b[i + 6];
        int x7 = b[i + 7];
        if ((x1 | x2 | x3 | x4 | x5 | x6 | x7) == 0) {
            int dc = b[i] << 3;
            for (int k = 0; k < 8; k++) {
                b[i + k] = dc;
            }
            return;
        }
        int base = W4 * b[i] + (1 << (ROW_SHIFT - 1));
        int even0 = base + W2 * x2 + W4 * x4 + W6 * x6;
        int even1 = base + W6 * x2 - W4 * x4 - W2 * x6;
        int even2 = base - W6 * x2 - W4 * x4 + W2 * x6;
        int even3 = base - W2 * x2 + W4 * x4 - W6 * x6;
        int odd0 = W1 * x1 + W3 * x3 + W5 * x5 + W7 * x7;
        int odd1 = W3 * x1 - W7 * x3 - W1 * x5 - W5 * x7;
        int odd2 = W5 * x1 - W1 * x3 + W7 * x5 + W3 * x7;
        int odd3 = W7 * x1 - W5 * x3 + W3 * x5 - W1 * x7;
        b[i] = (even0 + odd0) >> ROW_SHIFT;
        b[i + 1] = (even1 + odd1) >> ROW_SHIFT;
        b[i + 2] = (even2 + odd2) >> ROW_SHIFT;
        b[i + 3] = (even3 + odd3) >> ROW_SHIFT;
        b[i + 4] = (even3 - odd3) >> ROW_SHIFT;
        b[i + 5] = (even2 - odd2) >> ROW_SHIFT;
        b[i + 6] = (even1 - odd1) >> ROW_SHIFT;
        b[i + 7] = (even0 - odd0) >> ROW_SHIFT;
    }

    private static void column(int[] b, int i) {
        int x1 = b[i + 8];
        int x2 = b[i + 16];
        int x3 = b[i + 24];
        int x4 = b[i + 32];
        int x5 = b[i + 40];
        int x6 = b[i + 48];
        int x7 = b[i + 56];
        int base = W4 * (b[i] + 32);
        int even0 = base + W2 * x2 + W4 * x4 + W6 * x6;
        int even1 = base + W6 * x2 - W4 * x4 - W2 * x6;
        int even2 = base - W6 * x2 - W4 * x4 + W2 * x6;
        int even3 = base - W2 * x2 + W4 * x4 - W6 * x6;
        int odd0 = W1 * x1 + W3 * x3 + W5 * x5 + W7 * x7;
        int odd1 = W3 * x1 - W7 * x3 - W1 * x5 - W5 * x7;
        int odd2 = W5 * x1 - W1 * x3 + W7 * x5 + W3 * x7;
        int odd3 = W7 * x1 - W5 * x3 + W3 * x5 - W1 * x7;
        b[i] = (even0 + odd0) >> COLUMN_SHIFT;
        b[i + 8] = (even1 + odd1) >> COLUMN_SHIFT;
        b[i + 16] = (even2 + odd2) >> COLUMN_SHIFT;
        b[i + 24] = (even3 + odd3) >> COLUMN_SHIFT;
        b[i + 32] = (even3 - odd3) >> COLUMN_SHIFT;
        b[i + 40] = (even2 - odd2) >> COLUMN_SHIFT;
        b[i + 48] = (even1 - odd1) >> COLUMN_SHIFT;
        b[i + 56] = (even0 - odd0) >> COLUMN_SHIFT;
    }
}
