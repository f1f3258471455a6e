package ttrnn.dataset;

import ttrnn.video.ClipException;
import ttrnn.video.FrameSource;

/**
 * Which frames of a clip are stored, decided frame by frame as they are decoded. By number: 0, N, 2N, …. By time: stored
 * frame k is the one whose timestamp is nearest to k / F seconds, the earlier one at a tie, as long as that moment is
 * within half a frame of the clip's last frame; a frame is stored more than once where F exceeds the clip's rate.
 */
final class FrameChoice {
    private final int every;
    private final double storedRate;
    private final double clipRate;
    private int index;
    private long stored;

    /** @param clipRate frames a second of the clip, 0 if it is not known; then {@code settings} cannot ask for a rate */
    /** The choice for a clip; it fails if the rate of a clip is needed that does not say it. */
    static FrameChoice of(PrepareSettings settings, FrameSource source) throws ClipException {
        double rate = source.format().framesPerSecond();
        if (settings.framesPerSecond() > 0 && !(rate > 0)) {
            throw new ClipException("does not say its frames a second, so fps cannot be kept: use every instead");
        }
        return new FrameChoice(settings, rate);
    }

    FrameChoice(PrepareSettings settings, double clipRate) {
        this.every = settings.every();
        this.storedRate = settings.framesPerSecond();
        this.clipRate = clipRate;
    }

    /** How often the next frame is to be stored. */
    int next() {
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

    /** Stored frames a second; 0 if the clip does not say its rate. */
    double rate() {
        return storedRate == 0 ? clipRate / every : storedRate;
    }
}
