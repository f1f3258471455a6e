package ttrnn.video;

import java.util.Arrays;

/**
 * Motion vectors of MPEG-4 part 2 in half samples: those of the newest reference picture, four a macroblock, as neighbours
 * predict one another and the B pictures before it take theirs from it (ISO 14496-2, 7.6.3 to 7.6.9).
 */
final class Mpeg4Vectors {
    private static final int OUTSIDE = -1;

    /** For blocks 0 … 3: which block of which macroblock (0 this, 1 left, 2 above, 3 above and right) is the candidate. */
    private static final int[] LEFT = {1 << 4 | 1, 0, 1 << 4 | 3, 2};

    private static final int[] ABOVE = {2 << 4 | 2, 2 << 4 | 3, 0, 1};
    private static final int[] RIGHT = {3 << 4 | 2, 3 << 4 | 2, 1, 0};

    private final BitWindow bits;
    private final int columns;
    private final short[] across;
    private final short[] down;
    private final boolean[] skipped;
    private final boolean[] four;

    /** The vector that was predicted, read or computed last. */
    int x;

    int y;

    Mpeg4Vectors(BitWindow bits, int columns, int rows) {
        this.bits = bits;
        this.columns = columns;
        this.across = new short[4 * columns * rows];
        this.down = new short[4 * columns * rows];
        this.skipped = new boolean[columns * rows];
        this.four = new boolean[columns * rows];
    }

    /** Begins a reference picture: nothing moves. */
    void clear() {
        Arrays.fill(across, (short) 0);
        Arrays.fill(down, (short) 0);
        Arrays.fill(skipped, false);
        Arrays.fill(four, false);
    }

    void skip(int macroblock) {
        skipped[macroblock] = true;
    }

    /** Whether a macroblock is the same as in the reference before. */
    boolean skipped(int macroblock) {
        return skipped[macroblock];
    }

    /** Whether a macroblock's four blocks move on their own. */
    boolean four(int macroblock) {
        return four[macroblock];
    }

    /** Makes the last vector that of one block, or of all if {@code block} is -1. */
    void keep(int macroblock, int block) {
        int from = 4 * macroblock + Math.max(0, block);
        int to = block < 0 ? from + 4 : from + 1;
        Arrays.fill(across, from, to, (short) x);
        Arrays.fill(down, from, to, (short) y);
        four[macroblock] = block >= 0;
    }

    void load(int macroblock, int block) {
        x = across[4 * macroblock + block];
        y = down[4 * macroblock + block];
    }

    /** Predicts a block's vector by the median of three neighbours'; those before macroblock {@code first} are out of reach. */
    void predict(int macroblock, int block, int first) {
        int a = place(LEFT[block], macroblock, first);
        int b = place(ABOVE[block], macroblock, first);
        int c = place(RIGHT[block], macroblock, first);
        int missing = (a >> 31) + (b >> 31) + (c >> 31);
        if (missing == -2) {
            // The one that is there counts alone; the sum of the places is its own and twice -1.
            int only = a + b + c + 2;
            x = across[only];
            y = down[only];
        } else {
            x = median(of(across, a), of(across, b), of(across, c));
            y = median(of(down, a), of(down, b), of(down, c));
        }
    }

    private int place(int candidate, int macroblock, int first) {
        int where = candidate >> 4;
        int index = switch (where) {
            case 1 -> macroblock % columns == 0 ? OUTSIDE : macroblock - 1;
            case 2 -> macroblock - columns;
            case 3 -> (macroblock + 1) % columns == 0 ? OUTSIDE : macroblock - columns + 1;
            default -> macroblock;
        };
        return index < first ? OUTSIDE : 4 * index + (candidate & 15);
    }

    private static int of(short[] vectors, int place) {
        return place < 0 ? 0 : vectors[place];
    }

    private static int median(int a, int b, int c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    /** Adds a difference that is read to the last vector; false if there is none. */
    boolean read(int range) {
        int readX = component(x, range);
        if (readX == Integer.MIN_VALUE) {
            return false;
        }
        int readY = component(y, range);
        x = readX;
        y = readY;
        return readY != Integer.MIN_VALUE;
    }

    private int component(int predicted, int range) {
        long window = bits.at(bits.position);
        int entry = Mpeg4Codes.VECTORS[(int) (window >>> (64 - Mpeg4Codes.VECTOR_BITS))];
        int length = entry & 15;
        int size = entry >> 4;
        bits.position += length;
        if (size == 0) {
            return entry == 0 ? Integer.MIN_VALUE : predicted;
        }
        boolean negative = bits.flag();
        if (range > 1) {
            size = ((size - 1) << (range - 1) | bits.read(range - 1)) + 1;
        }
        int wrapped = 32 - (5 + range);
        return (predicted + (negative ? -size : size)) << wrapped >> wrapped;
    }

    /**
     * Makes the last vector the one of a B picture's block forwards: that of the same block of the reference after it, scaled.
     *
     * @param distance from the reference before to the picture, of {@code whole} up to the reference after
     */
    void direct(int macroblock, int block, int differenceX, int differenceY, long distance, long whole) {
        x = (int) (across[4 * macroblock + block] * distance / whole) + differenceX;
        y = (int) (down[4 * macroblock + block] * distance / whole) + differenceY;
    }

    /** The vector backwards that belongs to the last, which {@link #direct} gave. */
    void directBack(int macroblock, int block, int differenceX, int differenceY, long distance, long whole) {
        int there = across[4 * macroblock + block];
        x = differenceX == 0 ? (int) (there * (distance - whole) / whole) : x - there;
        there = down[4 * macroblock + block];
        y = differenceY == 0 ? (int) (there * (distance - whole) / whole) : y - there;
    }
}
