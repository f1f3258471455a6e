package ttrnn.dataset;

/** Which end of a clip is cut off if it is too long. */
public enum Truncate {
    /** The first frames are kept. */
    END,
    /** The last frames are kept. */
    START
}
