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
 */
public record PrepareSettings(
        int width, int height, int every, double framesPerSecond, int maxFrames, OnBadClip onBadClip) {
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
                OnBadClip.SKIP);
    }

    /** What decides about the frames of a clip. */
    public Map<String, Object> frames() {
        Map<String, Object> frames = new LinkedHashMap<>();
        frames.put("width", width);
        frames.put("height", height);
        frames.put("every", every);
        frames.put("framesPerSecond", framesPerSecond);
        frames.put("maxFrames", maxFrames);
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
