package ttrnn.train;

import java.util.Locale;

/** How the learning rate changes over a training; {@link LearningRate} carries it out. */
public enum Schedule {
    /** The same throughout. */
    CONSTANT {
        @Override
        double factor(double done) {
            return 1;
        }
    },
    /** Half a cosine, from 1 to a hundredth (Loshchilov and Hutter 2017, without restarts). */
    COSINE {
        @Override
        double factor(double done) {
            return LOWEST + (1 - LOWEST) * 0.5 * (1 + StrictMath.cos(Math.PI * done));
        }
    },
    /** Multiplied by a factor every so many epochs. */
    STEP,
    /** Multiplied by a factor when the loss has not fallen for so many epochs. */
    PLATEAU;

    private static final double LOWEST = 0.01;

    /**
     * Factor on the learning rate when the share {@code done}, 0 … 1, of all steps is done.
     *
     * @throws IllegalStateException for those that depend on more than the share
     */
    double factor(double done) {
        throw new IllegalStateException("schedule: " + this + " depends on epochs, not on the share done");
    }

    /** For example {@code cosine}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
