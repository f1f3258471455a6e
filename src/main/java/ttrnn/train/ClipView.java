package ttrnn.train;

import java.util.Locale;
import ttrnn.tensor.FrameSequence;

/**
 * What a model is shown of a clip, as bytes, in training and later alike.
 *
 * @param input the frames or how they change
 * @param lag frames between the two that are compared
 * @param centre whether the frames follow what moves
 * @param width of the frames in pixels
 * @param height of the frames in pixels
 */
public record ClipView(Input input, int lag, boolean centre, int width, int height) {
    /** What the bytes are. */
    public enum Input {
        /** The frames. */
        FRAMES,
        /** 128 + x_t - x_{t-lag}, cut off at 0 and 255. */
        DIFFERENCE,
        /** |x_t - x_{t-lag}|. */
        MOTION;

        /** For example {@code motion}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The view that a configuration wants of frames of a size. */
    public static ClipView of(TrainConfig config, int width, int height) {
        return new ClipView(
                config.get(Settings.INPUT), config.get(Settings.LAG), config.get(Settings.CENTRE), width, height);
    }

    /** The clip as it is shown; read as it is needed. */
    public FrameSequence of(FrameSequence clip) {
        FrameSequence shown = input == Input.FRAMES ? clip : new MotionFrames(clip, lag, input == Input.DIFFERENCE);
        return centre ? new CentredFrames(shown, new MotionFrames(clip, lag, false), width, height) : shown;
    }
}
