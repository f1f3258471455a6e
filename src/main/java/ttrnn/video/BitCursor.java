package ttrnn.video;

/** Reads bits of an array, most significant first; beyond {@code end} it reads zeros. */
final class BitCursor {
    private final byte[] data;
    private final int endBit;
    private int bit;

    /**
     * @param start index of the first byte
     * @param end index after the last byte
     */
    BitCursor(byte[] data, int start, int end) {
        this.data = data;
        this.bit = start * 8;
        this.endBit = end * 8;
    }

    /** The next {@code count} bits, at most 32, as a number. */
    int read(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 1) | (bit < endBit ? (data[bit >> 3] >> (7 - (bit & 7))) & 1 : 0);
            bit++;
        }
        return value;
    }

    boolean flag() {
        return read(1) == 1;
    }

    void skip(int count) {
        bit += count;
    }

    /** Index of the next bit, counted from the array's beginning. */
    int position() {
        return bit;
    }

    /** Whether bits were read that are not there. */
    boolean overrun() {
        return bit > endBit;
    }
}
