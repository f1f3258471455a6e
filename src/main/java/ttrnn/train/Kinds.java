package ttrnn.train;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import ttrnn.io.JsonObject;

/** How the values of settings are written. */
final class Kinds {
    static final Setting.Kind<Integer> WHOLE = new Setting.Kind<>() {
        @Override
        public Integer read(JsonObject json, String name) throws IOException {
            return json.integer(name, Integer.MIN_VALUE);
        }

        @Override
        public Integer parse(String text) {
            try {
                return Integer.valueOf(text.strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
            }
        }
    };

    static final Setting.Kind<Long> LONG = new Setting.Kind<>() {
        @Override
        public Long read(JsonObject json, String name) throws IOException {
            return json.integer(name);
        }

        @Override
        public Long parse(String text) {
            try {
                return Long.valueOf(text.strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
            }
        }
    };

    static final Setting.Kind<Double> NUMBER = new Setting.Kind<>() {
        @Override
        public Double read(JsonObject json, String name) throws IOException {
            return json.number(name);
        }

        @Override
        public Double parse(String text) {
            try {
                return new BigDecimal(text.strip()).doubleValue();
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("'" + text + "' is not a number", e);
            }
        }

        @Override
        public String text(Double value) {
            return value == Math.rint(value) && Math.abs(value) < 1e9
                    ? String.valueOf(value.longValue())
                    : new BigDecimal(String.valueOf(value)).toPlainString();
        }
    };

    static final Setting.Kind<Boolean> FLAG = new Setting.Kind<>() {
        @Override
        public Boolean read(JsonObject json, String name) throws IOException {
            return json.bool(name);
        }

        @Override
        public Boolean parse(String text) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("'" + text + "' is neither true nor false");
            }
            return Boolean.valueOf(text);
        }
    };

    static final Setting.Kind<String> TEXT = new Setting.Kind<>() {
        @Override
        public String read(JsonObject json, String name) throws IOException {
            return json.string(name);
        }

        @Override
        public String parse(String text) {
            return text;
        }
    };

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
