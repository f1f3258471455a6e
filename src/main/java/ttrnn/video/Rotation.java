package ttrnn.video;

/** Turns pictures by quarters, plane by plane, as players do with video that a camera recorded upright. */
final class Rotation {
    private final int clockwise;
    private byte[][] planes = new byte[3][0];

    /** @param clockwise degrees: 90, 180 or 270; 0 leaves pictures as they are */
    Rotation(int clockwise) {
        this.clockwise = clockwise;
    }

    /** Whether width and height change places. */
    boolean upright() {
        return clockwise == 90 || clockwise == 270;
    }

    /** The turned picture, valid until the next call. */
    Picture turn(Picture picture) {
        if (clockwise == 0) {
            return picture;
        }
        int width = picture.width();
        int height = picture.height();
        int chromaWidth = (width + 1) / 2;
        int chromaHeight = (height + 1) / 2;
        planes[0] = turn(picture.y(), picture.lumaStride(), width, height, planes[0]);
        planes[1] = turn(picture.u(), picture.chromaStride(), chromaWidth, chromaHeight, planes[1]);
        planes[2] = turn(picture.v(), picture.chromaStride(), chromaWidth, chromaHeight, planes[2]);
        return new Picture(
                upright() ? height : width,
                upright() ? width : height,
                planes[0],
                planes[1],
                planes[2],
                upright() ? height : width,
                upright() ? chromaHeight : chromaWidth,
                picture.fullRange());
    }

    private byte[] turn(byte[] from, int stride, int width, int height, byte[] reused) {
        byte[] to = reused.length == width * height ? reused : new byte[width * height];
        // Where the upper left sample goes, and the steps to the right and down from there.
        int start = clockwise == 90 ? height - 1 : clockwise == 180 ? width * height - 1 : (width - 1) * height;
        int right = clockwise == 90 ? height : clockwise == 180 ? -1 : -height;
        int down = clockwise == 90 ? -1 : clockwise == 180 ? -width : 1;
        for (int y = 0; y < height; y++) {
            int at = start + y * down;
            for (int x = 0; x < width; x++, at += right) {
                to[at] = from[y * stride + x];
            }
        }
        return to;
    }
}
