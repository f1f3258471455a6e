package ttrnn.video;

/**
 * Motion vectors of MPEG-1 and MPEG-2 frame pictures and the prediction by them (ISO 11172-2, 2.4.4; ISO 13818-2, 7.6):
 * each is coded as its difference from the last one of its direction.
 */
final class MpegMotion {
    private static final int MOST_RANGE = 9;

    private final BitWindow bits;
    private final Reference reference = new Reference();
    private final int width;
    private final int height;
    private final boolean tallChroma;
    /** By direction (0 from the reference before, 1 from the one after): ranges across and down, last vectors. */
    private final int[][] ranges = new int[2][2];

    private final int[][] last = new int[2][2];
    private final boolean[] whole = new boolean[2];
    private byte[][] target = {};
    private byte[][][] sources = {};

    MpegMotion(BitWindow bits, MpegSequence sequence) {
        this.bits = bits;
        this.width = sequence.codedWidth();
        this.height = sequence.codedHeight();
        this.tallChroma = sequence.tallChroma();
    }

    /** Begins a picture. */
    void start(byte[][] into, byte[][] before, byte[][] after) {
        target = into;
        sources = new byte[][][] {before, after};
    }

    /** Sets how far vectors of a direction reach, and whether they count whole samples. */
    void range(int direction, int across, int down, boolean wholeSamples) {
        ranges[direction][0] = across;
        ranges[direction][1] = down;
        whole[direction] = wholeSamples;
    }

    /** Whether vectors of a direction can be read. */
    boolean valid(int direction) {
        int across = ranges[direction][0];
        int down = ranges[direction][1];
        return across > 0 && across <= MOST_RANGE && down > 0 && down <= MOST_RANGE;
    }

    /** Forgets the last vectors. */
    void reset() {
        last[0][0] = 0;
        last[0][1] = 0;
        last[1][0] = 0;
        last[1][1] = 0;
    }

    /** Reads a vector; false if there is none. */
    boolean read(int direction) {
        for (int axis = 0; axis < 2; axis++) {
            int entry = MpegCodes.VECTORS[bits.peek(MpegCodes.VECTOR_BITS)];
            if (entry == 0) {
                return false;
            }
            bits.position += entry & 31;
            int size = entry >> 5;
            if (size > 0) {
                boolean negative = bits.flag();
                int more = ranges[direction][axis] - 1;
                if (more > 0) {
                    size = (((size - 1) << more) | bits.read(more)) + 1;
                }
                int unused = 32 - (5 + more);
                last[direction][axis] = (last[direction][axis] + (negative ? -size : size)) << unused >> unused;
            }
        }
        return true;
    }

    /** Predicts a macroblock by the last vector of a direction; {@code mean} with what was predicted before. */
    void predict(int direction, int column, int row, boolean mean) {
        int x = last[direction][0] << (whole[direction] ? 1 : 0);
        int y = last[direction][1] << (whole[direction] ? 1 : 0);
        byte[][] from = sources[direction];
        int to = row * 16 * width + column * 16;
        reference.predict(from[0], width, height, column * 32 + x, row * 32 + y, target[0], to, 16, 16, false, mean);
        int chromaWidth = width / 2;
        int chromaRows = tallChroma ? 16 : 8;
        int chromaHeight = tallChroma ? height : height / 2;
        int chromaX = column * 16 + x / 2;
        int chromaY = 2 * row * chromaRows + (tallChroma ? y : y / 2);
        to = row * chromaRows * chromaWidth + column * 8;
        for (int plane = 1; plane < 3; plane++) {
            reference.predict(
                    from[plane],
                    chromaWidth,
                    chromaHeight,
                    chromaX,
                    chromaY,
                    target[plane],
                    to,
                    8,
                    chromaRows,
                    false,
                    mean);
        }
    }
}
