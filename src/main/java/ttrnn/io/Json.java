package ttrnn.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;

/**
 * JSON text to maps, lists, strings and numbers, and back; the one file that touches Jackson. Reading is strict: one
 * object and nothing after it, no key twice, bounded depth. Writing gives the same bytes on every Java: Double.toString
 * changed with Java 19, so doubles go through Jackson's own shortest form.
 */
public final class Json {
    private static final int DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 64;
    private static final int MAX_STRING_LENGTH = 64 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /**
     * Reads one object.
     *
     * @throws IOException with one line: what is wrong, and at which line and column
     */
    public static JsonObject parse(String text) throws IOException {
        try {
            LinkedHashMap<String, Object> map = MAPPER.readValue(text, new TypeReference<>() {});
            if (map == null) {
                throw new IOException("json: an object was expected, got null");
            }
            return new JsonObject(map);
        } catch (JsonProcessingException e) {
            String what = e.getOriginalMessage();
            int end = what.indexOf('\n');
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new IOException("json: " + (end < 0 ? what : what.substring(0, end)) + where, e);
        }
    }

    /** {@code value}, of maps, lists, records, strings, numbers, booleans and nulls, on one line. */
    public static String line(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("json: cannot write " + value.getClass(), e);
        }
    }

    /** As {@link #line}, indented for people, with a last line feed. */
    public static String pretty(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter()
                            .writeValueAsString(value)
                            .replace("\r\n", "\n") + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("json: cannot write " + value.getClass(), e);
        }
    }
}
