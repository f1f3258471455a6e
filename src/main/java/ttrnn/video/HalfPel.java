package ttrnn.video;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Prediction from a reference picture by whole and half samples, as MPEG-1, MPEG-2 and MPEG-4 have it: the mean of two or
 * four neighbours. Eight samples at a time stand in a {@code long}; means are taken of all of them without unpacking.
 * Means round up, or where MPEG-4 says so, down.
 */
final class HalfPel {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long NO_LOWEST_BITS = 0xfefe_fefe_fefe_fefeL;
    private static final long LOW_TWO = 0x0303_0303_0303_0303L;
    private static final long HIGH_SIX = 0xfcfc_fcfc_fcfc_fcfcL;
    private static final long LOW_FOUR = 0x0f0f_0f0f_0f0f_0f0fL;
    private static final long ONES = 0x0101_0101_0101_0101L;

    private HalfPel() {}

    /**
     * Writes a block of samples.
     *
     * @param from index of the block's first whole sample in {@code source}; half samples read one further right or below
     * @param width a multiple of 8
     * @param fraction 1 for half a sample to the right, 2 for half a sample below, 3 for both
     * @param down whether means round down
     * @param mean whether the result is the mean, rounded up, of what stands there and the prediction
     */
    static void predict(
            byte[] source,
            int from,
            int sourceStride,
            byte[] target,
            int to,
            int stride,
            int width,
            int height,
            int fraction,
            boolean down,
            boolean mean) {
        for (int x = 0; x < width; x += 8) {
            switch (fraction) {
                case 0 -> whole(source, from + x, sourceStride, target, to + x, stride, height, mean);
                case 1 -> two(source, from + x, sourceStride, 1, target, to + x, stride, height, down, mean);
                case 2 -> two(source, from + x, sourceStride, sourceStride, target, to + x, stride, height, down, mean);
                default -> four(source, from + x, sourceStride, target, to + x, stride, height, down, mean);
            }
        }
    }

    private static void whole(
            byte[] source, int from, int sourceStride, byte[] target, int to, int stride, int height, boolean mean) {
        int read = from;
        int write = to;
        for (int y = 0; y < height; y++) {
            put(target, write, (long) LONGS.get(source, read), mean);
            read += sourceStride;
            write += stride;
        }
    }

    private static void two(
            byte[] source,
            int from,
            int sourceStride,
            int step,
            byte[] target,
            int to,
            int stride,
            int height,
            boolean down,
            boolean mean) {
        int read = from;
        int write = to;
        for (int y = 0; y < height; y++) {
            long a = (long) LONGS.get(source, read);
            long b = (long) LONGS.get(source, read + step);
            put(target, write, down ? meanDown(a, b) : meanUp(a, b), mean);
            read += sourceStride;
            write += stride;
        }
    }

    /** The lowest two bits of four samples are added apart from the others, so that no sum leaves its byte. */
    private static void four(
            byte[] source,
            int from,
            int sourceStride,
            byte[] target,
            int to,
            int stride,
            int height,
            boolean down,
            boolean mean) {
        long rounding = down ? ONES : 2 * ONES;
        int read = from;
        int write = to;
        long a = (long) LONGS.get(source, read);
        long b = (long) LONGS.get(source, read + 1);
        long low = (a & LOW_TWO) + (b & LOW_TWO);
        long high = ((a & HIGH_SIX) >>> 2) + ((b & HIGH_SIX) >>> 2);
        for (int y = 0; y < height; y++) {
            read += sourceStride;
            a = (long) LONGS.get(source, read);
            b = (long) LONGS.get(source, read + 1);
            long nextLow = (a & LOW_TWO) + (b & LOW_TWO);
            long nextHigh = ((a & HIGH_SIX) >>> 2) + ((b & HIGH_SIX) >>> 2);
            put(target, write, high + nextHigh + (((low + nextLow + rounding) >>> 2) & LOW_FOUR), mean);
            low = nextLow;
            high = nextHigh;
            write += stride;
        }
    }

    private static void put(byte[] target, int at, long samples, boolean mean) {
        LONGS.set(target, at, mean ? meanUp((long) LONGS.get(target, at), samples) : samples);
    }

    private static long meanUp(long a, long b) {
        return (a | b) - (((a ^ b) & NO_LOWEST_BITS) >>> 1);
    }

    private static long meanDown(long a, long b) {
        return (a & b) + (((a ^ b) & NO_LOWEST_BITS) >>> 1);
    }
}
