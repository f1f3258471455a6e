package ttrnn.video;

import java.util.Arrays;

/**
 * Intra blocks are predicted from their neighbours' coefficients (ISO 14496-2, 7.4.3): the first from the left or the upper
 * one, whichever the gradient favours, and if the macroblock says so, the first column or row from the same neighbour.
 * Neighbours outside of the picture or of the video packet, and those that are not intra, count as grey.
 */
final class Mpeg4IntraPrediction {
    private static final int GREY = 1024;
    private static final int LARGEST_DC = 2047;
    private static final int BLOCKS = 6;
    private static final int KEPT = 16;

    /** For blocks 0 … 5: which block of which macroblock (0 this, 1 left, 2 above, 3 above and left) the neighbour is. */
    private static final int[] LEFT = {1 << 4 | 1, 0, 1 << 4 | 3, 2, 1 << 4 | 4, 1 << 4 | 5};

    private static final int[] ABOVE = {2 << 4 | 2, 2 << 4 | 3, 0, 1, 2 << 4 | 4, 2 << 4 | 5};
    private static final int[] CORNER = {3 << 4 | 3, 2 << 4 | 2, 1 << 4 | 1, 0, 3 << 4 | 4, 3 << 4 | 5};

    private final int columns;
    private final boolean[] intra;
    private final byte[] quantisers;
    /** Of each block: the dequantised first coefficient, then the levels of the first column, and of the first row. */
    private final short[] kept;

    private int macroblock;
    private final boolean[] available = {true, false, false, false};
    private boolean fromAbove;

    Mpeg4IntraPrediction(int columns, int rows) {
        this.columns = columns;
        this.intra = new boolean[columns * rows];
        this.quantisers = new byte[columns * rows];
        this.kept = new short[columns * rows * BLOCKS * KEPT];
    }

    /** Begins a picture: no macroblock is intra yet. */
    void clear() {
        Arrays.fill(intra, false);
    }

    /** Begins an intra macroblock; those before {@code first} are out of reach. */
    void start(int index, int first, int quantiser) {
        macroblock = index;
        int column = index % columns;
        available[1] = column > 0 && index - 1 >= first && intra[index - 1];
        available[2] = index - columns >= first && intra[index - columns];
        available[3] = column > 0 && index - columns - 1 >= first && intra[index - columns - 1];
        intra[index] = true;
        quantisers[index] = (byte) quantiser;
    }

    private int place(int neighbour) {
        int where = neighbour >> 4;
        int index = macroblock - (where & 1) - (where >= 2 ? columns : 0);
        return available[where] ? (index * BLOCKS + (neighbour & 15)) * KEPT : -1;
    }

    private int first(int neighbour) {
        int place = place(neighbour);
        return place < 0 ? GREY : kept[place];
    }

    /** The prediction of a block's first coefficient, divided by its step; decides on the side. */
    int predictFirst(int block, int step) {
        int left = first(LEFT[block]);
        int corner = first(CORNER[block]);
        int above = first(ABOVE[block]);
        fromAbove = Math.abs(left - corner) < Math.abs(corner - above);
        return ((fromAbove ? above : left) + (step >> 1)) / step;
    }

    /** The scan of a block whose row or column is predicted. */
    int[] scan() {
        return fromAbove ? Mpeg4Coefficients.HORIZONTAL : Mpeg4Coefficients.VERTICAL;
    }

    /** Adds the predicted row or column, if it is asked for, and keeps the block's own. */
    void finish(int[] block, int index, int step, boolean predicted) {
        if (predicted) {
            int neighbour = fromAbove ? ABOVE[index] : LEFT[index];
            int place = place(neighbour);
            if (place >= 0) {
                add(block, place, neighbour >> 4);
            }
        }
        int at = (macroblock * BLOCKS + index) * KEPT;
        kept[at] = (short) Math.max(0, Math.min(LARGEST_DC, block[0] * step));
        for (int i = 1; i < 8; i++) {
            kept[at + i] = (short) block[8 * i];
            kept[at + 8 + i] = (short) block[i];
        }
    }

    private void add(int[] block, int place, int where) {
        int own = quantisers[macroblock];
        int theirs = quantisers[macroblock - (where & 1) - (where >= 2 ? columns : 0)];
        int from = place + (fromAbove ? 8 : 0);
        int to = fromAbove ? 1 : 8;
        for (int i = 1; i < 8; i++) {
            int level = kept[from + i];
            if (own != theirs) {
                int scaled = level * theirs;
                level = (scaled >= 0 ? scaled + (own >> 1) : scaled - (own >> 1)) / own;
            }
            block[to * i] += level;
        }
    }
}
