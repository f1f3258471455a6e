package ttrnn.dataset;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.io.JsonObject;

/**
 * A clip in a store: one line of {@code clips.jsonl}.
 *
 * @param id path under the source folder without extension; the frames lie in {@code frames/ID.npy}
 * @param labels names of its classes, one at least, mostly just one
 * @param group what a split must not tear apart; null if the layout has none
 * @param part {@code train}, {@code validation} or {@code test} by the data set's official lists; null if it is in none
 * @param frames number of stored frames, at least 1
 * @param framesPerSecond rate of the stored frames; 0 if the clip does not say
 * @param width of a frame in pixels
 * @param height of a frame in pixels
 * @param source path under the source folder with extension
 * @param sourceBytes size of the source file; another size there means that the clip was replaced
 * @param sourceHash of samples of the source file, likewise; null in stores of older versions
 * @param sha256 of all frame bytes, in hexadecimal
 * @param decoder what the decoder said; null in stores of older versions
 * @param damage why only the frames before a damage were kept; null for a clip that was decoded whole
 */
public record ClipRecord(
        String id,
        List<String> labels,
        @Nullable String group,
        @Nullable String part,
        int frames,
        double framesPerSecond,
        int width,
        int height,
        String source,
        long sourceBytes,
        @Nullable String sourceHash,
        String sha256,
        @Nullable DecoderVerdict decoder,
        @Nullable String damage) {
    public ClipRecord {
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("clip " + id + " has no label");
        }
    }

    /** A clip of one class, of which no more is known. */
    public ClipRecord(
            String id,
            String label,
            @Nullable String group,
            int frames,
            double framesPerSecond,
            int width,
            int height,
            String source,
            long sourceBytes,
            String sha256,
            @Nullable String damage) {
        this(
                id,
                List.of(label),
                group,
                null,
                frames,
                framesPerSecond,
                width,
                height,
                source,
                sourceBytes,
                null,
                sha256,
                null,
                damage);
    }

    /** The class, or the first one. */
    public String label() {
        return labels.get(0);
    }

    /** Bytes of one frame: {@code [height, width, 3]}. */
    public int frameSize() {
        return height * width * 3;
    }

    /** The group, or the id where there is none: such a clip is a group of its own. */
    public String groupOrId() {
        return group == null ? id : group;
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id);
        if (labels.size() == 1) {
            json.put("label", label());
        } else {
            json.put("labels", labels);
        }
        json.put("group", group);
        if (part != null) {
            json.put("split", part);
        }
        json.put("frames", frames);
        json.put("framesPerSecond", framesPerSecond);
        json.put("width", width);
        json.put("height", height);
        json.put("source", source);
        json.put("sourceBytes", sourceBytes);
        if (sourceHash != null) {
            json.put("sourceHash", sourceHash);
        }
        json.put("sha256", sha256);
        if (decoder != null) {
            json.put("decoder", decoder.toJson());
        }
        if (damage != null) {
            json.put("damage", damage);
        }
        return json;
    }

    static ClipRecord of(JsonObject json) throws IOException {
        List<String> labels = json.has("labels") ? json.strings("labels") : List.of(json.string("label"));
        if (labels.isEmpty()) {
            throw new IOException("\"labels\" is empty");
        }
        ClipRecord clip = new ClipRecord(
                json.string("id"),
                labels,
                json.optionalString("group"),
                json.optionalString("split"),
                json.integer("frames", 1),
                json.number("framesPerSecond"),
                json.integer("width", 1),
                json.integer("height", 1),
                json.string("source"),
                json.has("sourceBytes") ? json.integer("sourceBytes") : -1,
                json.optionalString("sourceHash"),
                json.string("sha256"),
                json.has("decoder") ? DecoderVerdict.of(json.object("decoder")) : null,
                json.optionalString("damage"));
        if (3L * clip.width * clip.height > Integer.MAX_VALUE) {
            throw new IOException("frames of " + clip.width + "x" + clip.height + " pixels are too large");
        }
        if (!clip.sha256.matches("[0-9a-f]{64}")) {
            throw new IOException("\"sha256\" is not 64 hexadecimal digits");
        }
        return clip;
    }
}
