package ttrnn.video;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** The command that makes a clip readable, for the end of an error message. */
record ConversionHint(Path clip) {
    private static final String TARGET = ".mpg";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/:\\\\@%+=-]+");

    /** Re-encodes as MPEG-1 at high quality, without sound. */
    String convert() {
        return command("");
    }

    /** The same, with the fields woven into frames first. */
    String deinterlace() {
        return command("-vf yadif ");
    }

    private String command(String filter) {
        String input = clip.toString();
        int dot = input.lastIndexOf('.');
        boolean hasExtension = dot > input.lastIndexOf(clip.getFileSystem().getSeparator());
        String stem = hasExtension ? input.substring(0, dot) : input;
        String output = stem + (input.endsWith(TARGET) ? "-mpeg1" : "") + TARGET;
        return "convert it: ffmpeg -i " + quote(input) + " -an " + filter + "-c:v mpeg1video -q:v 2 " + quote(output);
    }

    private static String quote(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
