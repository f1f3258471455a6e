package ttrnn.video;

/**
 * What a clip may ask for; checked against its headers before anything is allocated.
 *
 * @param maxWidth widest picture in pixels
 * @param maxHeight highest picture in pixels
 * @param maxFrames most frames given out of one clip
 * @param maxFileBytes largest file
 * @param maxPictureBytes largest coded picture; bounds the memory a damaged stream can claim
 * @param frameMillis longest time that one frame may take to decode
 * @param clipMillis longest time that all frames of a clip may take to decode
 */
public record DecodeLimits(
        int maxWidth,
        int maxHeight,
        int maxFrames,
        long maxFileBytes,
        int maxPictureBytes,
        long frameMillis,
        long clipMillis) {
    private static final long FRAME_MILLIS = 30_000;
    private static final long CLIP_MILLIS = 3_600_000;

    public DecodeLimits {
        if (maxWidth < 1
                || maxHeight < 1
                || maxFrames < 1
                || maxFileBytes < 1
                || maxPictureBytes < 1
                || frameMillis < 1
                || clipMillis < 1) {
            throw new IllegalArgumentException("decode limits: all must be positive, got " + maxWidth + "x" + maxHeight
                    + ", frames " + maxFrames + ", file bytes " + maxFileBytes + ", picture bytes " + maxPictureBytes
                    + ", milliseconds a frame " + frameMillis + ", a clip " + clipMillis);
        }
    }

    /** Limits of size; half a minute a frame and an hour a clip. */
    public DecodeLimits(int maxWidth, int maxHeight, int maxFrames, long maxFileBytes, int maxPictureBytes) {
        this(maxWidth, maxHeight, maxFrames, maxFileBytes, maxPictureBytes, FRAME_MILLIS, CLIP_MILLIS);
    }

    /** These limits with others of time. */
    public DecodeLimits within(long millisAFrame, long millisAClip) {
        return new DecodeLimits(
                maxWidth, maxHeight, maxFrames, maxFileBytes, maxPictureBytes, millisAFrame, millisAClip);
    }

    /** Full HD, 100,000 frames (an hour), files of 4 GiB, coded pictures of 4 MiB; half a minute a frame, an hour a clip. */
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

    /** The error for a clip that went over its time. */
    ClipException late(long millis) {
        return new ClipException("decoding took longer than " + millis / 1000.0 + " s"
                + (millis == clipMillis ? " in all" : " for one frame") + " and was stopped; the clip is damaged");
    }
}
