package ttrnn.video;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the macroblocks of a picture into its planes and remembers which of them came. */
final class MacroblockMap {
    private static final byte GREY = (byte) 128;

    private final int columns;
    private final int rows;
    private final boolean[] covered;

    /** @param codedWidth width of the luma plane, a multiple of 16 */
    MacroblockMap(int codedWidth, int codedHeight) {
        columns = codedWidth >> 4;
        rows = codedHeight >> 4;
        covered = new boolean[columns * rows];
    }

    /** Starts a picture. */
    void clear() {
        Arrays.fill(covered, false);
    }

    /**
     * Writes one macroblock, samples limited to 0 … 255.
     *
     * @param samples luma [16, 16], then twice chroma [8, 8], by rows
     */
    void put(int[][] samples, byte[][] planes, int column, int row) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("macroblock row " + row + " of " + rows);
        }
        covered[row * columns + column] = true;
        int stride = columns << 4;
        store(samples[0], planes[0], (row * stride + column) << 4, stride, 16);
        int chromaStride = columns << 3;
        int chroma = (row * chromaStride + column) << 3;
        store(samples[1], planes[1], chroma, chromaStride, 8);
        store(samples[2], planes[2], chroma, chromaStride, 8);
    }

    private static void store(int[] samples, byte[] plane, int offset, int stride, int side) {
        int from = 0;
        for (int y = 0, to = offset; y < side; y++, to += stride) {
            for (int x = 0; x < side; x++) {
                int sample = samples[from++];
                plane[to + x] = (byte) Math.max(0, Math.min(255, sample));
            }
        }
    }

    /** Fills the macroblocks that did not come from {@code previous}, or grey; how many they were. */
    int conceal(byte[][] planes, byte @Nullable [][] previous) {
        int missing = 0;
        for (int i = 0; i < covered.length; i++) {
            if (!covered[i]) {
                missing++;
                int column = i % columns;
                int row = i / columns;
                for (int plane = 0; plane < 3; plane++) {
                    int side = plane == 0 ? 16 : 8;
                    byte[] from = previous == null ? null : previous[plane];
                    fill(planes[plane], from, (row * columns * side + column) * side, columns * side, side);
                }
            }
        }
        return missing;
    }

    private static void fill(byte[] plane, byte @Nullable [] from, int offset, int stride, int side) {
        for (int y = 0, at = offset; y < side; y++, at += stride) {
            if (from == null) {
                Arrays.fill(plane, at, at + side, GREY);
            } else {
                System.arraycopy(from, at, plane, at, side);
            }
        }
    }
}
