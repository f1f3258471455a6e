package ttrnn.dataset;

import ttrnn.video.ClipException;
import ttrnn.video.FrameSource;

/**
 * Which frames of a clip are stored, decided frame by frame as they are decoded. By number: 0, N, 2N, …. By time: stored
 * frame k is the one whose timestamp is nearest to k / F seconds, the earlier one at a tie, as long as that moment is
 * within half a frame of the clip's last frame; a frame is stored more than once where F exceeds the clip's rate. This
 * is for clips whose frames follow at one rate; {@link TimedChoice} is for times of their own.
 */
final class FrameChoice implements Chooser {
    private final int every;
    private final double storedRate;
    private final double clipRate;
    private int index;
    private long stored;

    /**
     * The choice for a clip; it fails if the rate of a clip is needed that does not say it.
     *
     * @param frames frames of the clip that may be chosen, where the settings need to know
     */
    static Chooser of(PrepareSettings settings, FrameSource source, int frames) throws ClipException {
        double rate = source.format().framesPerSecond();
        double wanted = settings.framesPerSecond();
        Sampling sampling = settings.sampling();
        if (sampling.uniform() > 0) {
            return new UniformChoice(sampling.uniform(), frames, rate);
        }
        if (wanted > 0 && source.ticksPerSecond() > 0) {
            return new TimedChoice(wanted, source.ticksPerSecond(), sampling.blend());
        }
        if (wanted > 0 && !(rate > 0)) {
            throw new ClipException("does not say its frames a second, so fps cannot be kept: use every instead");
        }
        // A frame a tick.
        return wanted > 0 && sampling.blend() ? new TimedChoice(wanted, rate, true) : new FrameChoice(settings, rate);
    }

    /** @param clipRate frames a second of the clip, 0 if it is not known; then {@code settings} cannot ask for a rate */
    FrameChoice(PrepareSettings settings, double clipRate) {
        this.every = settings.every();
        this.storedRate = settings.framesPerSecond();
        this.clipRate = clipRate;
    }

    @Override
    public int next(long ticks) {
        int at = index++;
        if (storedRate == 0) {
            return at % every == 0 ? 1 : 0;
        }
        int copies = 0;
        while (nearest(stored) <= at) {
            stored++;
            copies++;
        }
        return copies;
    }

    /** Product before quotient: a tie of whole rates, such as 25 to 10, is then exact. */
    private double nearest(long k) {
        return StrictMath.ceil(k * clipRate / storedRate - 0.5);
    }

    @Override
    public double rate() {
        return storedRate == 0 ? clipRate / every : storedRate;
    }
}
