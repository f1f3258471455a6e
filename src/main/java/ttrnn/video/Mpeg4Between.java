package ttrnn.video;

/**
 * Macroblocks of B pictures (ISO 14496-2, 7.6.9): from the reference before, the one after, the mean of both, or with the
 * scaled vectors of the macroblock at the same place of the reference after ("direct").
 */
final class Mpeg4Between {
    private static final int DIRECT = 1;
    private static final int BOTH = 2;
    private static final int BACKWARD = 3;
    private static final int FORWARD = 4;

    private final BitWindow bits;
    private final int columns;
    private final Mpeg4Vectors vectors;
    private final Mpeg4Motion motion;
    private final boolean quarter;
    private final int[] x = new int[4];
    private final int[] y = new int[4];
    private final int[] backX = new int[4];
    private final int[] backY = new int[4];
    private int range;
    private int rangeBack;
    private long distance;
    private long whole;
    private int quantiser;
    /** The last vectors forwards and backwards of this row, which the next are predicted by. */
    private int lastX;

    private int lastY;
    private int lastBackX;
    private int lastBackY;

    Mpeg4Between(BitWindow bits, int columns, Mpeg4Vectors vectors, Mpeg4Motion motion, boolean quarter) {
        this.quarter = quarter;
        this.bits = bits;
        this.columns = columns;
        this.vectors = vectors;
        this.motion = motion;
    }

    /**
     * Begins a picture.
     *
     * @param between time from the reference before it to it
     * @param references time between the references
     */
    void start(int forwardRange, int backwardRange, long between, long references) {
        range = forwardRange;
        rangeBack = backwardRange;
        distance = between;
        whole = references;
    }

    /** Forgets the last vectors, as at the beginning of a row. */
    void restart() {
        lastX = 0;
        lastY = 0;
        lastBackX = 0;
        lastBackY = 0;
    }

    int quantiser() {
        return quantiser;
    }

    /** Reads a macroblock's kind and vectors and predicts it; which blocks are coded, or -1 for damaged bits. */
    int macroblock(int index, int currentQuantiser) {
        quantiser = currentQuantiser;
        if (bits.flag()) {
            direct(index, 0, 0);
            return 0;
        }
        boolean none = bits.flag();
        int kind = Integer.numberOfLeadingZeros(bits.peek(4)) - 27;
        if (kind > FORWARD) {
            return -1;
        }
        bits.position += kind;
        int coded = none ? 0 : bits.read(6);
        if (kind != DIRECT && coded != 0 && bits.flag()) {
            quantiser = Math.max(1, Math.min(31, quantiser + (bits.flag() ? 2 : -2)));
        }
        return motion(kind, index) ? coded : -1;
    }

    private boolean motion(int kind, int index) {
        int column = index % columns;
        int row = index / columns;
        if (kind == DIRECT) {
            vectors.x = 0;
            vectors.y = 0;
            if (!vectors.read(1)) {
                return false;
            }
            direct(index, vectors.x, vectors.y);
            return true;
        }
        if (kind == FORWARD || kind == BOTH) {
            vectors.x = lastX;
            vectors.y = lastY;
            if (!vectors.read(range)) {
                return false;
            }
            lastX = vectors.x;
            lastY = vectors.y;
            motion.one(false, column, row, lastX, lastY, false);
        }
        if (kind == BACKWARD || kind == BOTH) {
            vectors.x = lastBackX;
            vectors.y = lastBackY;
            if (!vectors.read(rangeBack)) {
                return false;
            }
            lastBackX = vectors.x;
            lastBackY = vectors.y;
            motion.one(true, column, row, lastBackX, lastBackY, kind == BOTH);
        }
        return true;
    }

    private void direct(int index, int differenceX, int differenceY) {
        // By quarters, blocks of 8x8 mirror at their own borders, and direct macroblocks always have four.
        boolean four = quarter || vectors.four(index);
        for (int i = 0; i < (four ? 4 : 1); i++) {
            vectors.direct(index, i, differenceX, differenceY, distance, whole);
            x[i] = vectors.x;
            y[i] = vectors.y;
            vectors.directBack(index, i, differenceX, differenceY, distance, whole);
            backX[i] = vectors.x;
            backY[i] = vectors.y;
        }
        int column = index % columns;
        int row = index / columns;
        if (four) {
            motion.four(false, column, row, x, y, false);
            motion.four(true, column, row, backX, backY, true);
        } else {
            motion.one(false, column, row, x[0], y[0], false);
            motion.one(true, column, row, backX[0], backY[0], true);
        }
    }
}
