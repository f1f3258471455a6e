package ttrnn.train;

/**
 * A schedule with its numbers.
 *
 * @param schedule what follows the warm-up
 * @param factor of step and plateau, between 0 and 1
 * @param stepEpochs epochs from one step to the next (step)
 * @param patience epochs without a lower loss after which the rate falls (plateau)
 * @param warmUpEpochs epochs, or a part of one, over which the rate first rises in a straight line; 0 for none
 */
public record ScheduleSettings(Schedule schedule, double factor, int stepEpochs, int patience, double warmUpEpochs) {
    public ScheduleSettings {
        check(factor > 0 && factor < 1, "factor", "more than 0 and less than 1", factor);
        check(stepEpochs >= 1, "step epochs", "at least 1", stepEpochs);
        check(patience >= 1, "patience", "at least 1", patience);
        check(
                warmUpEpochs >= 0 && warmUpEpochs < Double.POSITIVE_INFINITY,
                "warm-up epochs",
                "0 (none) or more",
                warmUpEpochs);
    }

    /** A tenth every 20 epochs, or after 10 without a lower loss; no warm-up. */
    public static ScheduleSettings of(Schedule schedule) {
        return new ScheduleSettings(schedule, 0.1, 20, 10, 0);
    }

    private static void check(boolean good, String what, String wanted, Object value) {
        if (!good) {
            throw new IllegalArgumentException("schedule: " + what + " must be " + wanted + ", got " + value);
        }
    }
}
