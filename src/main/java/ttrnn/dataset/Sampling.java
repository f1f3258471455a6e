package ttrnn.dataset;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ttrnn.io.JsonObject;
import ttrnn.video.Fit;

/**
 * Finer choices of how a clip's frames become stored frames; each has a value that changes nothing.
 *
 * @param fit what becomes of pictures of another shape
 * @param blend whether a rate is reached by mixing the two frames nearest in time, not by taking the nearest
 * @param uniform stores so many frames, at equal distances over the whole clip; 0 for no such choice
 * @param window which of a longer clip's frames a limit of frames keeps
 * @param ofClip whether the limit counts the clip's own frames, before others are chosen out of them
 * @param seed of random windows
 */
public record Sampling(Fit fit, boolean blend, int uniform, Window window, boolean ofClip, long seed) {
    /** Stretched, nearest, all frames, the first ones. */
    public static final Sampling PLAIN = new Sampling(Fit.STRETCH, false, 0, Window.START, false, 0);

    static final List<String> NAMES = List.of("fit", "blend", "uniform", "window", "ofClip", "seed");

    /** Which frames of a longer clip are kept. */
    public enum Window {
        /** The first. */
        START,
        /** Those in the middle. */
        MIDDLE,
        /** The last. */
        END,
        /** Some in a row, drawn for each clip by its id and the seed. */
        RANDOM
    }

    /** Whether how many frames a clip has must be known before the first is stored. */
    boolean needsLength(int maxFrames) {
        return uniform > 0 || (maxFrames > 0 && window != Window.START);
    }

    /** What differs from {@link #PLAIN}. */
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        if (fit != Fit.STRETCH) {
            json.put("fit", fit.name().toLowerCase(Locale.ROOT));
        }
        if (blend) {
            json.put("blend", true);
        }
        if (uniform > 0) {
            json.put("uniform", uniform);
        }
        if (window != Window.START) {
            json.put("window", window.name().toLowerCase(Locale.ROOT));
        }
        if (ofClip) {
            json.put("ofClip", true);
        }
        if (window == Window.RANDOM) {
            json.put("seed", seed);
        }
        return json;
    }

    static Sampling read(JsonObject json) throws IOException {
        try {
            return new Sampling(
                    json.has("fit") ? Fit.valueOf(json.string("fit").toUpperCase(Locale.ROOT)) : Fit.STRETCH,
                    json.has("blend") && json.bool("blend"),
                    json.has("uniform") ? json.integer("uniform", 0) : 0,
                    json.has("window") ? Window.valueOf(json.string("window").toUpperCase(Locale.ROOT)) : Window.START,
                    json.has("ofClip") && json.bool("ofClip"),
                    json.has("seed") ? json.integer("seed") : 0);
        } catch (IllegalArgumentException e) {
            throw new IOException("\"fit\" or \"window\" has a value that this version does not know", e);
        }
    }
}
