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
 * @param stride from one frame that is shown to the next
 * @param width of the frames in pixels
 * @param height of the frames in pixels
 */
public record ClipView(boolean maskGrey, Input input, int lag, boolean centre, int stride, int width, int height) {
    /** A view of all frames. */
    public ClipView(boolean maskGrey, Input input, int lag, boolean centre, int width, int height) {
        this(maskGrey, input, lag, centre, 1, width, height);
    }

    /** What the bytes are. */
    public enum Input {
        /** The frames. */
        FRAMES,
        /** 128 + x_t - x_{t-lag}, cut off at 0 and 255. */
        DIFFERENCE,
        /** |x_t - x_{t-lag}|. */
        MOTION,
        /** Light, colour and motion of each pixel, see {@link MixedFrames}. */
        MIXED,
        /** Light, colour, motion and texture of pairs of pixels, see {@link TexturedFrames}. */
        TEXTURE;

        /** Pixels beside each other that stay together, whatever else moves. */
        int cell() {
            return this == TEXTURE ? TexturedFrames.CELL : 1;
        }

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
                config.get(Settings.STRIDE),
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
            case TEXTURE -> new TexturedFrames(clip, motion, width);
        };
        FrameSequence placed = centre ? new CentredFrames(shown, motion, input.cell(), width, height) : shown;
        return stride == 1 ? placed : new StridedFrames(placed, stride, 0);
    }
}
