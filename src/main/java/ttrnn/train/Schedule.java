package ttrnn.train;

import java.util.Locale;

/** How the learning rate changes over a training; {@link LearningRate} has the formulas. */
public enum Schedule {
    /** The same throughout. */
    CONSTANT,
    /** Half a cosine, from 1 to a hundredth (Loshchilov and Hutter 2017, without restarts). */
    COSINE,
    /** Multiplied by a factor every so many epochs. */
    STEP,
    /** Multiplied by a factor when the loss has not fallen for so many epochs. */
    PLATEAU;

    /** For example {@code cosine}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
