package ttrnn.video;

/**
 * The variable-length codes of MPEG-1 and MPEG-2 video (ISO 13818-2, annex B), as tables that are looked up with the next
 * bits. An entry is {@code value << 5 | length}; 0 where no code begins so.
 */
final class MpegCodes {
    /** Values of coefficients' codes that are none of {@code run << 6 | level}: the end of a block, an escape. */
    static final int END = 1 << 12;

    static final int ESCAPE = END + 1;

    static final int INCREMENT_BITS = 11;
    static final int PATTERN_BITS = 9;
    static final int VECTOR_BITS = 10;
    static final int SIZE_BITS = 10;
    static final int KIND_BITS = 6;

    /** Bits of an address increment that say nothing, or that 33 macroblocks are to be added. */
    static final int STUFFING = 33;

    static final int MANY = 34;

    /** Bits of a macroblock's kind. */
    static final int QUANTISER = 16;

    static final int FORWARD = 8;
    static final int BACKWARD = 4;
    static final int PATTERN = 2;
    static final int INTRA = 1;

    /** Bits that a coefficient's code has at most, and how many zeros the longer ones begin with. */
    private static final int LONGEST = 16;

    private static final int SHORT = 10;

    /** Runs and levels that have codes: run * 100 + level. */
    private static final int[] EVENTS = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114,
        115, 116, 117, 118, 201, 202, 203, 204, 205, 301, 302, 303, 304, 401, 402, 403, 501, 502, 503, 601, 602, 603,
        701, 702, 801, 802, 901, 902, 1001, 1002, 1101, 1102, 1201, 1202, 1301, 1302, 1401, 1402, 1501, 1502, 1601,
        1602, 1701, 1801, 1901, 2001, 2101, 2201, 2301, 2401, 2501, 2601, 2701, 2801, 2901, 3001, 3101
    };

    /** Their codes in the order above, of most blocks, and of intra blocks where a picture says so. */
    private static final String CODES =
            "11 0100 00101 0000110 00100110 00100001 0000001010 000000011101 000000011000 000000010011 "
                    + "000000010000 0000000011010 0000000011001 0000000011000 0000000010111 00000000011111 "
                    + "00000000011110 00000000011101 00000000011100 00000000011011 00000000011010 00000000011001 "
                    + "00000000011000 00000000010111 00000000010110 00000000010101 00000000010100 00000000010011 "
                    + "00000000010010 00000000010001 00000000010000 000000000011000 000000000010111 "
                    + "000000000010110 000000000010101 000000000010100 000000000010011 000000000010010 "
                    + "000000000010001 000000000010000 011 000110 00100101 0000001100 000000011011 0000000010110 "
                    + "0000000010101 000000000011111 000000000011110 000000000011101 000000000011100 "
                    + "000000000011011 000000000011010 000000000011001 0000000000010011 0000000000010010 "
                    + "0000000000010001 0000000000010000 0101 0000100 0000001011 000000010100 0000000010100 00111 "
                    + "00100100 000000011100 0000000010011 00110 0000001111 000000010010 000111 0000001001 "
                    + "0000000010010 000101 000000011110 0000000000010100 000100 000000010101 0000111 000000010001 "
                    + "0000101 0000000010001 00100111 0000000010000 00100011 0000000000011010 00100010 "
                    + "0000000000011001 00100000 0000000000011000 0000001110 0000000000010111 0000001101 "
                    + "0000000000010110 0000001000 0000000000010101 000000011111 000000011010 000000011001 "
                    + "000000010111 000000010110 0000000011111 0000000011110 0000000011101 0000000011100 "
                    + "0000000011011 0000000000011111 0000000000011110 0000000000011101 0000000000011100 "
                    + "0000000000011011";

    private static final String INTRA_CODES =
            "10 110 0111 11100 11101 000101 000100 1111011 1111100 00100011 00100010 11111010 11111011 "
                    + "11111110 11111111 00000000011111 00000000011110 00000000011101 00000000011100 "
                    + "00000000011011 00000000011010 00000000011001 00000000011000 00000000010111 00000000010110 "
                    + "00000000010101 00000000010100 00000000010011 00000000010010 00000000010001 00000000010000 "
                    + "000000000011000 000000000010111 000000000010110 000000000010101 000000000010100 "
                    + "000000000010011 000000000010010 000000000010001 000000000010000 010 00110 1111001 00100111 "
                    + "00100000 0000000010110 0000000010101 000000000011111 000000000011110 000000000011101 "
                    + "000000000011100 000000000011011 000000000011010 000000000011001 0000000000010011 "
                    + "0000000000010010 0000000000010001 0000000000010000 00101 0000111 11111100 0000001100 "
                    + "0000000010100 00111 00100110 000000011100 0000000010011 000110 11111101 000000010010 000111 "
                    + "000000100 0000000010010 0000110 000000011110 0000000000010100 0000100 000000010101 0000101 "
                    + "000000010001 1111000 0000000010001 1111010 0000000010000 00100001 0000000000011010 00100101 "
                    + "0000000000011001 00100100 0000000000011000 000000101 0000000000010111 000000111 "
                    + "0000000000010110 0000001101 0000000000010101 000000011111 000000011010 000000011001 "
                    + "000000010111 000000010110 0000000011111 0000000011110 0000000011101 0000000011100 "
                    + "0000000011011 0000000000011111 0000000000011110 0000000000011101 0000000000011100 "
                    + "0000000000011011";

    static final int[] COEFFICIENTS = coefficients("10", CODES);
    static final int[] INTRA_COEFFICIENTS = coefficients("0110", INTRA_CODES);

    /** Which of the six blocks are coded, by their code's number: 0 to 63. */
    static final int[] PATTERNS = table(
            PATTERN_BITS,
            "000000001 01011 01001 001101 1101 0010111 0010011 00011111 1100 0010110 0010010 00011110 "
                    + "10011 00011011 00010111 00010011 1011 0010101 0010001 00011101 10001 00011001 00010101 "
                    + "00010001 001111 00001111 00001101 000000011 01111 00001011 00000111 000000111 1010 0010100 "
                    + "0010000 00011100 001110 00001110 00001100 000000010 10000 00011000 00010100 00010000 01110 "
                    + "00001010 00000110 000000110 10010 00011010 00010110 00010010 01101 00001001 00000101 "
                    + "000000101 01100 00001000 00000100 000000100 111 01010 01000 001100");

    static final int[] INCREMENTS = table(
            INCREMENT_BITS,
            "1 011 010 0011 0010 00011 00010 0000111 0000110 00001011 00001010 00001001 00001000 "
                    + "00000111 00000110 0000010111 0000010110 0000010101 0000010100 0000010011 0000010010 "
                    + "00000100011 00000100010 00000100001 00000100000 00000011111 00000011110 00000011101 "
                    + "00000011100 00000011011 00000011010 00000011001 00000011000"
                    + " 00000001111 00000001000");

    /** Size of a vector's difference, 0 to 16. */
    static final int[] VECTORS = table(
            VECTOR_BITS,
            "1 01 001 0001 000011 0000101 0000100 0000011 000001011 000001010 000001001 0000010001 0000010000"
                    + " 0000001111 0000001110 0000001101 0000001100");

    /** Bits of the difference of a luma block's first coefficient. */
    static final int[] LUMA_SIZES =
            table(SIZE_BITS, "100 00 01 101 110 1110 11110 111110 1111110 11111110 111111110 111111111");

    static final int[] CHROMA_SIZES =
            table(SIZE_BITS, "00 01 10 110 1110 11110 111110 1111110 11111110 111111110 1111111110 1111111111");

    /** Kinds of macroblocks in I, P and B pictures. */
    static final int[][] KINDS = {
        table(KIND_BITS, "1 01", INTRA, INTRA | QUANTISER),
        table(
                KIND_BITS,
                "1 01 001 00011 00010 00001 000001",
                FORWARD | PATTERN,
                PATTERN,
                FORWARD,
                INTRA,
                FORWARD | PATTERN | QUANTISER,
                PATTERN | QUANTISER,
                INTRA | QUANTISER),
        table(
                KIND_BITS,
                "10 11 010 011 0010 0011 00011 00010 000011 000010 000001",
                FORWARD | BACKWARD,
                FORWARD | BACKWARD | PATTERN,
                BACKWARD,
                BACKWARD | PATTERN,
                FORWARD,
                FORWARD | PATTERN,
                INTRA,
                FORWARD | BACKWARD | PATTERN | QUANTISER,
                FORWARD | PATTERN | QUANTISER,
                BACKWARD | PATTERN | QUANTISER,
                INTRA | QUANTISER)
    };

    private MpegCodes() {}

    /** Where the code of a coefficient is looked up: the long ones, which begin with zeros, by all their bits. */
    static int place(long window) {
        int bits = (int) (window >>> (64 - LONGEST));
        return bits < 1 << SHORT ? bits : (1 << SHORT) + (bits >> (LONGEST - SHORT));
    }

    private static int[] coefficients(String end, String codes) {
        int[] table = new int[2 << SHORT];
        put(table, end, END);
        put(table, "000001", ESCAPE);
        int i = 0;
        for (String code : codes.split(" ", -1)) {
            put(table, code, ((EVENTS[i] / 100) << 6) | (EVENTS[i] % 100));
            i++;
        }
        assert i == EVENTS.length;
        return table;
    }

    private static void put(int[] table, String code, int value) {
        int free = LONGEST - code.length();
        int step = code.startsWith("000000") ? 1 : 1 << (LONGEST - SHORT);
        long first = (long) Integer.parseInt(code, 2) << free;
        for (long bits = first; bits < first + (1L << free); bits += step) {
            int at = place(bits << (64 - LONGEST));
            assert table[at] == 0 : code;
            table[at] = value << 5 | code.length();
        }
    }

    private static int[] table(int bits, String codes, int... values) {
        int[] table = new int[1 << bits];
        int i = 0;
        for (String code : codes.split(" ", -1)) {
            int free = bits - code.length();
            int first = Integer.parseInt(code, 2) << free;
            int value = values.length == 0 ? i : values[i];
            for (int at = first; at < first + (1 << free); at++) {
                assert table[at] == 0 : code;
                table[at] = value << 5 | code.length();
            }
            i++;
        }
        return table;
    }
}
