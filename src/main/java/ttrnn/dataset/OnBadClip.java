package ttrnn.dataset;

import java.util.Locale;

/** What becomes of a clip that cannot be decoded whole. */
public enum OnBadClip {
    /** The preparation stops. */
    FAIL,
    /** The clip is named, counted and left out. */
    SKIP,
    /** The frames before the damage are kept, if there are any; the clip is named all the same. */
    KEEP_READABLE;

    /** The name on the command line. */
    public String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
