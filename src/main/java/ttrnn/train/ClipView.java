package ttrnn.train;

import java.util.Locale;
import ttrnn.tensor.FrameSequence;

/**
 * What a model is shown of a clip, as bytes, in training and later alike.
 *
 * @param maskGrey whether frames that are 128 throughout are left out
 * @param input the frames or how they change
 * @param lag frames between the two that are compared
 * @param centre whether the frames follow what moves
 * @param width of the frames in pixels
 * @param height of the frames in pixels
 */
public record ClipView(boolean maskGrey, Input input, int lag, boolean centre, int width, int height) {
    /** What the bytes are. */
    public enum Input {
        /** The frames. */
        FRAMES,
        /** 128 + x_t - x_{t-lag}, cut off at 0 and 255. */
        DIFFERENCE,
        /** |x_t - x_{t-lag}|. */
        MOTION,
        /** Light, colour and motion of each pixel, see {@link MixedFrames}. */
        MIXED;

        /** For example {@code motion}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The view that a configuration wants of frames of a size. */
    public static ClipView of(TrainConfig config, int width, int height) {
        return new ClipView(
                config.get(Settings.MASK_GREY),
                config.get(Settings.INPUT),
                config.get(Settings.LAG),
                config.get(Settings.CENTRE),
                width,
                height);
    }

    /** The clip as it is shown; read as it is needed. */
    public FrameSequence of(FrameSequence frames) {
        FrameSequence clip = maskGrey ? new MaskedFrames(frames) : frames;
        MotionFrames motion = new MotionFrames(clip, lag, false);
        FrameSequence shown = switch (input) {
            case FRAMES -> clip;
            case DIFFERENCE -> new MotionFrames(clip, lag, true);
            case MOTION -> motion;
            case MIXED -> new MixedFrames(clip, motion);
        };
        return centre ? new CentredFrames(shown, motion, width, height) : shown;
    }
}
