package ttrnn.video;

/**
 * What a clip may ask for; checked against its headers before anything is allocated.
 *
 * @param maxWidth widest picture in pixels
 * @param maxHeight highest picture in pixels
 * @param maxFrames most frames given out of one clip
 * @param maxFileBytes largest file
 * @param maxPictureBytes largest coded picture; bounds the memory a damaged stream can claim
 */
public record DecodeLimits(int maxWidth, int maxHeight, int maxFrames, long maxFileBytes, int maxPictureBytes) {
    public DecodeLimits {
        if (maxWidth < 1 || maxHeight < 1 || maxFrames < 1 || maxFileBytes < 1 || maxPictureBytes < 1) {
            throw new IllegalArgumentException("decode limits: all must be positive, got " + maxWidth + "x" + maxHeight
                    + ", frames " + maxFrames + ", file bytes " + maxFileBytes + ", picture bytes " + maxPictureBytes);
        }
    }

    /** Full HD, 100,000 frames (an hour), files of 4 GiB, coded pictures of 4 MiB. */
    public static DecodeLimits defaults() {
        return new DecodeLimits(1920, 1088, 100_000, 1L << 32, 1 << 22);
    }

    /** Refuses a picture size out of bounds. */
    void checkSize(int width, int height) throws ClipException {
        if (width < 1 || height < 1) {
            throw new ClipException("the clip declares pictures of " + width + "x" + height + " pixels; it is damaged");
        }
        if (width > maxWidth || height > maxHeight) {
            throw new ClipException("the clip declares pictures of " + width + "x" + height + " pixels, more than "
                    + maxWidth + "x" + maxHeight + "; scale it down, or raise the limit");
        }
    }

    /** Refuses one more frame than allowed. */
    void checkFrames(int frames) throws ClipException {
        if (frames > maxFrames) {
            throw new ClipException("the clip has more than " + maxFrames + " frames; cut it, or raise the limit");
        }
    }
}
