package ttrnn.video;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Brings transformed 8x8 blocks into a plane of samples, clamped to a byte, and empties them for the next. */
final class BlockWriter {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private BlockWriter() {}

    /** Writes a block of samples. */
    static void put(int[] block, byte[] plane, int at, int stride) {
        for (int row = 0; row < 8; row++) {
            row(block, 8 * row, 0, plane, at + row * stride);
        }
        Arrays.fill(block, 0);
    }

    /** Adds a block of differences to what stands there. */
    static void add(int[] block, byte[] plane, int at, int stride) {
        for (int row = 0; row < 8; row++) {
            int to = at + row * stride;
            row(block, 8 * row, (long) LONGS.get(plane, to), plane, to);
        }
        Arrays.fill(block, 0);
    }

    /** Adds eight differences to the eight samples of {@code old}. */
    private static void row(int[] block, int i, long old, byte[] plane, int to) {
        int a = block[i] + (int) (old & 0xff);
        int b = block[i + 1] + (int) (old >>> 8 & 0xff);
        int c = block[i + 2] + (int) (old >>> 16 & 0xff);
        int d = block[i + 3] + (int) (old >>> 24 & 0xff);
        int e = block[i + 4] + (int) (old >>> 32 & 0xff);
        int f = block[i + 5] + (int) (old >>> 40 & 0xff);
        int g = block[i + 6] + (int) (old >>> 48 & 0xff);
        int h = block[i + 7] + (int) (old >>> 56);
        if (((a | b | c | d | e | f | g | h) & ~0xff) != 0) {
            a = clamp(a);
            b = clamp(b);
            c = clamp(c);
            d = clamp(d);
            e = clamp(e);
            f = clamp(f);
            g = clamp(g);
            h = clamp(h);
        }
        int low = a | b << 8 | c << 16 | d << 24;
        int high = e | f << 8 | g << 16 | h << 24;
        LONGS.set(plane, to, (low & 0xffffffffL) | (long) high << 32);
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
