package ttrnn.video;

import org.jcodec.codecs.mpeg12.MPEGPred;
import org.jcodec.common.io.BitReader;
import org.jcodec.common.model.Picture;

/**
 * JCodec's motion compensation for frame pictures with the averages the standard asks for ({@code //} rounds half up:
 * (a+b+1)/2 and (a+b+c+d+2)/4; JCodec adds 3), with MPEG-1's full-pel vectors, which JCodec ignores, and on samples
 * 0 … 255 instead of -128 … 127. Vectors that point outside the planes see the border samples repeated.
 */
final class HalfPelPrediction extends MPEGPred {
    /** A block of 16x16 and one more row and column for the half steps. */
    private static final int SIDE = 17;

    private final boolean fullPelForward;
    private final boolean fullPelBackward;
    private final byte[] border;
    private int vectorShift;

    /**
     * @param fCode range of the vectors, [forward, backward][horizontal, vertical]
     * @param border scratch of {@link #scratch}, for one thread
     */
    HalfPelPrediction(int[][] fCode, int chromaFormat, boolean fullPelForward, boolean fullPelBackward, byte[] border) {
        super(fCode, chromaFormat, true);
        this.fullPelForward = fullPelForward;
        this.fullPelBackward = fullPelBackward;
        this.border = border;
    }

    /** Scratch for one decoder. */
    static byte[] scratch() {
        return new byte[SIDE * SIDE];
    }

    @Override
    protected void predictGeneric(
            Picture reference,
            int x,
            int y,
            BitReader bits,
            int backward,
            int[][] target,
            int targetY,
            int width,
            int height,
            int isSourceField,
            int sourceField,
            int isTargetField,
            int vectorIndex,
            int scale) {
        chooseVectorUnit(backward);
        super.predictGeneric(
                reference,
                x,
                y,
                bits,
                backward,
                target,
                targetY,
                width,
                height,
                isSourceField,
                sourceField,
                isTargetField,
                vectorIndex,
                scale);
    }

    @Override
    public void predict16x16NoMV(Picture reference, int x, int y, int structure, int backward, int[][] target) {
        chooseVectorUnit(backward);
        super.predict16x16NoMV(reference, x, y, structure, backward, target);
    }

    private void chooseVectorUnit(int backward) {
        vectorShift = (backward == 0 ? fullPelForward : fullPelBackward) ? 1 : 0;
    }

    @Override
    public void predictMB(
            Picture reference,
            int x,
            int vectorX,
            int y,
            int vectorY,
            int width,
            int height,
            int verticalStep,
            int verticalOffset,
            int[][] target,
            int targetY,
            int targetStep) {
        super.predictMB(
                reference,
                x,
                vectorX << vectorShift,
                y,
                vectorY << vectorShift,
                width,
                height,
                verticalStep,
                verticalOffset,
                target,
                targetY,
                targetStep);
    }

    @Override
    public void predictPlane(
            byte[] plane,
            int halfX,
            int halfY,
            int planeWidth,
            int planeHeight,
            int verticalStep,
            int verticalOffset,
            int[] target,
            int targetY,
            int width,
            int height,
            int targetStep) {
        if (verticalStep != 0 || targetStep != 0) {
            throw new IllegalStateException("prediction from fields");
        }
        int x = halfX >> 1;
        int y = halfY >> 1;
        int right = halfX & 1;
        int down = halfY & 1;
        byte[] source = plane;
        int stride = planeWidth;
        int offset = y * stride + x;
        if (x < 0 || y < 0 || x + width + right > planeWidth || y + height + down > planeHeight) {
            copyWithBorder(plane, planeWidth, planeHeight, x, y, width + right, height + down);
            source = border;
            stride = SIDE;
            offset = 0;
        }
        int out = targetY * width;
        for (int row = 0; row < height; row++, offset += stride, out += width) {
            if ((right | down) == 0) {
                copyRow(source, offset, target, out, width);
            } else if (down == 0) {
                averageRow(source, offset, offset + 1, target, out, width);
            } else if (right == 0) {
                averageRow(source, offset, offset + stride, target, out, width);
            } else {
                averageFour(source, offset, offset + stride, target, out, width);
            }
        }
    }

    private static void copyRow(byte[] source, int a, int[] target, int out, int width) {
        for (int i = 0; i < width; i++) {
            target[out + i] = source[a + i] & 0xff;
        }
    }

    private static void averageRow(byte[] source, int a, int b, int[] target, int out, int width) {
        for (int i = 0; i < width; i++) {
            target[out + i] = ((source[a + i] & 0xff) + (source[b + i] & 0xff) + 1) >> 1;
        }
    }

    private static void averageFour(byte[] source, int a, int b, int[] target, int out, int width) {
        int left = (source[a] & 0xff) + (source[b] & 0xff);
        for (int i = 0; i < width; i++) {
            int right = (source[a + i + 1] & 0xff) + (source[b + i + 1] & 0xff);
            target[out + i] = (left + right + 2) >> 2;
            left = right;
        }
    }

    private void copyWithBorder(byte[] plane, int planeWidth, int planeHeight, int x, int y, int width, int height) {
        for (int row = 0; row < height; row++) {
            int from = Math.max(0, Math.min(planeHeight - 1, y + row)) * planeWidth;
            for (int column = 0; column < width; column++) {
                border[row * SIDE + column] = plane[from + Math.max(0, Math.min(planeWidth - 1, x + column))];
            }
        }
    }
}
