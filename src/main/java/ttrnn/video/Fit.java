package ttrnn.video;

/** How a picture of one shape becomes a frame of another. */
public enum Fit {
    /** Width and height are scaled each by itself; shapes change, as with OpenCV's resize. */
    STRETCH,
    /** The whole picture, black above and below or left and right of it. */
    LETTERBOX,
    /** The middle of the picture, as much of it as has the frame's shape. */
    CROP
}
