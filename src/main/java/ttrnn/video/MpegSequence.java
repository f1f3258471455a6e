package ttrnn.video;

/**
 * What the sequence header of an MPEG-1 or MPEG-2 stream says, with its extension in MPEG-2 (ISO 11172-2, 2.4.2.3; ISO
 * 13818-2, 6.2.2).
 *
 * @param width picture width in pixels
 * @param height picture height in pixels
 * @param framesPerSecond nominal rate; 0 if reserved
 * @param mpeg2 whether there was a sequence extension
 * @param progressive whether the sequence holds frames only; true in MPEG-1
 * @param chromaFormat 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4
 */
record MpegSequence(
        int width, int height, double framesPerSecond, boolean mpeg2, boolean progressive, int chromaFormat) {
    private static final double[] RATES = {
        0, 24000 / 1001.0, 24, 25, 30000 / 1001.0, 30, 50, 60000 / 1001.0, 60, 0, 0, 0, 0, 0, 0, 0
    };

    /** Shortest header: start code, sizes, rates; the quantiser matrices may follow. */
    private static final int HEADER_BYTES = 12;

    private static final int EXTENSION_BYTES = 10;

    /** Reads a header at {@code start}, start code included; {@code end} is where its segment ends. */
    static MpegSequence parse(byte[] data, int start, int end) throws ClipException {
        if (end - start < HEADER_BYTES) {
            throw new ClipException("the clip ends inside its first header; copy it again");
        }
        int width = ((data[start + 4] & 0xff) << 4) | ((data[start + 5] & 0xff) >> 4);
        int height = ((data[start + 5] & 0xf) << 8) | (data[start + 6] & 0xff);
        return new MpegSequence(width, height, RATES[data[start + 7] & 0xf], false, true, 1);
    }

    /** This sequence with what its extension says; an extension cut short changes nothing. */
    MpegSequence withExtension(byte[] data, int start, int end) {
        if (end - start < EXTENSION_BYTES) {
            return this;
        }
        boolean progressiveSequence = (data[start + 5] & 8) != 0;
        int chroma = (data[start + 5] & 6) >> 1;
        int moreWidth = ((data[start + 5] & 1) << 1) | ((data[start + 6] & 0x80) >> 7);
        int moreHeight = (data[start + 6] & 0x60) >> 5;
        int rateNumerator = ((data[start + 9] & 0x60) >> 5) + 1;
        int rateDenominator = (data[start + 9] & 0x1f) + 1;
        return new MpegSequence(
                width | (moreWidth << 12),
                height | (moreHeight << 12),
                framesPerSecond * rateNumerator / rateDenominator,
                true,
                progressiveSequence,
                chroma);
    }

    String codec() {
        return mpeg2 ? "MPEG-2" : "MPEG-1";
    }

    /** Whether chroma has all rows of luma (4:2:2). */
    boolean tallChroma() {
        return chromaFormat == 2;
    }

    /** Width of the planes: whole macroblocks. */
    int codedWidth() {
        return (width + 15) & ~15;
    }

    /** Height of the planes: whole macroblocks, in pairs of rows where fields may occur. */
    int codedHeight() {
        return progressive ? (height + 15) & ~15 : (height + 31) & ~31;
    }
}
