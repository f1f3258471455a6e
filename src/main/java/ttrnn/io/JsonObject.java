package ttrnn.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that was read, with fields by type. Each getter throws an {@link IOException} of one line if the field is
 * missing or of another type; the {@code optional} ones give null where it is missing or null.
 */
public final class JsonObject {
    private final Map<String, Object> fields;

    JsonObject(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** Names of the fields in the order of the text. */
    public Set<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** Whether there is such a field, other than null. */
    public boolean has(String name) {
        return fields.get(name) != null;
    }

    /** A text; a field that is missing or of another kind is an {@link IOException} that names it. */
    public String string(String name) throws IOException {
        return need(name, String.class, "a string");
    }

    /** A text, or null where there is no such field. */
    public @Nullable String optionalString(String name) throws IOException {
        return has(name) ? string(name) : null;
    }

    /** True or false. */
    public boolean bool(String name) throws IOException {
        return need(name, Boolean.class, "true or false");
    }

    /** A whole number, written without a fraction. */
    public long integer(String name) throws IOException {
        Object value = fields.get(name);
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw wrong(name, "a whole number");
    }

    /** A whole number from {@code least} to 2^31 - 1. */
    public int integer(String name, int least) throws IOException {
        long value = integer(name);
        if (value < least || value > Integer.MAX_VALUE) {
            throw wrong(name, "a whole number from " + least + " to " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    /** A finite number. */
    public double number(String name) throws IOException {
        double value = need(name, Number.class, "a number").doubleValue();
        if (!Double.isFinite(value)) {
            throw wrong(name, "a finite number");
        }
        return value;
    }

    /** A list of whole numbers, none negative. */
    public long[] sizes(String name) throws IOException {
        List<?> list = need(name, List.class, "a list");
        long[] sizes = new long[list.size()];
        for (int i = 0; i < sizes.length; i++) {
            Object value = list.get(i);
            if (!(value instanceof Integer || value instanceof Long) || ((Number) value).longValue() < 0) {
                throw wrong(name, "a list of whole numbers from 0 on");
            }
            sizes[i] = ((Number) value).longValue();
        }
        return sizes;
    }

    /** A string as it is, any other value as JSON. */
    public String text(String name) throws IOException {
        Object value = need(name, Object.class, "a value");
        return value instanceof String string ? string : Json.line(value);
    }

    /** A list of numbers. */
    public double[] numbers(String name) throws IOException {
        List<?> list = need(name, List.class, "a list");
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(list.get(i) instanceof Number number)) {
                throw wrong(name, "a list of numbers");
            }
            numbers[i] = number.doubleValue();
        }
        return numbers;
    }

    /** A list of strings. */
    public List<String> strings(String name) throws IOException {
        List<?> list = need(name, List.class, "a list");
        for (Object value : list) {
            if (!(value instanceof String)) {
                throw wrong(name, "a list of strings");
            }
        }
        return list.stream().map(String.class::cast).toList();
    }

    /** An object within the object. */
    public JsonObject object(String name) throws IOException {
        return of(need(name, Map.class, "an object"));
    }

    /** A list of objects. */
    public List<JsonObject> objects(String name) throws IOException {
        List<JsonObject> objects = new ArrayList<>();
        for (Object value : need(name, List.class, "a list")) {
            if (!(value instanceof Map<?, ?> map)) {
                throw wrong(name, "a list of objects");
            }
            objects.add(of(map));
        }
        return objects;
    }

    private static JsonObject of(Map<?, ?> found) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : found.entrySet()) {
            map.put((String) entry.getKey(), entry.getValue());
        }
        return new JsonObject(map);
    }

    private <T> T need(String name, Class<T> type, String what) throws IOException {
        Object value = fields.get(name);
        if (!type.isInstance(value)) {
            throw wrong(name, what);
        }
        return type.cast(value);
    }

    private IOException wrong(String name, String what) {
        if (!fields.containsKey(name)) {
            return new IOException("the field \"" + name + "\" is missing");
        }
        Object found = fields.get(name);
        String value = found == null ? "null" : Json.line(found);
        return new IOException("the field \"" + name + "\" must be " + what + ", got "
                + (value.length() > 60 ? value.substring(0, 60) + "…" : value));
    }
}
