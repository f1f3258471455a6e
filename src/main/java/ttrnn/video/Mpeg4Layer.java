package ttrnn.video;

import java.util.Arrays;

/**
 * What the video object layer header of an MPEG-4 part 2 stream says (ISO 14496-2, 6.2.3), as far as decoding depends
 * on it.
 *
 * @param width picture width in pixels
 * @param height picture height in pixels
 * @param ticksPerSecond resolution of the times in picture headers
 * @param timeBits bits of the part of a second in picture headers
 * @param quarter whether vectors count quarter samples
 * @param resyncMarkers whether pictures may hold resync markers
 * @param intraMatrix weights of intra coefficients by rows; empty if they have none
 * @param predictedMatrix weights of the coefficients of other blocks
 * @param unsupported what in this stream cannot be decoded; empty if nothing
 */
record Mpeg4Layer(
        int width,
        int height,
        int ticksPerSecond,
        int timeBits,
        boolean quarter,
        boolean resyncMarkers,
        int[] intraMatrix,
        int[] predictedMatrix,
        String unsupported) {
    private static final int EXTENDED_ASPECT = 15;
    private static final int VBV_BITS = 79;
    private static final int RECTANGULAR = 0;
    private static final int[] NONE = {};
    private static final int[] INTRA = {
        8, 17, 18, 19, 21, 23, 25, 27, 17, 18, 19, 21, 23, 25, 27, 28, 20, 21, 22, 23, 24, 26, 28, 30, 21, 22, 23, 24,
        26, 28, 30, 32, 22, 23, 24, 26, 28, 30, 32, 35, 23, 24, 26, 28, 30, 32, 35, 38, 25, 26, 28, 30, 32, 35, 38, 41,
        27, 28, 30, 32, 35, 38, 41, 45
    };
    private static final int[] PREDICTED = {
        16, 17, 18, 19, 20, 21, 22, 23, 17, 18, 19, 20, 21, 22, 23, 24, 18, 19, 20, 21, 22, 23, 24, 25, 19, 20, 21, 22,
        23, 24, 26, 27, 20, 21, 22, 23, 25, 26, 27, 28, 21, 22, 23, 24, 26, 27, 28, 30, 22, 23, 24, 26, 27, 28, 30, 31,
        23, 24, 25, 27, 28, 30, 31, 33
    };

    /** Reads the header at {@code start}, start code included; {@code end} is where its segment ends. */
    static Mpeg4Layer parse(byte[] data, int start, int end) throws ClipException {
        BitCursor bits = new BitCursor(data, start + 4, end);
        bits.skip(9);
        int version = 1;
        if (bits.flag()) {
            version = bits.read(4);
            bits.skip(3);
        }
        if (bits.read(4) == EXTENDED_ASPECT) {
            bits.skip(16);
        }
        if (bits.flag()) {
            bits.skip(3);
            if (bits.flag()) {
                bits.skip(VBV_BITS);
            }
        }
        int shape = bits.read(2);
        bits.skip(1);
        int resolution = bits.read(16);
        int timeBits = timeBits(resolution);
        bits.skip(1);
        if (bits.flag()) {
            bits.skip(timeBits);
        }
        bits.skip(1);
        int width = bits.read(13);
        bits.skip(1);
        int height = bits.read(13);
        bits.skip(1);
        int[] intra = NONE;
        int[] predicted = NONE;
        boolean quarter = false;
        boolean resyncMarkers = false;
        String unsupported = shape == RECTANGULAR ? toolsBeforeMatrices(bits, version) : "shapes other than rectangles";
        if (unsupported.isEmpty()) {
            if (bits.flag()) {
                intra = matrix(bits, INTRA);
                predicted = matrix(bits, PREDICTED);
            }
            quarter = version != 1 && bits.flag();
            unsupported = bits.flag() ? "" : "complexity estimation";
            resyncMarkers = !bits.flag();
        }
        if (unsupported.isEmpty() && bits.flag()) {
            unsupported = "data partitioning";
        }
        if (bits.overrun()) {
            throw new ClipException("the clip's MPEG-4 header is cut short; copy the clip again");
        }
        return new Mpeg4Layer(
                width, height, resolution, timeBits, quarter, resyncMarkers, intra, predicted, unsupported);
    }

    /** Reads on from the interlaced flag up to the sample size; what is not supported, or nothing. */
    private static String toolsBeforeMatrices(BitCursor bits, int version) {
        if (bits.flag()) {
            return "interlacing";
        }
        bits.skip(1);
        if (bits.read(version == 1 ? 1 : 2) != 0) {
            return "sprites or global motion";
        }
        return bits.flag() ? "samples of other than 8 bits" : "";
    }

    /** A matrix in zigzag order, whose last number goes on if a 0 ends it, or the one every decoder knows. */
    private static int[] matrix(BitCursor bits, int[] otherwise) {
        if (!bits.flag()) {
            return otherwise;
        }
        int[] matrix = new int[64];
        int last = 0;
        boolean ended = false;
        for (int at : Mpeg4Coefficients.ZIGZAG) {
            int value = ended ? 0 : bits.read(8);
            ended |= value == 0;
            last = ended ? last : value;
            matrix[at] = last;
        }
        return matrix;
    }

    /** Whether pictures under both headers are decoded alike. */
    boolean sameAs(Mpeg4Layer other) {
        return width == other.width
                && height == other.height
                && ticksPerSecond == other.ticksPerSecond
                && quarter == other.quarter
                && resyncMarkers == other.resyncMarkers
                && Arrays.equals(intraMatrix, other.intraMatrix)
                && Arrays.equals(predictedMatrix, other.predictedMatrix);
    }

    /** Bits that hold 0 … {@code resolution - 1}. */
    static int timeBits(int resolution) {
        return Math.max(1, 32 - Integer.numberOfLeadingZeros(Math.max(0, resolution - 1)));
    }
}
