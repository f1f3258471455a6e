package ttrnn.video;

import java.util.Arrays;

/** Turns pictures into RGB frames of one size, keeping their shape if asked to. Not thread-safe; keeps its buffers. */
public final class FrameFitter {
    private final int width;
    private final int height;
    private final Fit fit;
    private FrameResizer resizer;
    private byte[] inner = {};
    private int innerWidth;
    private int innerHeight;

    /** Fits frames into this size. */
    public FrameFitter(int width, int height, Fit fit) {
        this.width = width;
        this.height = height;
        this.fit = fit;
        this.resizer = new FrameResizer(width, height);
        this.innerWidth = width;
        this.innerHeight = height;
    }

    /** Converts one picture of any size to {@code width * height * 3} bytes from the beginning of {@code target}. */
    public void toRgb(Picture picture, byte[] target) {
        switch (fit) {
            case STRETCH -> resizer.toRgb(picture, target, 0);
            case CROP -> resizer.toRgb(middle(picture), target, 0);
            case LETTERBOX -> letterbox(picture, target);
        }
    }

    /** Sides of the part are whole pairs of pixels where chroma is shared by two. */
    private Picture middle(Picture picture) {
        long wide = (long) picture.width() * height;
        long high = (long) picture.height() * width;
        int partWidth = wide > high ? round(high, height) : picture.width();
        int partHeight = wide < high ? round(wide, width) : picture.height();
        int left = ((picture.width() - partWidth) / 2) & ~1;
        int top = ((picture.height() - partHeight) / 2) & ~1;
        return picture.cropped(left, top, partWidth, partHeight);
    }

    private void letterbox(Picture picture, byte[] target) {
        long wide = (long) picture.width() * height;
        long high = (long) picture.height() * width;
        int scaledWidth = wide < high ? round(wide, picture.height()) : width;
        int scaledHeight = wide > high ? round(high, picture.width()) : height;
        if (scaledWidth != innerWidth || scaledHeight != innerHeight) {
            innerWidth = scaledWidth;
            innerHeight = scaledHeight;
            resizer = new FrameResizer(scaledWidth, scaledHeight);
        }
        if (inner.length < resizer.frameBytes()) {
            inner = new byte[resizer.frameBytes()];
        }
        resizer.toRgb(picture, inner, 0);
        Arrays.fill(target, 0, 3 * width * height, (byte) 0);
        int left = (width - scaledWidth) / 2;
        int top = (height - scaledHeight) / 2;
        for (int y = 0; y < scaledHeight; y++) {
            System.arraycopy(inner, 3 * scaledWidth * y, target, 3 * (width * (top + y) + left), 3 * scaledWidth);
        }
    }

    private static int round(long dividend, int divisor) {
        return (int) Math.max(1, (2 * dividend + divisor) / (2L * divisor));
    }
}
