package ttrnn.video;

/**
 * What a decoder had to put up with in a clip: all zero and false for a clean one.
 *
 * @param frames frames given out
 * @param whole frames given out before the first damage; {@code frames} if there is none or if the clip is only cut short
 * @param sliceErrors slices (or whole pictures, where a codec has no slices) that could not be decoded
 * @param missingMacroblocks macroblocks of 16x16 pixels that no slice covered
 * @param truncated whether the clip ended in the middle of a packet or picture
 */
public record DecodeReport(int frames, int whole, int sliceErrors, int missingMacroblocks, boolean truncated) {
    /** Whether every frame was decoded whole. */
    public boolean clean() {
        return sliceErrors == 0 && missingMacroblocks == 0 && !truncated;
    }
}
