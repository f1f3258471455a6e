package ttrnn.video;

/**
 * The times of MPEG-4 pictures, and how to tell them to JCodec. A B picture's direct motion is the motion of the
 * reference after it, scaled by the ratio of two distances in time. JCodec 0.2.5 never resets the seconds it has
 * counted, so from the first whole second on its ratios are wrong.
 *
 * <p>We count ourselves and write each picture's time anew so that JCodec's arithmetic gives our ratio: the first
 * picture announces one second, which JCodec then adds to its clock at every reference; references come at the end of
 * their second, and a B picture at our ratio of it.
 */
final class Mpeg4Clock {
    /** Ticks a second in rewritten headers; divisible by 1 … 12, so that the usual ratios are exact. */
    static final int TICKS = 27_720;

    private long base;
    private long lastBase;
    private long lastReference;
    private long referenceDistance;
    private long lastShown;
    private boolean running;

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

    /** Ticks from the last picture that is shown before the newest reference to that reference. */
    long gapBeforeReference() {
        return lastReference - lastShown;
    }

    /** Ticks of {@link #TICKS} from the reference before a B picture to the picture, the next reference being at 1 s. */
    int between(int seconds, int ticks, int ticksPerSecond) {
        long time = (lastBase + seconds) * ticksPerSecond + ticks;
        lastShown = time;
        long distance = referenceDistance - (lastReference - time);
        if (distance <= 0 || distance >= referenceDistance) {
            return TICKS / 2;
        }
        return (int) ((distance * TICKS + referenceDistance / 2) / referenceDistance);
    }

    /** Writes the time fields of a reference picture. */
    void writeReference(BitSplice out) {
        out.write(running ? 0b01 : 0b101, running ? 2 : 3);
        running = true;
        out.write(TICKS, Mpeg4Layer.timeBits(TICKS));
    }

    /** Writes the time fields of a B picture. */
    void writeBetween(int ticks, BitSplice out) {
        out.write(0b01, 2);
        out.write(ticks, Mpeg4Layer.timeBits(TICKS));
    }
}
