package ttrnn.train;

/**
 * How a run is kept safe: nothing here changes its result.
 *
 * @param version of the program, for the record
 * @param checkpointSteps steps between two checkpoints within an epoch; 0 for none by steps
 * @param checkpointMinutes minutes between two checkpoints within an epoch; 0 for none by time
 * @param acceptChanges whether a run may go on although data, version or configuration are others
 * @param keptCheckpoints how many of the newest states are kept
 * @param secondsPerEpoch what was estimated, for the record; 0 if nothing was
 */
public record RunOptions(
        String version,
        int checkpointSteps,
        double checkpointMinutes,
        boolean acceptChanges,
        int keptCheckpoints,
        double secondsPerEpoch) {
    /** If the newest state is damaged, there is one before. */
    public static final int KEPT_CHECKPOINTS = 2;

    public RunOptions {
        if (keptCheckpoints < 1) {
            throw new IllegalArgumentException("keptCheckpoints: must be at least 1, got " + keptCheckpoints);
        }
        if (checkpointSteps < 0) {
            throw new IllegalArgumentException("checkpointSteps: must be at least 0, got " + checkpointSteps);
        }
        if (!(checkpointMinutes >= 0 && checkpointMinutes <= 1e6)) {
            throw new IllegalArgumentException(
                    "checkpointMinutes: must be from 0 to 1000000, got " + checkpointMinutes);
        }
    }

    public RunOptions(String version, int checkpointSteps, double checkpointMinutes, boolean acceptChanges) {
        this(version, checkpointSteps, checkpointMinutes, acceptChanges, KEPT_CHECKPOINTS, 0);
    }

    /** With what was estimated. */
    public RunOptions withSecondsPerEpoch(double seconds) {
        return new RunOptions(version, checkpointSteps, checkpointMinutes, acceptChanges, keptCheckpoints, seconds);
    }

    /** A checkpoint at each epoch's end and every five minutes; no change is accepted. */
    public static RunOptions of(String version) {
        return new RunOptions(version, 0, 5, false);
    }
}
