package ttrnn.dataset;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import ttrnn.io.JsonObject;

/**
 * Which frames of a clip are stored, and how large.
 *
 * @param width of a stored frame in pixels
 * @param height of a stored frame in pixels
 * @param every keeps the frames 0, every, 2 every, …; 1 keeps all
 * @param framesPerSecond keeps the frame nearest to each 1 / framesPerSecond; 0 leaves the choice to {@code every}
 * @param maxFrames then keeps the first of these only; 0 keeps all
 * @param onBadClip what becomes of a bad clip
 * @param sampling finer choices
 */
public record PrepareSettings(
        int width,
        int height,
        int every,
        double framesPerSecond,
        int maxFrames,
        OnBadClip onBadClip,
        Sampling sampling) {
    private static final int MAX_SIDE = 4096;

    public PrepareSettings {
        if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
            throw DatasetException.usage(
                    "size " + width + "x" + height + ": both sides must be from 1 to " + MAX_SIDE + " pixels");
        }
        if (every < 1) {
            throw DatasetException.usage("every " + every + ": keep every 1st, 2nd, 3rd, … frame");
        }
        if (!(framesPerSecond >= 0 && framesPerSecond <= 1000)) {
            throw DatasetException.usage("fps " + framesPerSecond + ": frames a second must be from 0 to 1000");
        }
        if (every > 1 && framesPerSecond > 0) {
            throw DatasetException.usage("every and fps: both choose frames, give one of them");
        }
        if (maxFrames < 0) {
            throw DatasetException.usage("max-frames " + maxFrames + ": must be positive, or 0 for all");
        }
        if (sampling.uniform() < 0) {
            throw DatasetException.usage(
                    "uniform " + sampling.uniform() + ": must be positive, or 0 for no such choice");
        }
        if (sampling.uniform() > 0 && (every > 1 || framesPerSecond > 0)) {
            throw DatasetException.usage(
                    "uniform: the frames are at equal distances already, so give no every and no fps");
        }
        if (sampling.uniform() > 0 && maxFrames > 0 && !sampling.ofClip()) {
            throw DatasetException.usage(
                    "uniform and max-frames: give one of them, or let max-frames count the clip's");
        }
        if (sampling.blend() && framesPerSecond == 0) {
            throw DatasetException.usage("blend: it mixes frames to reach a rate, so give an fps");
        }
        if (sampling.window() != Sampling.Window.START && maxFrames == 0) {
            throw DatasetException.usage("window: how long it is comes from max-frames, so give that too");
        }
    }

    /** Without finer choices. */
    public PrepareSettings(
            int width, int height, int every, double framesPerSecond, int maxFrames, OnBadClip onBadClip) {
        this(width, height, every, framesPerSecond, maxFrames, onBadClip, Sampling.PLAIN);
    }

    /** All frames at 160x120; bad clips are left out. */
    public static PrepareSettings defaults() {
        return new PrepareSettings(160, 120, 1, 0, 0, OnBadClip.SKIP);
    }

    /** Settings that were written as {@link #frames()}, perhaps among other fields. */
    public static PrepareSettings read(JsonObject json) throws IOException {
        return new PrepareSettings(
                json.integer("width", 1),
                json.integer("height", 1),
                json.integer("every", 1),
                json.number("framesPerSecond"),
                json.integer("maxFrames", 0),
                OnBadClip.SKIP,
                Sampling.read(json));
    }

    /** What decides about the frames of a clip. */
    public Map<String, Object> frames() {
        Map<String, Object> frames = new LinkedHashMap<>();
        frames.put("width", width);
        frames.put("height", height);
        frames.put("every", every);
        frames.put("framesPerSecond", framesPerSecond);
        frames.put("maxFrames", maxFrames);
        frames.putAll(sampling.toJson());
        return frames;
    }

    /**
     * What decides about a store's content, as {@code store.json} has it. How bad clips are treated does not: a store
     * may be completed under another rule.
     */
    Map<String, Object> stored(Layout layout) {
        Map<String, Object> stored = new LinkedHashMap<>();
        stored.put("layout", layout.option());
        stored.putAll(frames());
        return stored;
    }
}
