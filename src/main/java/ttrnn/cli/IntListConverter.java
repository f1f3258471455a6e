package ttrnn.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 8,20,20,18}: positive whole numbers with commas between, and blanks if quoted. */
final class IntListConverter implements ITypeConverter<IntList> {
    @Override
    public IntList convert(String value) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            numbers.add(number(value, part.strip()));
        }
        return new IntList(numbers);
    }

    private static int number(String value, String part) {
        // At most nine digits: what fits no int is no mode or rank either.
        if (!part.matches("\\d{1,9}") || Integer.parseInt(part) == 0) {
            String found = part.isEmpty() ? "nothing between two commas or at an end" : "'" + part + "'";
            throw new TypeConversionException(
                    "'" + value + "' is not a list of positive whole numbers such as 8,20,20,18: it has " + found);
        }
        return Integer.parseInt(part);
    }
}
