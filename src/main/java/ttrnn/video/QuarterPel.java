package ttrnn.video;

/**
 * Prediction by quarter samples (ISO 14496-2, 7.6.2.2): half samples by a filter of eight taps that mirrors what lies outside of
 * the block, quarter samples as means of their neighbours; first across, then down.
 */
final class QuarterPel {
    private static final int MOST = 17;

    /** A block of up to 16x16 and the row and column after it. */
    private final int[] samples = new int[MOST * MOST];

    private final int[] line = new int[MOST];

    /**
     * Predicts a block.
     *
     * @param left first column of the block in quarter samples, {@code top} likewise
     * @param size of the block, 8 or 16
     */
    void predict(
            byte[] source,
            int planeWidth,
            int planeHeight,
            int left,
            int top,
            byte[] target,
            int to,
            int size,
            boolean down,
            boolean mean) {
        int x = left >> 2;
        int y = top >> 2;
        for (int row = 0; row <= size; row++) {
            int from = Math.max(0, Math.min(planeHeight - 1, y + row)) * planeWidth;
            for (int column = 0; column <= size; column++) {
                samples[row * MOST + column] = source[from + Math.max(0, Math.min(planeWidth - 1, x + column))] & 0xff;
            }
        }
        for (int row = 0; (left & 3) != 0 && row <= size; row++) {
            filter(row * MOST, 1, size, left & 3, down);
        }
        for (int column = 0; (top & 3) != 0 && column < size; column++) {
            filter(column, MOST, size, top & 3, down);
        }
        for (int row = 0; row < size; row++) {
            int at = to + row * planeWidth;
            for (int column = 0; column < size; column++) {
                int value = samples[row * MOST + column];
                target[at + column] = (byte) (mean ? ((target[at + column] & 0xff) + value + 1) >> 1 : value);
            }
        }
    }

    /** Replaces the samples of a row or column by those a quarter, a half or three quarters further. */
    private void filter(int at, int step, int size, int quarters, boolean down) {
        for (int i = 0; i <= size; i++) {
            line[i] = samples[at + i * step];
        }
        for (int i = 0; i < size; i++) {
            int sum = 20 * (line[i] + line[i + 1])
                    - 6 * (mirrored(i - 1, size) + mirrored(i + 2, size))
                    + 3 * (mirrored(i - 2, size) + mirrored(i + 3, size))
                    - (mirrored(i - 3, size) + mirrored(i + 4, size));
            int half = Math.max(0, Math.min(255, (sum + (down ? 15 : 16)) >> 5));
            int rounding = down ? 0 : 1;
            samples[at + i * step] = switch (quarters) {
                case 1 -> (line[i] + half + rounding) >> 1;
                case 2 -> half;
                default -> (line[i + 1] + half + rounding) >> 1;
            };
        }
    }

    private int mirrored(int i, int size) {
        return line[i < 0 ? -1 - i : i > size ? 2 * size + 1 - i : i];
    }
}
