package ttrnn.video;

/**
 * The variable-length codes of MPEG-4 part 2 (ISO 14496-2, annex B), as tables that are looked up with the next bits. An
 * entry is {@code value << 4 | length}; 0 where no code begins so.
 */
final class Mpeg4Codes {
    /** Bits that the tables are looked up with. */
    static final int COEFFICIENT_BITS = 12;

    static final int KIND_BITS = 9;
    static final int PATTERN_BITS = 6;
    static final int VECTOR_BITS = 12;
    static final int SIZE_BITS = 12;

    /** The value of a coefficient's code that announces an escape; others are {@code last << 12 | run << 6 | level}. */
    static final int ESCAPE = 1 << 14;

    /** The value of a macroblock kind's code that means nothing and is repeated; others are {@code kind << 2 | pattern}. */
    static final int STUFFING = 5 << 2;

    private static final String ESCAPE_CODE = "0000011";

    private static final String COEFFICIENT_CODES =
            "10 1111 010101 0010111 00011111 000100101 000100100 0000100001 0000100000 00000000111 "
                    + "00000000110 00000100000 110 010100 00011110 0000001111 00000100001 000001010000 1110 00011101 "
                    + "0000001110 000001010001 01101 000100011 0000001101 01100 000100010 000001010010 01011 "
                    + "0000001100 000001010011 010011 0000001011 000001010100 010010 0000001010 010001 0000001001 "
                    + "010000 0000001000 0010110 000001010101 0010101 0010100 00011100 00011011 000100001 000100000 "
                    + "000011111 000011110 000011101 000011100 000011011 000011010 00000100010 00000100011 "
                    + "000001010110 000001010111 0111 000011001 00000000101 001111 00000000100 001110 001101 001100 "
                    + "0010011 0010010 0010001 0010000 00011010 00011001 00011000 00010111 00010110 00010101 "
                    + "00010100 00010011 000011000 000010111 000010110 000010101 000010100 000010011 000010010 "
                    + "000010001 0000000111 0000000110 0000000101 0000000100 00000100100 00000100101 00000100110 "
                    + "00000100111 000001011000 000001011001 000001011010 000001011011 000001011100 000001011101 "
                    + "000001011110 000001011111";

