package ttrnn.train;

/** Watches a training. Called on the training's thread, between steps. */
public interface TrainListener {
    /** A step was made; {@code clips} clips of the epoch are done, {@code loss} is the step's mean cross-entropy. */
    default void step(int epoch, int clips, double loss) {}

    /** The same with the share of the epoch's clips so far that were right; NaN if no step of it has counted. */
    default void step(int epoch, int clips, double loss, double accuracy) {
        step(epoch, clips, loss);
    }

    /** An epoch has ended. */
    default void epoch(EpochMetrics metrics) {}

    /** Something that a person who watches should know, in one line. */
    default void message(String line) {}

    /** Whether to stop after this step; the state is saved then. */
    default boolean stopRequested() {
        return false;
    }
}
