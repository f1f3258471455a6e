package ttrnn.video;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns decoded pictures into RGB frames {@code [height, width, 3]} of one size, byte for byte as OpenCV does
 * ({@code cvtColor} after {@code VideoCapture}, then {@code resize} with linear interpolation, 4.6): chroma is
 * repeated 2x2, an exact half is the rounded mean of 2x2 pixels, every other size is linear in 11-bit weights. There
 * is no smoothing before a reduction by more than half, as there is none in OpenCV. Only pictures of odd height differ by
 * a few levels: for those OpenCV interpolates the chroma rows.
 *
 * <p>Pictures may change size from call to call. Not thread-safe; keeps its buffers.
 */
public final class FrameResizer {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Three lanes of 16 bits, see {@link YcbcrTables#lumaLanes}. */
    private static final long ONES = 0x0001_0001_0001L;

    private static final long TWOS = 2 * ONES;
    private static final long LOW_BYTES = 0xff * ONES;
    private static final long HIGH_BYTES = 0xff00 * ONES;
    private static final long BIASES = YcbcrTables.BIAS * ONES;

    private final int width;
    private final int height;
    private final byte[] lastRow;
    private LinearResize linear = new LinearResize(0, 0, 0, 0);

    /**
     * @param width of the frames in pixels
     * @param height of the frames in pixels
     */
    public FrameResizer(int width, int height) {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("frame size must be positive, got " + width + "x" + height);
        }
        this.width = width;
        this.height = height;
        this.lastRow = new byte[3 * width + 1];
    }

    /** Bytes of one frame. */
    public int frameBytes() {
        return Math.multiplyExact(Math.multiplyExact(width, height), 3);
    }

    /**
     * Converts one picture.
     *
     * @param picture any size
     * @param target receives {@link #frameBytes} bytes, row by row, red, green, blue, from {@code offset}
     */
    public void toRgb(Picture picture, byte[] target, int offset) {
        if (picture.isRgb()) {
            resize(picture.y(), 0, picture.width(), picture.height(), target, offset);
            return;
        }
        check(target, offset);
        YcbcrTables tables = YcbcrTables.of(picture.fullRange());
        if (picture.width() == width && picture.height() == height) {
            for (int row = 0; row < height; row++) {
                tables.row(picture, row, target, offset + 3 * width * row);
            }
        } else if (picture.width() == 2 * width && picture.height() == 2 * height) {
            halve(picture, tables, target, offset);
        } else {
            linear(picture.width(), picture.height())
                    .resize((row, rgb, at) -> tables.row(picture, row, rgb, at), target, offset);
        }
    }

    /**
     * Brings an image that is RGB already to the size, by the same rules.
     *
     * @param rgb holds {@code sourceHeight * sourceWidth * 3} bytes from {@code rgbOffset}
     * @param target receives {@link #frameBytes} bytes from {@code offset}
     */
    public void resize(byte[] rgb, int rgbOffset, int sourceWidth, int sourceHeight, byte[] target, int offset) {
        check(target, offset);
        if (sourceWidth == width && sourceHeight == height) {
            System.arraycopy(rgb, rgbOffset, target, offset, frameBytes());
        } else if (sourceWidth == 2 * width && sourceHeight == 2 * height) {
            int below = 3 * sourceWidth;
            int out = offset;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int at = rgbOffset + 2 * y * below + 6 * x;
                    for (int channel = 0; channel < 3; channel++, at++) {
                        int sum = (rgb[at] & 0xff) + (rgb[at + 3] & 0xff) + (rgb[at + below] & 0xff);
                        target[out++] = (byte) ((sum + (rgb[at + below + 3] & 0xff) + 2) >> 2);
                    }
                }
            }
        } else {
            int row = 3 * sourceWidth;
            linear(sourceWidth, sourceHeight)
                    .resize((y, into, at) -> System.arraycopy(rgb, rgbOffset + y * row, into, at, row), target, offset);
        }
    }

    private LinearResize linear(int sourceWidth, int sourceHeight) {
        if (!linear.fits(sourceWidth, sourceHeight)) {
            linear = new LinearResize(sourceWidth, sourceHeight, width, height);
        }
        return linear;
    }

    private void check(byte[] target, int offset) {
        if (offset < 0 || offset > target.length - frameBytes()) {
            throw new IllegalArgumentException("frame of " + frameBytes() + " bytes at " + offset + " in an array of "
                    + target.length + " does not fit");
        }
    }

    /** Four pixels that share their chroma become one; the mean is of clamped colours. */
    private void halve(Picture picture, YcbcrTables tables, byte[] target, int offset) {
        int rowBytes = 3 * width;
        for (int row = 0; row < height; row++) {
            // All rows but the last may write a byte too many, which the next one overwrites.
            if (row + 1 < height) {
                halveRow(picture, row, tables, target, offset + row * rowBytes);
            } else {
                halveRow(picture, row, tables, lastRow, 0);
                System.arraycopy(lastRow, 0, target, offset + row * rowBytes, rowBytes);
            }
        }
    }

    private void halveRow(Picture picture, int row, YcbcrTables tables, byte[] target, int offset) {
        byte[] y = picture.y();
        byte[] u = picture.u();
        byte[] v = picture.v();
        long[] luma = tables.lumaLanes;
        long[] blueDifference = tables.uLanes;
        long[] redDifference = tables.vLanes;
        int upper = 2 * row * picture.lumaStride();
        int lower = upper + picture.lumaStride();
        int chroma = row * picture.chromaStride();
        int out = offset;
        for (int x = 0; x < width; x++) {
            long shared = blueDifference[u[chroma + x] & 0xff] + redDifference[v[chroma + x] & 0xff];
            long a = luma[y[upper + 2 * x] & 0xff] + shared;
            long b = luma[y[upper + 2 * x + 1] & 0xff] + shared;
            long c = luma[y[lower + 2 * x] & 0xff] + shared;
            long d = luma[y[lower + 2 * x + 1] & 0xff] + shared;
            long sum;
            // Mostly nothing is to be clamped.
            if (((a | b | c | d) & HIGH_BYTES) == BIASES) {
                sum = a + b + c + d;
            } else {
                sum = clamp(a) + clamp(b) + clamp(c) + clamp(d);
            }
            long mean = (sum + TWOS) >>> 2;
            INTS.set(target, out, (int) ((mean & 0xff) | ((mean >>> 8) & 0xff00) | ((mean >>> 16) & 0xff0000)));
            out += 3;
        }
    }

    /** Each lane's colour without its bias, 0 if it is below and 255 if it is above. */
    private static long clamp(long lanes) {
        long notBelow = (lanes >>> 10) & ONES;
        long above = ((lanes >>> 8) | (lanes >>> 9)) & ONES;
        return ((lanes & LOW_BYTES) | ((above << 8) - above)) & ((notBelow << 8) - notBelow);
    }
}
