package ttrnn.video;

/**
 * Motion compensation of MPEG-4 macroblocks by half or quarter samples: one vector, or one for each luma block; chroma follows
 * with their mean, by halves, rounded as ISO 14496-2, 7.6.2 and table 7-9 say.
 */
final class Mpeg4Motion {
    /** Sixteenths of a sample to halves. */
    private static final int[] ROUNDED = {0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2};

    private final Reference reference = new Reference();
    private final int stride;
    private final int height;
    private final int pictureWidth;
    private final int pictureHeight;
    private byte[][] target = {};
    private byte[][] before = {};
    private byte[][] after = {};
    private final boolean quarter;
    private final QuarterPel quarters = new QuarterPel();
    private boolean down;
    private final int[] x = new int[4];
    private final int[] y = new int[4];

    Mpeg4Motion(int columns, int rows, int pictureWidth, int pictureHeight, boolean quarter) {
        this.quarter = quarter;
        this.stride = 16 * columns;
        this.height = 16 * rows;
        this.pictureWidth = pictureWidth;
        this.pictureHeight = pictureHeight;
    }

    void start(byte[][] into, byte[][] referenceBefore, byte[][] referenceAfter, boolean roundDown) {
        target = into;
        before = referenceBefore;
        after = referenceAfter;
        down = roundDown;
    }

    /** Copies a macroblock from the reference before. */
    void copy(int column, int row) {
        one(before, column, row, 0, 0, false);
    }

    /** Predicts a macroblock from the reference before by its vectors. */
    void predict(Mpeg4Vectors vectors, int macroblock, boolean four) {
        int columns = stride / 16;
        if (!four) {
            vectors.load(macroblock, 0);
            one(before, macroblock % columns, macroblock / columns, vectors.x, vectors.y, false);
            return;
        }
        for (int i = 0; i < 4; i++) {
            vectors.load(macroblock, i);
            x[i] = vectors.x;
            y[i] = vectors.y;
        }
        four(false, macroblock % columns, macroblock / columns, x, y, false);
    }

    /** Predicts a macroblock by one vector; {@code mean} with what was predicted before. */
    void one(boolean fromAfter, int column, int row, int vectorX, int vectorY, boolean mean) {
        one(fromAfter ? after : before, column, row, vectorX, vectorY, mean);
    }

    private void one(byte[][] from, int column, int row, int vectorX, int vectorY, boolean mean) {
        int to = row * 16 * stride + column * 16;
        int halvesX = vectorX;
        int halvesY = vectorY;
        if (quarter) {
            quarters.predict(
                    from[0], stride, height, column * 64 + vectorX, row * 64 + vectorY, target[0], to, 16, down, mean);
            halvesX = vectorX / 2;
            halvesY = vectorY / 2;
        } else {
            reference.predict(
                    from[0],
                    stride,
                    height,
                    column * 32 + vectorX,
                    row * 32 + vectorY,
                    target[0],
                    to,
                    16,
                    16,
                    down,
                    mean);
        }
        // A quarter of a chroma sample counts as a half.
        int chromaX = (halvesX >> 1) | (halvesX & 1);
        int chromaY = (halvesY >> 1) | (halvesY & 1);
        chroma(from, column, row, column * 16 + chromaX, row * 16 + chromaY, mean);
    }

    private void chroma(byte[][] from, int column, int row, int left, int top, boolean mean) {
        int to = row * 8 * (stride / 2) + column * 8;
        for (int plane = 1; plane < 3; plane++) {
            reference.predict(from[plane], stride / 2, height / 2, left, top, target[plane], to, 8, 8, down, mean);
        }
    }

    /** Predicts a macroblock by a vector for each luma block. */
    void four(boolean fromAfter, int column, int row, int[] vectorsX, int[] vectorsY, boolean mean) {
        byte[][] from = fromAfter ? after : before;
        int sumX = 0;
        int sumY = 0;
        for (int i = 0; i < 4; i++) {
            int left = column * 16 + (i & 1) * 8;
            int top = row * 16 + (i >> 1) * 8;
            int to = top * stride + left;
            if (quarter) {
                int x4 = within(4 * left + vectorsX[i], 4 * pictureWidth);
                int y4 = within(4 * top + vectorsY[i], 4 * pictureHeight);
                quarters.predict(from[0], stride, height, x4, y4, target[0], to, 8, down, mean);
            } else {
                int x2 = within(2 * left + vectorsX[i], 2 * pictureWidth);
                int y2 = within(2 * top + vectorsY[i], 2 * pictureHeight);
                reference.predict(from[0], stride, height, x2, y2, target[0], to, 8, 8, down, mean);
            }
            sumX += quarter ? vectorsX[i] / 2 : vectorsX[i];
            sumY += quarter ? vectorsY[i] / 2 : vectorsY[i];
        }
        int left = within(column * 16 + rounded(sumX), 2 * (pictureWidth / 2));
        int top = within(row * 16 + rounded(sumY), 2 * (pictureHeight / 2));
        chroma(from, column, row, left, top, mean);
    }

    /** Blocks that begin right of the picture, or below it, begin there. FFmpeg does so. */
    private static int within(int position, int end) {
        return Math.min(end, position);
    }

    private static int rounded(int sum) {
        return ROUNDED[sum & 15] + ((sum >> 3) & ~1);
    }
}
