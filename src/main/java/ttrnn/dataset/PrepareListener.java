package ttrnn.dataset;

/** Hears how a preparation goes on; called by one thread at a time, from the threads that decode. */
public interface PrepareListener {
    /** Hears nothing. */
    PrepareListener NONE = new PrepareListener() {};

    /**
     * A clip is through, good or bad.
     *
     * @param done clips that are through, those found in the store included
     * @param total clips in all
     * @param frames frames written since the start
     */
    default void clipDone(int done, int total, long frames) {}

    /** A clip turned out to be bad. */
    default void badClip(BadClip bad) {}
}
