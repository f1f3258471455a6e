package ttrnn.video;

/**
 * The inverse cosine transform of the Xvid encoder, which its streams must be decoded with to have no drift: FFmpeg chooses
 * it for them too. Rows with a rounding of their own each, then columns in 16-bit products of tangents, after Loeffler.
 */
final class XvidDct {
    private static final int ROW_SHIFT = 11;
    private static final int COLUMN_SHIFT = 6;
    /** 16-bit fractions: tan(pi/16), tan(2 pi/16), tan(3 pi/16), cos(pi/4) / 2. */
    private static final int TAN1 = 0x32ec;

    private static final int TAN2 = 0x6a0a;
    private static final int TAN3 = 0xab0e;
    private static final int COS4 = 0x5a82;

    /** Cosines of rows 0 and 4, 1 and 7, 2 and 6, 3 and 5, each times a cosine of the column transform. */
    private static final int[] ROWS_04 = {22725, 21407, 19266, 16384, 12873, 8867, 4520};

    private static final int[] ROWS_17 = {31521, 29692, 26722, 22725, 17855, 12299, 6270};
    private static final int[] ROWS_26 = {29692, 27969, 25172, 21407, 16819, 11585, 5906};
    private static final int[] ROWS_35 = {26722, 25172, 22654, 19266, 15137, 10426, 5315};
    private static final int[][] COSINES = {ROWS_04, ROWS_17, ROWS_26, ROWS_35, ROWS_04, ROWS_35, ROWS_26, ROWS_17};
    private static final int[] ROUNDING = {65536, 3597, 2260, 1203, 0, 120, 512, 512};

    private XvidDct() {}

    static void transform(int[] block) {
        for (int row = 0; row < 8; row++) {
            row(block, 8 * row, COSINES[row], ROUNDING[row]);
        }
        for (int column = 0; column < 8; column++) {
            column(block, column);
        }
    }

    private static void row(int[] b, int i, int[] cosines, int rounding) {
        int x1 = b[i + 1];
        int x2 = b[i + 2];
        int x3 = b[i + 3];
        int x4 = b[i + 4];
        int x5 = b[i + 5];
        int x6 = b[i + 6];
        int x7 = b[i + 7];
        int c4 = cosines[3];
        int base = c4 * b[i] + rounding;
        if ((x1 | x2 | x3 | x4 | x5 | x6 | x7) == 0) {
            int all = base >> ROW_SHIFT;
            for (int k = i; k < i + 8; k++) {
                b[k] = all;
            }
            return;
        }
        int c1 = cosines[0];
        int c2 = cosines[1];
        int c3 = cosines[2];
        int c5 = cosines[4];
        int c6 = cosines[5];
        int c7 = cosines[6];
        int even0 = base + c2 * x2 + c4 * x4 + c6 * x6;
        int even1 = base + c6 * x2 - c4 * x4 - c2 * x6;
        int even2 = base - c6 * x2 - c4 * x4 + c2 * x6;
        int even3 = base - c2 * x2 + c4 * x4 - c6 * x6;
        int odd0 = c1 * x1 + c3 * x3 + c5 * x5 + c7 * x7;
        int odd1 = c3 * x1 - c7 * x3 - c1 * x5 - c5 * x7;
        int odd2 = c5 * x1 - c1 * x3 + c7 * x5 + c3 * x7;
        int odd3 = c7 * x1 - c5 * x3 + c3 * x5 - c1 * x7;
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
        int x3 = b[i + 24];
        int x5 = b[i + 40];
        int x7 = b[i + 56];
        int p1 = times(TAN1, x7) + x1;
        int m1 = times(TAN1, x1) - x7;
        int p3 = times(TAN3, x5) + x3;
        int m3 = times(TAN3, x3) - x5;
        int odd0 = p1 + p3;
        int odd3 = m1 - m3;
        int a = p1 - p3;
        int c = m1 + m3;
        int odd1 = 2 * times(COS4, a + c);
        int odd2 = 2 * times(COS4, a - c);

        int x2 = b[i + 16];
        int x6 = b[i + 48];
        int p2 = times(TAN2, x6) + x2;
        int m2 = times(TAN2, x2) - x6;
        int sum = b[i] + b[i + 32];
        int difference = b[i] - b[i + 32];
        int even0 = sum + p2;
        int even3 = sum - p2;
        int even1 = difference + m2;
        int even2 = difference - m2;
        b[i] = (even0 + odd0) >> COLUMN_SHIFT;
        b[i + 56] = (even0 - odd0) >> COLUMN_SHIFT;
        b[i + 8] = (even1 + odd1) >> COLUMN_SHIFT;
        b[i + 48] = (even1 - odd1) >> COLUMN_SHIFT;
        b[i + 16] = (even2 + odd2) >> COLUMN_SHIFT;
        b[i + 40] = (even2 - odd2) >> COLUMN_SHIFT;
        b[i + 24] = (even3 + odd3) >> COLUMN_SHIFT;
        b[i + 32] = (even3 - odd3) >> COLUMN_SHIFT;
    }

    private static int times(int fraction, int value) {
        return (fraction * value) >> 16;
    }
}
