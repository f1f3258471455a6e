package ttrnn.train;

import java.util.Locale;

/** What is taken from the bytes before they are multiplied by the input scale. */
public enum Normalization {
    /** 128. */
    NONE,
    /** The mean of each pixel and colour over the training clips. */
    MEAN,
    /** That mean; then what is left is scaled such that its deviation over all pixels is 64. */
    STANDARD;

    /** For example {@code mean}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
