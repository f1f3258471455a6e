package ttrnn.video;

import java.util.Arrays;

/** Writes bits into an array that grows, most significant first, and copies runs of them from elsewhere. */
final class BitSplice {
    /** Zeros kept readable behind the bits: JCodec's bit reader looks ahead. */
    static final int PADDING = 32;

    private byte[] data = new byte[1 << 12];
    private int bit;

    void clear() {
        bit = 0;
    }

    /** Appends the lowest {@code count} bits of {@code value}. */
    void write(int value, int count) {
        reserve(count);
        for (int i = count - 1; i >= 0; i--) {
            set((value >> i) & 1);
        }
    }

    /** Appends the bits of {@code source} from index {@code from} up to {@code to}, counted in bits. */
    void copy(byte[] source, int from, int to) {
        reserve(to - from);
        int at = from;
        while (at < to && (bit & 7) != 0) {
            set(bitOf(source, at++));
        }
        int shift = at & 7;
        while (to - at >= 8) {
            int index = at >> 3;
            int next = shift == 0 ? 0 : (source[index + 1] & 0xff) >> (8 - shift);
            data[bit >> 3] = (byte) ((source[index] << shift) | next);
            bit += 8;
            at += 8;
        }
        while (at < to) {
            set(bitOf(source, at++));
        }
    }

    private static int bitOf(byte[] source, int index) {
        return (source[index >> 3] >> (7 - (index & 7))) & 1;
    }

    private void set(int value) {
        int mask = 0x80 >> (bit & 7);
        int old = (bit & 7) == 0 ? 0 : data[bit >> 3];
        data[bit >> 3] = (byte) (value == 0 ? old & ~mask : old | mask);
        bit++;
    }

    private void reserve(int bits) {
        int bytes = ((bit + bits + 7) >> 3) + PADDING;
        if (bytes > data.length) {
            data = Arrays.copyOf(data, Math.max(bytes, 2 * data.length));
        }
    }

    /** Fills up the last byte with zeros. */
    void align() {
        while ((bit & 7) != 0) {
            set(0);
        }
    }

    /** Aligns and puts {@link #PADDING} zero bytes behind it; the length with them. */
    int pad() {
        align();
        int length = bit >> 3;
        Arrays.fill(data, length, length + PADDING, (byte) 0);
        return length + PADDING;
    }

    /** The bytes; valid until the next change. */
    byte[] data() {
        return data;
    }
}
