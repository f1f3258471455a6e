package ttrnn.video;

/** The coefficients of 8x8 blocks of MPEG-4 part 2 (ISO 14496-2, 7.4.1 and 7.4.4): codes, escapes, dequantisation. */
final class Mpeg4Coefficients {
    /** Scans by 8x8 index: zigzag, and for predicted intra coefficients by rows and by columns. */
    static final int[] ZIGZAG = scan(
            "0 1 8 16 9 2 3 10 17 24 32 25 18 11 4 5 12 19 26 33 40 48 41 34 27 20 13 6 7 14 21 28 35 42 49 56 57 50"
                    + " 43 36 29 22 15 23 30 37 44 51 58 59 52 45 38 31 39 46 53 60 61 54 47 55 62 63");

    static final int[] HORIZONTAL = scan(
            "0 1 2 3 8 9 16 17 10 11 4 5 6 7 15 14 13 12 19 18 24 25 32 33 26 27 20 21 22 23 28 29 30 31 34 35 40 41"
                    + " 48 49 42 43 36 37 38 39 44 45 46 47 50 51 56 57 58 59 52 53 54 55 60 61 62 63");
    static final int[] VERTICAL = scan(
            "0 8 16 24 1 9 2 10 17 25 32 40 48 56 57 49 41 33 26 18 3 11 4 12 19 27 34 42 50 58 35 43 51 59 20 28 5 13"
                    + " 6 14 21 29 36 44 52 60 37 45 53 61 22 30 7 15 23 31 38 46 54 62 39 47 55 63");

    private static final int ESCAPE_BITS = 7;
    private static final int MARKERS = 1 << 13 | 1;
    private static final int LARGEST = 2047;
    private static final int SMALLEST = -2048;

    private final BitWindow bits;

    Mpeg4Coefficients(BitWindow bits) {
        this.bits = bits;
    }

    private static int[] scan(String order) {
        String[] words = order.split(" ", -1);
        int[] scan = new int[64];
        for (int i = 0; i < 64; i++) {
            scan[i] = Integer.parseInt(words[i]);
        }
        return scan;
    }

    /**
     * Reads coefficients up to the last one.
     *
     * @param from index in the scan of the first
     * @param factor what a level is multiplied with, {@code addend} what its size grows by then
     * @return false if the bits are no coefficients, or more than a block has
     */
    boolean read(int[] block, int[] scan, int from, boolean intra, int factor, int addend) {
        int[] codes = intra ? Mpeg4Codes.INTRA_COEFFICIENTS : Mpeg4Codes.INTER_COEFFICIENTS;
        int at = from;
        int position = bits.position;
        while (true) {
            long window = bits.at(position);
            int entry = codes[(int) (window >>> (64 - Mpeg4Codes.COEFFICIENT_BITS))];
            int value = entry >> 4;
            if (value == Mpeg4Codes.ESCAPE) {
                long escape = escape(window << ESCAPE_BITS, codes, intra);
                value = (int) (escape >> 32);
                entry = (int) escape & 0xff;
                position += ESCAPE_BITS;
                at += (value >> 16) & 63;
                if (entry == 0 || at > 63) {
                    return false;
                }
                int level = (short) value;
                int size = Math.min(LARGEST - SMALLEST, Math.abs(level) * factor + addend);
                block[scan[at]] = level < 0 ? Math.max(SMALLEST, -size) : Math.min(LARGEST, size);
                position += entry;
                if ((value >> 22 & 1) != 0) {
                    bits.position = position;
                    return true;
                }
            } else {
                at += value >> 6 & 63;
                if (entry == 0 || at > 63) {
                    return false;
                }
                int length = entry & 15;
                int size = (value & 63) * factor + addend;
                int sign = (int) (window << length >> 63);
                block[scan[at]] = (size ^ sign) - sign;
                position += length + 1;
                if ((value >> 12) != 0) {
                    bits.position = position;
                    return true;
                }
            }
            at++;
        }
    }

    /**
     * What stands behind an escape: 0 and a code whose level is larger than any with a code, 10 and one whose run is longer,
     * or 11 and everything in plain numbers.
     *
     * @return bits used in the lowest byte, 0 if there is no such code; above bit 32 last, run and signed level
     */
    private static long escape(long window, int[] codes, boolean intra) {
        if (window < 0 && (window << 1) < 0) {
            long fields = window << 2;
            int last = (int) (fields >>> 63);
            int run = (int) (fields >>> 57) & 63;
            int rest = (int) (fields >>> 43) & 0x3fff;
            int level = rest << 19 >> 20;
            boolean valid = (rest & MARKERS) == MARKERS && level != 0;
            return pack(last, run, level, valid ? 2 + 21 : 0);
        }
        int prefix = window < 0 ? 2 : 1;
        long rest = window << prefix;
        int entry = codes[(int) (rest >>> (64 - Mpeg4Codes.COEFFICIENT_BITS))];
        int value = entry >> 4;
        if (entry == 0 || value == Mpeg4Codes.ESCAPE) {
            return 0;
        }
        int last = value >> 12;
        int run = value >> 6 & 63;
        int level = value & 63;
        int length = entry & 15;
        if (prefix == 1) {
            level += (intra ? Mpeg4Codes.INTRA_LEVELS : Mpeg4Codes.INTER_LEVELS)[last << 6 | run];
        } else {
            run += (intra ? Mpeg4Codes.INTRA_RUNS : Mpeg4Codes.INTER_RUNS)[last << 6 | level] + 1;
        }
        boolean negative = (rest << length) < 0;
        return pack(last, run, negative ? -level : level, prefix + length + 1);
    }

    private static long pack(int last, int run, int level, int length) {
        return (long) (last << 22 | Math.min(63, run) << 16 | (level & 0xffff)) << 32 | length;
    }

    /** Dequantises a predicted block by a matrix; its sum is made odd by its last coefficient. */
    static void byMatrix(int[] block, int[] matrix, int quantiser) {
        int sum = 0;
        for (int i = 0; i < 64; i++) {
            int level = block[i];
            if (level != 0) {
                int size = Math.min(2048, ((2 * Math.abs(level) + 1) * quantiser * matrix[i]) >> 4);
                block[i] = level < 0 ? -size : Math.min(LARGEST, size);
                sum += block[i];
            }
        }
        if ((sum & 1) == 0) {
            block[63] ^= 1;
        }
    }

    /** Dequantises the coefficients behind the first of an intra block, with a matrix, or with a step if it is empty. */
    static void intra(int[] block, int[] matrix, int quantiser) {
        int addend = (quantiser - 1) | 1;
        int sum = block[0];
        for (int i = 1; i < 64; i++) {
            int level = block[i];
            if (level != 0) {
                int size = Math.abs(level) * 2 * quantiser;
                size = Math.min(2048, matrix.length == 0 ? size + addend : (size * matrix[i]) >> 4);
                block[i] = level < 0 ? -size : Math.min(LARGEST, size);
                sum += block[i];
            }
        }
        if (matrix.length != 0 && (sum & 1) == 0) {
            block[63] ^= 1;
        }
    }
}
