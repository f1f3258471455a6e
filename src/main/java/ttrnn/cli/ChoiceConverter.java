package ttrnn.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import ttrnn.dataset.Sampling;
import ttrnn.video.Fit;

/** Reads an option's value out of a few words, and gives these words to the help. */
abstract class ChoiceConverter<T> implements ITypeConverter<T>, Iterable<String> {
    private final List<String> words;
    private final Map<String, T> values;

    private ChoiceConverter(List<String> words, Map<String, T> values) {
        this.words = words;
        this.values = values;
    }

    private ChoiceConverter(T[] values) {
        this(
                Arrays.stream(values).map(ChoiceConverter::name).toList(),
                Arrays.stream(values).collect(Collectors.toMap(ChoiceConverter::name, Function.identity())));
    }

    /** As the command line has it. */
    static String name(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public T convert(String value) {
        T choice = values.get(value.toLowerCase(Locale.ROOT));
        if (choice == null) {
            throw new TypeConversionException("'" + value + "' is none of " + String.join(", ", words));
        }
        return choice;
    }

    @Override
    public Iterator<String> iterator() {
        return words.iterator();
    }

    /** {@code --window}. */
    static final class Window extends ChoiceConverter<Sampling.Window> {
        Window() {
            super(Sampling.Window.values());
        }
    }

    /** {@code --fit}. */
    static final class FitHow extends ChoiceConverter<Fit> {
        FitHow() {
            super(Fit.values());
        }
    }

    /** {@code --max-frames-of}: a word, since picocli would take a boolean for a flag without a value. */
    static final class Limit extends ChoiceConverter<String> {
        Limit() {
            super(new String[] {"stored", "clip"});
        }
    }
}
