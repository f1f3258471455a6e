package ttrnn.video;

/**
 * The times of MPEG-4 pictures (ISO 14496-2, 6.3.5). A B picture's direct motion is the motion of the reference after it,
 * scaled by the ratio of two distances in time. All in ticks of the layer's resolution.
 */
final class Mpeg4Clock {
    private long base;
    private long lastBase;
    private long lastReference;
    private long referenceDistance;
    private long lastShown;

    /** Takes the time of a group-of-pictures header in seconds. */
    void startGroup(int seconds) {
        base = seconds;
    }

    /**
     * Counts a reference picture.
     *
     * @param seconds whole seconds since the reference before, as its header says
     * @param ticks part of a second
     */
    void reference(int seconds, int ticks, int ticksPerSecond) {
        lastBase = base;
        base += seconds;
        long time = base * ticksPerSecond + ticks;
        referenceDistance = time - lastReference;
        lastShown = lastReference;
        lastReference = time;
    }

    /** Time between the last two references. */
    long referenceDistance() {
        return referenceDistance;
    }

    /** Time from the last picture that is shown before the newest reference to that reference. */
    long gapBeforeReference() {
        return lastReference - lastShown;
    }

    /** Time from the reference before a B picture to the picture. */
    long between(int seconds, int ticks, int ticksPerSecond) {
        long time = (lastBase + seconds) * ticksPerSecond + ticks;
        lastShown = time;
        return referenceDistance - (lastReference - time);
    }
}
