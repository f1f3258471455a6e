package ttrnn.dataset;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.io.JsonObject;
import ttrnn.video.ClipFormat;
import ttrnn.video.DecodeReport;
import ttrnn.video.FrameSource;

/**
 * What the decoder said of a clip, as far as it was decoded.
 *
 * @param container for example {@code AVI}
 * @param codec for example {@code MPEG-4 part 2}
 * @param report frames that came, and what was wrong with them
 */
public record DecoderVerdict(String container, String codec, DecodeReport report) {
    static DecoderVerdict of(FrameSource source) {
        ClipFormat format = source.format();
        return new DecoderVerdict(format.container(), format.codec(), source.report());
    }

    Map<String, @Nullable Object> toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("container", container);
        json.put("codec", codec);
        json.put("frames", report.frames());
        json.put("whole", report.whole());
        json.put("sliceErrors", report.sliceErrors());
        json.put("missingMacroblocks", report.missingMacroblocks());
        json.put("truncated", report.truncated());
        return json;
    }

    static DecoderVerdict of(JsonObject json) throws IOException {
        return new DecoderVerdict(
                json.string("container"),
                json.string("codec"),
                new DecodeReport(
                        json.integer("frames", 0),
                        json.integer("whole", 0),
                        json.integer("sliceErrors", 0),
                        json.integer("missingMacroblocks", 0),
                        json.bool("truncated")));
    }
}
