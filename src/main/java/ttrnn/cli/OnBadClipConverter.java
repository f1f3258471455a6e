package ttrnn.cli;

import java.util.Arrays;
import java.util.Iterator;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import ttrnn.dataset.OnBadClip;

/** Reads {@code fail}, {@code skip} or {@code keep-readable}; gives these names to the help. */
final class OnBadClipConverter implements ITypeConverter<OnBadClip>, Iterable<String> {
    @Override
    public OnBadClip convert(String value) {
        for (OnBadClip choice : OnBadClip.values()) {
            if (choice.option().equalsIgnoreCase(value)) {
                return choice;
            }
        }
        throw new TypeConversionException("'" + value + "' is none of " + String.join(", ", this));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(OnBadClip.values()).map(OnBadClip::option).iterator();
    }
}
