package ttrnn.dataset;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;

/**
 * What became of a clip.
 *
 * @param id of the clip
 * @param record its line in the store, null if nothing of it was kept
 * @param bad what is wrong with it, null if nothing is
 */
public record PreparedClip(
        String id, @Nullable ClipRecord record, @Nullable BadClip bad) {
    /** As a line of JSON, to be sent. */
    public String toLine() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", id);
        if (record != null) {
            json.put("record", record.toJson());
        }
        if (bad != null) {
            json.put("bad", bad.toJson());
        }
        return Json.line(json);
    }

    /** Reads what {@link #toLine()} wrote. */
    public static PreparedClip of(String line) throws IOException {
        JsonObject json = Json.parse(line);
        return new PreparedClip(
                json.string("id"),
                json.has("record") ? ClipRecord.of(json.object("record")) : null,
                json.has("bad") ? BadClip.of(json.object("bad")) : null);
    }
}
