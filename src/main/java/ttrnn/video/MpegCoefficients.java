package ttrnn.video;

/**
 * The coefficients of one 8x8 block, read and dequantised as ISO 11172-2, 2.4.4 (MPEG-1) and ISO 13818-2, 7.4 (MPEG-2)
 * say. MPEG-1 makes every coefficient odd, MPEG-2 the sum of a block's. Matrices are by rows, not in scan order.
 */
final class MpegCoefficients {
    private static final int LARGEST = 2047;
    private static final int SMALLEST = -2048;
    private static final int LAST = 63;
    private static final int RUN_BITS = 6;

    private final BitWindow bits;
    private boolean mpeg1;
    private int[] scan = Mpeg4Coefficients.ZIGZAG;
    private int[] intraCodes = MpegCodes.COEFFICIENTS;

    MpegCoefficients(BitWindow bits) {
        this.bits = bits;
    }

    /** Says what the blocks of the next picture obey. */
    void start(boolean isMpeg1, boolean intraFormat, boolean alternateScan) {
        mpeg1 = isMpeg1;
        intraCodes = intraFormat ? MpegCodes.INTRA_COEFFICIENTS : MpegCodes.COEFFICIENTS;
        scan = alternateScan ? Mpeg4Coefficients.VERTICAL : Mpeg4Coefficients.ZIGZAG;
    }

    /**
     * Reads the coefficients of an intra block behind the first, which stands in {@code block[0]}.
     *
     * @param quantiser twice the quantiser's scale
     * @return false if the bits are no coefficients, or more than a block has
     */
    boolean readIntra(int[] block, int quantiser, int[] matrix) {
        return read(block, intraCodes, 1, block[0], true, quantiser, matrix);
    }

    /** Reads the coefficients of a block that corrects a prediction. */
    boolean readPredicted(int[] block, int quantiser, int[] matrix) {
        long window = bits.at(bits.position);
        if (window >= 0) {
            return read(block, MpegCodes.COEFFICIENTS, 0, 0, false, quantiser, matrix);
        }
        // A first coefficient of run 0 and level 1 has a shorter code: no block is empty, so none starts with END.
        bits.position += 2;
        block[0] = finish((window << 1) < 0, (3 * quantiser * matrix[0]) >> 5);
        return read(block, MpegCodes.COEFFICIENTS, 1, block[0], false, quantiser, matrix);
    }

    private boolean read(int[] block, int[] codes, int from, int first, boolean intra, int quantiser, int[] matrix) {
        int[] order = scan;
        int at = from;
        int sum = first;
        int position = bits.position;
        while (true) {
            long window = bits.at(position);
            int entry = codes[MpegCodes.place(window)];
            int length = entry & 31;
            int value = entry >> 5;
            boolean negative;
            int level;
            if (value < MpegCodes.END) {
                at += value >> 6;
                level = value & 63;
                negative = (window << length) < 0;
                position += length + 1;
            } else if (value == MpegCodes.END) {
                bits.position = position + length;
                if (!mpeg1 && (sum & 1) == 0) {
                    block[LAST] ^= 1;
                }
                return true;
            } else {
                at += (int) ((window << length) >>> (64 - RUN_BITS));
                int signed = escaped(window << (length + RUN_BITS));
                position += length + RUN_BITS + escapedBits(window << (length + RUN_BITS));
                negative = signed < 0;
                level = Math.abs(signed);
            }
            if (at > LAST || level == 0) {
                return false;
            }
            int place = order[at];
            int scale = quantiser * matrix[place];
            int size = intra ? (level * scale) >> 4 : ((2 * level + 1) * scale) >> 5;
            int coefficient = finish(negative, size);
            block[place] = coefficient;
            sum += coefficient;
            at++;
        }
    }

    /** MPEG-1: 8 bits, and 8 more where those are 0 or -128. MPEG-2: 12 bits. */
    private int escaped(long window) {
        if (!mpeg1) {
            return (int) (window >> (64 - 12));
        }
        int level = (int) (window >> (64 - 8));
        if (level != 0 && level != -128) {
            return level;
        }
        int more = (int) ((window << 8) >>> (64 - 8));
        return level == 0 ? more : more - 256;
    }

    private int escapedBits(long window) {
        if (!mpeg1) {
            return 12;
        }
        int level = (int) (window >> (64 - 8));
        return level == 0 || level == -128 ? 16 : 8;
    }

    /** Gives a size its sign; in MPEG-1 an even size loses 1 first. */
    private int finish(boolean negative, int size) {
        int odd = mpeg1 && size > 0 ? (size - 1) | 1 : size;
        return negative ? Math.max(-odd, SMALLEST) : Math.min(odd, LARGEST);
    }
}
