package ttrnn.train;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import ttrnn.io.JsonObject;

/** How the values of settings are written. */
final class Kinds {
    static final Setting.Kind<Integer> WHOLE = kind(
            (json, name) -> json.integer(name, Integer.MIN_VALUE),
            text -> number(text, Integer::valueOf, "a whole number"));
    static final Setting.Kind<Long> LONG =
            kind(JsonObject::integer, text -> number(text, Long::valueOf, "a whole number"));
    static final Setting.Kind<Double> NUMBER = new Setting.Kind<>() {
        @Override
        public Double read(JsonObject json, String name) throws IOException {
            return json.number(name);
        }

        @Override
        public Double parse(String text) {
            return number(text, digits -> new BigDecimal(digits).doubleValue(), "a number");
        }

        @Override
        public String text(Double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e9
                    ? String.valueOf(value.longValue())
                    : new BigDecimal(String.valueOf(value)).toPlainString();
        }
    };
    static final Setting.Kind<Boolean> FLAG = kind(JsonObject::bool, Boolean::valueOf);
    static final Setting.Kind<String> TEXT = kind(JsonObject::string, text -> text);

    /** Positive whole numbers with commas between, and blanks if quoted. */
    static final Setting.Kind<List<Integer>> SIZES = new Setting.Kind<>() {
        @Override
        public List<Integer> read(JsonObject json, String name) throws IOException {
            // What fits no int is too large for any mode or rank, so the checks refuse it.
            return Arrays.stream(json.sizes(name))
                    .mapToObj(size -> (int) Math.min(size, Integer.MAX_VALUE))
                    .toList();
        }

        @Override
        public List<Integer> parse(String text) {
            List<Integer> numbers = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                numbers.add(number(text, part.strip()));
            }
            return List.copyOf(numbers);
        }

        private int number(String text, String part) {
            // At most nine digits: what fits no int is no mode or rank either.
            if (!part.matches("\\d{1,9}") || Integer.parseInt(part) == 0) {
                String found = part.isEmpty() ? "nothing between two commas or at an end" : "'" + part + "'";
                throw new IllegalArgumentException(
                        "'" + text + "' is not a list of positive whole numbers such as 8,20,20,18: it has " + found);
            }
            return Integer.parseInt(part);
        }

        @Override
        public Object write(List<Integer> value) {
            return List.copyOf(value);
        }

        @Override
        public String text(List<Integer> value) {
            return value.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
    };

    static final Setting.Kind<List<String>> NAMES = new Setting.Kind<>() {
        @Override
        public List<String> read(JsonObject json, String name) throws IOException {
            return json.strings(name);
        }

        @Override
        public List<String> parse(String text) {
            return List.of(text.split(","));
        }

        @Override
        public String text(List<String> value) {
            return String.join(",", value);
        }
    };

    private Kinds() {}

    private interface Reader<T> {
        T read(JsonObject json, String name) throws IOException;
    }

    /** Values that are written as they print. */
    private static <T> Setting.Kind<T> kind(Reader<T> reader, Function<String, T> parser) {
        return new Setting.Kind<>() {
            @Override
            public T read(JsonObject json, String name) throws IOException {
                return reader.read(json, name);
            }

            @Override
            public T parse(String text) {
                return parser.apply(text);
            }
        };
    }

    private static <T> T number(String text, Function<String, T> parser, String what) {
        try {
            return parser.apply(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not " + what, e);
        }
    }

    static <E extends Enum<E>> Setting.Kind<E> choice(List<E> values) {
        return new Setting.Kind<>() {
            @Override
            public E read(JsonObject json, String name) throws IOException {
                try {
                    return parse(json.string(name));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
                }
            }

            @Override
            public E parse(String text) {
                for (E value : values) {
                    if (value.toString().equals(text)) {
                        return value;
                    }
                }
                throw new IllegalArgumentException("\"" + text + "\" is none of "
                        + values.stream().map(E::toString).collect(Collectors.joining(", ")));
            }

            @Override
            public Object write(E value) {
                return value.toString();
            }
        };
    }
}
