package ttrnn.video;

/**
 * OpenCV's linear interpolation of 8-bit images from one size to another: pixel centres at half integers, weights of
 * 11 bits, horizontal sums first, of which the two rows a line needs are kept.
 */
final class LinearResize {
    /** Where source pixels come from: writes a row of RGB bytes to {@code target} from {@code offset}. */
    @FunctionalInterface
    interface PixelRows {
        void row(int row, byte[] target, int offset);
    }

    private static final int ONE = 1 << 11;

    private final int sourceWidth;
    private final int sourceHeight;
    private final int width;
    private final int height;
    /** Per target column: first byte of the left and the right source pixel, weight of the left and the right. */
    private final int[] columns;
    /** Per target row: upper and lower source row, weight of the upper and the lower. */
    private final int[] rows;

    private final byte[] source;
    private final int[][] sums;
    private final int[] sumRow = new int[2];

    LinearResize(int sourceWidth, int sourceHeight, int width, int height) {
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        this.width = width;
        this.height = height;
        columns = axis(sourceWidth, width, 3, true);
        rows = axis(sourceHeight, height, 1, false);
        source = new byte[3 * sourceWidth];
        sums = new int[2][3 * width];
    }

    boolean fits(int pictureWidth, int pictureHeight) {
        return pictureWidth == sourceWidth && pictureHeight == sourceHeight;
    }

    /** Columns beyond the border take the border pixel alone; rows mix the border row with itself. */
    private static int[] axis(int from, int to, int unit, boolean borderAlone) {
        int[] table = new int[4 * to];
        double scale = 1 / ((double) to / from);
        for (int i = 0; i < to; i++) {
            float centre = (float) ((i + 0.5) * scale - 0.5);
            int first = (int) Math.floor(centre);
            float right = centre - first;
            if (borderAlone && (first < 0 || first >= from - 1)) {
                right = 0;
            }
            table[4 * i] = unit * Math.max(0, Math.min(from - 1, first));
            table[4 * i + 1] = unit * Math.max(0, Math.min(from - 1, first + 1));
            table[4 * i + 2] = (int) Math.rint((1 - right) * ONE);
            table[4 * i + 3] = (int) Math.rint(right * ONE);
        }
        return table;
    }

    void resize(PixelRows pixels, byte[] target, int offset) {
        sumRow[0] = -1;
        sumRow[1] = -1;
        int out = offset;
        for (int row = 0; row < height; row++) {
            int upperRow = rows[4 * row];
            int lowerRow = rows[4 * row + 1];
            int[] upper = sumsOf(pixels, upperRow, lowerRow);
            int[] lower = sumsOf(pixels, lowerRow, upperRow);
            int upperWeight = rows[4 * row + 2];
            int lowerWeight = rows[4 * row + 3];
            for (int i = 0; i < upper.length; i++) {
                // At most 255: the weights' rounding adds less than the shifts take away.
                int value = ((upperWeight * (upper[i] >> 4)) >> 16) + ((lowerWeight * (lower[i] >> 4)) >> 16);
                target[out + i] = (byte) ((value + 2) >> 2);
            }
            out += upper.length;
        }
    }

    /** The horizontal sums of a source row, from the cache or computed into the place not needed for {@code other}. */
    private int[] sumsOf(PixelRows pixels, int row, int other) {
        if (sumRow[0] == row) {
            return sums[0];
        }
        if (sumRow[1] == row) {
            return sums[1];
        }
        int place = sumRow[0] == other ? 1 : 0;
        pixels.row(row, source, 0);
        int[] into = sums[place];
        int out = 0;
        for (int x = 0; x < width; x++) {
            int left = columns[4 * x];
            int right = columns[4 * x + 1];
            int leftWeight = columns[4 * x + 2];
            int rightWeight = columns[4 * x + 3];
            for (int channel = 0; channel < 3; channel++) {
                into[out++] =
                        (source[left + channel] & 0xff) * leftWeight + (source[right + channel] & 0xff) * rightWeight;
            }
        }
        sumRow[place] = row;
        return into;
    }
}
