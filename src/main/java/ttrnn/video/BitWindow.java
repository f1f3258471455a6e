package ttrnn.video;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bits of a coded picture, most significant first, looked at through a window of at least 56 bits. Beyond the end there
 * are zeros, however far one reads: no code word of the codecs is all zeros, so a reader soon finds one that does not exist.
 * Hot loops keep {@link #position} in a local variable, and write it back.
 */
final class BitWindow {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int PADDING = 16;

    /** Index of the next bit. */
    int position;

    private byte[] data = new byte[1 << 15];
    private int end;
    private int zerosAt;

    /** Takes a copy of the bytes from {@code from} up to {@code to}. */
    void take(byte[] source, int from, int to) {
        int length = to - from;
        if (length + PADDING > data.length) {
            data = new byte[Math.max(length + PADDING, 2 * data.length)];
        }
        System.arraycopy(source, from, data, 0, length);
        Arrays.fill(data, length, length + PADDING, (byte) 0);
        position = 0;
        end = 8 * length;
        zerosAt = length;
    }

    /** The bits from {@code at} on, the first one in the sign; 56 of them are there. */
    long at(int at) {
        return (long) LONGS.get(data, Math.min(at >>> 3, zerosAt)) << (at & 7);
    }

    /** The next {@code count} bits, 1 … 32, which stay to be read. */
    int peek(int count) {
        return (int) (at(position) >>> (64 - count));
    }

    /** The next {@code count} bits, 1 … 32, as a number without sign up to 31 bits. */
    int read(int count) {
        int value = peek(count);
        position += count;
        return value;
    }

    boolean flag() {
        boolean set = at(position) < 0;
        position++;
        return set;
    }

    /** Bits that were taken. */
    int end() {
        return end;
    }

    /** Whether bits were read that are not there. */
    boolean overrun() {
        return position > end;
    }
}
