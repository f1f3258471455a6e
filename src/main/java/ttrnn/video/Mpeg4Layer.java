package ttrnn.video;

/**
 * What the video object layer header of an MPEG-4 part 2 stream says (ISO 14496-2, 6.2.3), as far as decoding depends
 * on it, and where in its bytes the fields stand that {@link #rewrite} changes.
 *
 * @param width picture width in pixels
 * @param height picture height in pixels
 * @param ticksPerSecond resolution of the times in picture headers
 * @param timeBits bits of the part of a second in picture headers
 * @param resyncMarkers whether pictures may hold resync markers
 * @param unsupported what in this stream JCodec cannot decode; empty if nothing
 * @param timeAt index of the resolution's first bit
 * @param sizeAt index of the first bit after the time fields, the marker before the width
 */
record Mpeg4Layer(
        int width,
        int height,
        int ticksPerSecond,
        int timeBits,
        boolean resyncMarkers,
        String unsupported,
        int timeAt,
        int sizeAt) {
    private static final int EXTENDED_ASPECT = 15;
    private static final int VBV_BITS = 79;
    private static final int RECTANGULAR = 0;

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
        int timeAt = bits.position();
        int resolution = bits.read(16);
        int timeBits = timeBits(resolution);
        bits.skip(1);
        if (bits.flag()) {
            bits.skip(timeBits);
        }
        int sizeAt = bits.position();
        bits.skip(1);
        int width = bits.read(13);
        bits.skip(1);
        int height = bits.read(13);
        bits.skip(1);
        String unsupported = shape == RECTANGULAR ? "" : "shapes other than rectangles";
        boolean resyncMarkers = false;
        if (unsupported.isEmpty()) {
            unsupported = unsupportedTools(bits, version);
            resyncMarkers = unsupported.isEmpty() && !bits.flag();
            if (unsupported.isEmpty() && bits.flag()) {
                unsupported = "data partitioning";
            }
        }
        if (bits.overrun()) {
            throw new ClipException("the clip's MPEG-4 header is cut short; copy the clip again");
        }
        return new Mpeg4Layer(width, height, resolution, timeBits, resyncMarkers, unsupported, timeAt, sizeAt);
    }

    /** Reads on from the interlaced flag up to the resync marker flag; what is not supported, or nothing. */
    private static String unsupportedTools(BitCursor bits, int version) {
        if (bits.flag()) {
            return "interlacing";
        }
        bits.skip(1);
        if (bits.read(version == 1 ? 1 : 2) != 0) {
            return "sprites or global motion";
        }
        if (bits.flag()) {
            return "samples of other than 8 bits";
        }
        if (bits.flag()) {
            skipMatrix(bits);
            skipMatrix(bits);
        }
        if (version != 1 && bits.flag()) {
            // JCodec interpolates quarter pels in one static buffer: clips decoded in parallel would mix.
            return "quarter-pel motion";
        }
        return bits.flag() ? "" : "complexity estimation";
    }

    private static void skipMatrix(BitCursor bits) {
        if (bits.flag()) {
            int read = 0;
            while (read < 64 && bits.read(8) != 0) {
                read++;
            }
        }
    }

    /** Bits that hold 0 … {@code resolution - 1}. */
    static int timeBits(int resolution) {
        return Math.max(1, 32 - Integer.numberOfLeadingZeros(Math.max(0, resolution - 1)));
    }

    /**
     * Writes this header with another time resolution, no fixed rate and an even size, which is all JCodec's picture
     * takes; the number of macroblocks stays the same.
     */
    void rewrite(byte[] data, int start, int end, int resolution, BitSplice out) {
        out.copy(data, start * 8, timeAt);
        out.write(resolution, 16);
        out.write(0b10, 2);
        out.write(1, 1);
        out.write((width + 1) & ~1, 13);
        out.write(1, 1);
        out.write((height + 1) & ~1, 13);
        out.copy(data, sizeAt + 28, end * 8);
    }
}
