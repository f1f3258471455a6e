package ttrnn.dataset;

/** Decides, frame by frame as they are decoded, which frames of a clip are stored. */
interface Chooser {
    /** A weight that takes the newest frame alone. */
    int NEWEST = 256;

    /**
     * The next frame is there.
     *
     * @param ticks when it is shown
     * @return how many frames to store now
     */
    int next(long ticks);

    /** How many more to store once there are no more frames; each is the newest one. */
    default int rest() {
        return 0;
    }

    /** The newest frame's part, of 256, in the {@code i}th frame to store now; the one before it has the rest. */
    default int weight(int i) {
        return NEWEST;
    }

    /** Whether the frame before the newest is ever needed. */
    default boolean looksBack() {
        return false;
    }

    /** Stored frames a second; 0 if it is not known. */
    double rate();
}
