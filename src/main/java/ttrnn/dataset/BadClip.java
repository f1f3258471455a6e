package ttrnn.dataset;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.io.JsonObject;

/**
 * A clip that could not be decoded whole: one line of {@code bad.jsonl}.
 *
 * @param clip path of the clip under the source folder
 * @param reason what is wrong with it, on one line
 * @param frames frames of it that the store keeps, mostly 0
 */
public record BadClip(String clip, String reason, int frames) {
    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("clip", clip);
        json.put("reason", reason);
        json.put("frames", frames);
        return json;
    }

    static BadClip of(JsonObject json) throws IOException {
        return new BadClip(json.string("clip"), json.string("reason"), json.integer("frames", 0));
    }
}