    /** What the codes mean in predicted and in intra blocks: last * 10000 + run * 100 + level. */
    private static final int[] INTER_EVENTS = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 101, 102, 103, 104, 105, 106, 201, 202, 203, 204, 301, 302, 303, 401,
        402, 403, 501, 502, 503, 601, 602, 603, 701, 702, 801, 802, 901, 902, 1001, 1002, 1101, 1201, 1301, 1401, 1501,
        1601, 1701, 1801, 1901, 2001, 2101, 2201, 2301, 2401, 2501, 2601, 10001, 10002, 10003, 10101, 10102, 10201,
        10301, 10401, 10501, 10601, 10701, 10801, 10901, 11001, 11101, 11201, 11301, 11401, 11501, 11601, 11701, 11801,
        11901, 12001, 12101, 12201, 12301, 12401, 12501, 12601, 12701, 12801, 12901, 13001, 13101, 13201, 13301, 13401,
        13501, 13601, 13701, 13801, 13901, 14001
    };

    private static final int[] INTRA_EVENTS = {
        1, 3, 6, 9, 10, 13, 14, 17, 18, 21, 22, 23, 2, 102, 11, 19, 24, 25, 101, 12, 20, 26, 4, 15, 107, 5, 402, 27,
        201, 204, 109, 7, 304, 603, 8, 403, 301, 802, 401, 503, 103, 110, 202, 701, 104, 302, 16, 105, 106, 203, 303,
        502, 602, 702, 108, 902, 205, 703, 10001, 1101, 10006, 10101, 10007, 10201, 501, 10002, 10501, 601, 10301,
        10401, 10901, 801, 901, 1001, 10003, 10601, 10701, 10801, 1201, 10004, 10102, 11001, 11101, 11201, 11301, 11401,
        1301, 10005, 10103, 10202, 10302, 10402, 11501, 11601, 1401, 10008, 10502, 10602, 11701, 11801, 11901, 12001
    };

    static final int[] INTER_COEFFICIENTS = coefficients(INTER_EVENTS);
    static final int[] INTRA_COEFFICIENTS = coefficients(INTRA_EVENTS);

    /** By {@code last << 6 | run}: the largest level with a code, by {@code last << 6 | level}: the longest run with one. */
    static final int[] INTER_LEVELS = largest(INTER_EVENTS, true);

    static final int[] INTER_RUNS = largest(INTER_EVENTS, false);
    static final int[] INTRA_LEVELS = largest(INTRA_EVENTS, true);
    static final int[] INTRA_RUNS = largest(INTRA_EVENTS, false);

    /** Kind (3 intra, 4 intra with a change of quantiser) and coded chroma blocks, in I pictures. */
    static final int[] INTRA_KINDS =
            table(KIND_BITS, "1 001 010 011 0001 000001 000010 000011 000000001", 12, 13, 14, 15, 16, 17, 18, 19, 20);

    /** The same in P pictures, in the order of their values: kinds 0, 1 predicted, 2 with four vectors, 3, 4 as above. */
    static final int[] KINDS = table(
            KIND_BITS,
            "1 0011 0010 000101 011 0000111 0000110 000000101 010 0000101 0000100 00000101"
                    + " 00011 00000100 00000011 0000011 000100 000000100 000000011 000000010 000000001");

    /** Which of the four luma blocks of an intra macroblock are coded; of others, which are not. */
    static final int[] PATTERNS = table(
            PATTERN_BITS, "0011 00101 00100 1001 00011 0111 000010 1011 00010 000011 0101 1010 0100 1000 0110 11");

    /** Size of a vector's difference, 0 … 32. */
    static final int[] VECTORS = table(
            VECTOR_BITS,
            "1 01 001 0001 000011 0000101 0000100 0000011 000001011 000001010 000001001 0000010001 0000010000"
                    + " 0000001111 0000001110 0000001101 0000001100 0000001011 0000001010 0000001001 0000001000"
                    + " 0000000111 0000000110 0000000101 0000000100 00000000111 00000000110 00000000101 00000000100"
                    + " 00000000011 00000000010 000000000011 000000000010");

    /** Bits of a luma block's DC difference, 0 … 12. */
    static final int[] LUMA_SIZES =
            table(SIZE_BITS, "011 11 10 010 001 0001 00001 000001 0000001 00000001 000000001 0000000001 00000000001");

    static final int[] CHROMA_SIZES = table(
            SIZE_BITS, "11 10 01 001 0001 00001 000001 0000001 00000001 000000001 0000000001 00000000001 000000000001");

    private Mpeg4Codes() {}

    /** A table of codes that mean 0, 1, 2, … */
    private static int[] table(int bits, String codes) {
        int[] values = new int[codes.split(" ", -1).length];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return table(bits, codes, values);
    }

    private static int[] table(int bits, String codes, int... values) {
        int[] table = new int[1 << bits];
        int i = 0;
        for (String code : codes.split(" ", -1)) {
            int free = bits - code.length();
            int first = Integer.parseInt(code, 2) << free;
            for (int entry = first; entry < first + (1 << free); entry++) {
                assert table[entry] == 0 : code;
                table[entry] = values[i] << 4 | code.length();
            }
            i++;
        }
        assert i == values.length : codes;
        return table;
    }

    private static int[] coefficients(int[] events) {
        int[] values = new int[events.length + 1];
        for (int i = 0; i < events.length; i++) {
            values[i] = last(events[i]) << 12 | run(events[i]) << 6 | level(events[i]);
        }
        values[events.length] = ESCAPE;
        return table(COEFFICIENT_BITS, COEFFICIENT_CODES + " " + ESCAPE_CODE, values);
    }

    private static int[] largest(int[] events, boolean level) {
        int[] largest = new int[128];
        for (int event : events) {
            int at = last(event) << 6 | (level ? run(event) : level(event));
            largest[at] = Math.max(largest[at], level ? level(event) : run(event));
        }
        return largest;
    }

    private static int last(int event) {
        return event / 10_000;
    }

    private static int run(int event) {
        return event / 100 % 100;
    }

    private static int level(int event) {
        return event % 100;
    }
}
