package ttrnn.train;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import ttrnn.io.JsonObject;

/**
 * One field of a configuration, told once: its name, its kind, its default, what it may be, and what it means. From this come
 * the field in JSON, the option on the command line, its help, and every message about a wrong value.
 *
 * @param <T> type of the value
 */
public final class Setting<T> {
    /** How a value is written. */
    interface Kind<T> {
        /** From a configuration file. */
        T read(JsonObject json, String name) throws IOException;

        /** From a command line; an exception's message says what is wrong with the text. */
        T parse(String text);

        /** To a configuration file. */
        default Object write(T value) {
            return value;
        }

        /** To a command line and to help. */
        default String text(T value) {
            return String.valueOf(value);
        }
    }

    private final String name;
    private final String label;
    private final String description;
    private final Kind<T> kind;
    private final T otherwise;
    private final Predicate<T> good;
    private final String wanted;
    private final List<String> choices;

    private Setting(
            String name,
            String label,
            String description,
            Kind<T> kind,
            T otherwise,
            Predicate<T> good,
            String wanted) {
        this(name, label, description, kind, otherwise, good, wanted, List.of());
    }

    private Setting(
            String name,
            String label,
            String description,
            Kind<T> kind,
            T otherwise,
            Predicate<T> good,
            String wanted,
            List<String> choices) {
        this.name = name;
        this.label = label;
        this.description = description;
        this.kind = kind;
        this.otherwise = otherwise;
        this.good = good;
        this.wanted = wanted;
        this.choices = choices;
    }

    static Setting<Integer> whole(String name, String label, int otherwise, int least, String description) {
        return new Setting<>(
                name, label, description, Kinds.WHOLE, otherwise, value -> value >= least, "at least " + least);
    }

    /** With a bound, for what a file from elsewhere must not make huge. */
    static Setting<Integer> whole(String name, String label, int otherwise, int least, int most, String description) {
        return new Setting<>(
                name,
                label,
                description,
                Kinds.WHOLE,
                otherwise,
                value -> value >= least && value <= most,
                "from " + least + " to " + most);
    }

    static Setting<Long> seed(String name, long otherwise, String description) {
        return new Setting<>(name, "N", description, Kinds.LONG, otherwise, value -> true, "a whole number");
    }

    static Setting<Double> number(
            String name, double otherwise, Predicate<Double> good, String wanted, String description) {
        return new Setting<>(name, "X", description, Kinds.NUMBER, otherwise, good, wanted);
    }

    /** A share from 0 to below 1. */
    static Setting<Double> share(String name, double otherwise, String description) {
        return number(name, otherwise, value -> value >= 0 && value < 1, "from 0 to below 1", description);
    }

    static Setting<Boolean> flag(String name, boolean otherwise, String description) {
        return new Setting<>(name, "", description, Kinds.FLAG, otherwise, value -> true, "true or false");
    }

    static <E extends Enum<E>> Setting<E> choice(String name, E otherwise, String description) {
        List<E> values = Arrays.asList(otherwise.getDeclaringClass().getEnumConstants());
        List<String> choices = values.stream().map(E::toString).toList();
        String names = String.join(", ", choices);
        return new Setting<>(
                name,
                "NAME",
                description + ": " + names,
                Kinds.choice(values),
                otherwise,
                value -> true,
                "one of " + names,
                choices);
    }

    /** One of some names. */
    static Setting<String> oneOf(String name, String otherwise, List<String> names, String description) {
        String all = String.join(", ", names);
        return new Setting<>(
                name, "NAME", description + ": " + all, Kinds.TEXT, otherwise, names::contains, "one of " + all, names);
    }

    static Setting<List<Integer>> sizes(
            String name,
            String label,
            List<Integer> otherwise,
            Predicate<List<Integer>> good,
            String wanted,
            String description) {
        return new Setting<>(name, label, description, Kinds.SIZES, otherwise, good, wanted);
    }

    static Setting<List<String>> names(String name, String label, String description) {
        return new Setting<>(name, label, description, Kinds.NAMES, List.of(), value -> true, "names");
    }

    /** For example {@code batchSize}. */
    public String name() {
        return name;
    }

    /** For example {@code --batch-size}. */
    public String option() {
        return "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Stands for the value in help, for example {@code N}; empty for what is on or off. */
    public String label() {
        return label;
    }

    /** What it means, and its default. */
    public String description() {
        String text = kind.text(otherwise);
        return text.isEmpty() || isFlag() ? description + "." : description + " (default: " + text + ").";
    }

    /** The words it can be; empty if it is no choice of a few. */
    public List<String> choices() {
        return choices;
    }

    /** Whether it is true or false, and so an option without a value. */
    public boolean isFlag() {
        return kind == (Object) Kinds.FLAG;
    }

    T otherwise() {
        return otherwise;
    }

    T read(JsonObject json) throws IOException {
        return kind.read(json, name);
    }

    /** A value from a command line. */
    public T parse(String text) {
        return kind.parse(text);
    }

    Object write(T value) {
        return kind.write(value);
    }

    void check(T value) {
        if (!good.test(value)) {
            throw new IllegalArgumentException(name + ": must be " + wanted + ", got " + kind.text(value));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
