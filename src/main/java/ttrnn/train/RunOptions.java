package ttrnn.train;

/**
 * How a run is kept safe: nothing here changes its result.
 *
 * @param version of the program, for the record
 * @param checkpointSteps steps between two checkpoints within an epoch; 0 for none by steps
 * @param checkpointMinutes minutes between two checkpoints within an epoch; 0 for none by time
 * @param acceptChanges whether a run may go on although data, version or configuration are others
 */
public record RunOptions(String version, int checkpointSteps, double checkpointMinutes, boolean acceptChanges) {
    public RunOptions {
        if (checkpointSteps < 0) {
            throw new IllegalArgumentException("checkpointSteps: must be at least 0, got " + checkpointSteps);
        }
        if (!(checkpointMinutes >= 0 && checkpointMinutes <= 1e6)) {
            throw new IllegalArgumentException(
                    "checkpointMinutes: must be from 0 to 1000000, got " + checkpointMinutes);
        }
    }

    /** A checkpoint at each epoch's end and every five minutes; no change is accepted. */
    public static RunOptions of(String version) {
        return new RunOptions(version, 0, 5, false);
    }
}
