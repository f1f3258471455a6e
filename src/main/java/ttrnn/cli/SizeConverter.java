package ttrnn.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 160x120}: width, then height, in pixels. */
final class SizeConverter implements ITypeConverter<FrameSize> {
    /** The largest side that frames are stored in. */
    private static final int MOST = 4096;

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})[xX](\\d{1,9})");

    @Override
    public FrameSize convert(String value) {
        Matcher matcher = SIZE.matcher(value.strip());
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + value + "' is not WIDTHxHEIGHT in pixels, such as 160x120");
        }
        return new FrameSize(side(value, matcher.group(1)), side(value, matcher.group(2)));
    }

    private static int side(String value, String digits) {
        int side = Integer.parseInt(digits);
        if (side < 1 || side > MOST) {
            throw new TypeConversionException(
                    "'" + value + "' has a side of " + side + " pixels; give 1 to " + MOST + ", such as 160x120");
        }
        return side;
    }
}
