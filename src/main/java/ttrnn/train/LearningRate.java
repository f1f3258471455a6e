package ttrnn.train;

/**
 * The learning rate of each step of a training. With w steps of warm-up step s, from 0, has base (s + 1) / w while s &lt;
 * w; then the schedule begins, over the steps that are left.
 *
 * <ul>
 *   <li>constant: base; cosine: base (0.01 + 0.99 (1 + cos(pi x)) / 2), x being the share done;
 *   <li>step: base factor^floor((s - w) / steps of {@code stepEpochs} epochs);
 *   <li>plateau: base factor^k, where k grows by one whenever {@code patience} epochs in a row did not bring the loss below
 *       the lowest so far. Epochs that end within the warm-up can lower the lowest loss, but do not count as waiting.
 * </ul>
 *
 * <p>What it remembers of the epochs can be taken out and put back, for a training that goes on.
 */
public final class LearningRate {
    /**
     * What the epochs so far have left.
     *
     * @param epochs how many have ended
     * @param lowestLoss infinite before the first
     * @param waited epochs since the loss last fell, or since the rate did
     * @param reductions how often the rate fell
     */
    public record State(int epochs, double lowestLoss, int waited, int reductions) {}

    /** Where the cosine ends. */
    private static final double LOWEST = 0.01;

    private final double base;
    private final ScheduleSettings settings;
    private final long stepsPerEpoch;
    private final long steps;
    private final long warmUp;
    private State state = new State(0, Double.POSITIVE_INFINITY, 0, 0);

    /**
     * The rate of a training that has not begun.
     *
     * @param base highest rate
     * @param stepsPerEpoch steps of one epoch
     * @param epochs epochs of the whole training
     */
    public LearningRate(double base, ScheduleSettings settings, int stepsPerEpoch, int epochs) {
        if (settings.warmUpEpochs() >= epochs) {
            throw new IllegalArgumentException("schedule: warm-up epochs must be fewer than the " + epochs
                    + " of the training, got " + settings.warmUpEpochs());
        }
        this.base = base;
        this.settings = settings;
        this.stepsPerEpoch = stepsPerEpoch;
        this.steps = (long) stepsPerEpoch * epochs;
        // At least one step is left for the schedule.
        this.warmUp = Math.min(Math.round(settings.warmUpEpochs() * stepsPerEpoch), steps - 1);
    }

    /** The rate of the step before which {@code done} steps were made. */
    public double at(long done) {
        if (done < warmUp) {
            return base * (double) (done + 1) / (double) warmUp;
        }
        long since = done - warmUp;
        return switch (settings.schedule()) {
            case CONSTANT -> base;
            case COSINE -> base * cosine((double) since / (double) (steps - warmUp));
            case STEP -> base * power(since / (settings.stepEpochs() * stepsPerEpoch));
            case PLATEAU -> base * power(state.reductions());
        };
    }

    /**
     * Tells the loss of an epoch that has ended: that of the validation clips, or without those of the training clips. A loss
     * that is no number counts as not lower.
     */
    public void epochEnded(double loss) {
        int epochs = state.epochs() + 1;
        if (loss < state.lowestLoss()) {
            state = new State(epochs, loss, 0, state.reductions());
            return;
        }
        int waited = epochs * stepsPerEpoch <= warmUp ? 0 : state.waited() + 1;
        boolean enough = waited >= settings.patience();
        state = new State(epochs, state.lowestLoss(), enough ? 0 : waited, state.reductions() + (enough ? 1 : 0));
    }

    /** What a checkpoint keeps of it. */
    public State state() {
        return state;
    }

    /** Goes on from a state. */
    public void restore(State earlier) {
        state = earlier;
    }

    private static double cosine(double done) {
        return LOWEST + (1 - LOWEST) * 0.5 * (1 + StrictMath.cos(Math.PI * done));
    }

    private double power(long times) {
        return StrictMath.pow(settings.factor(), (double) times);
    }
}
