package ttrnn.video;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The small clips under src/test/resources/clips, made by src/test/reference/make_clips.py. */
public final class OwnClips {
    private OwnClips() {}

    /** A clip, or the expectations in {@code expected.json}. */
    public static Path file(String name) {
        URL url = OwnClips.class.getResource("/clips/" + name);
        try {
            if (url == null) {
                throw new IllegalArgumentException("no clip " + name);
            }
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By the clip's name: width, height, frames, i420_crc32. */
    static JsonNode expected() {
        try {
            return new ObjectMapper().readTree(file("expected.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
