package ttrnn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What went wrong on executors, in one line: Spark hands it over as text with all its stack traces. */
final class Failures {
    /** The first exception of ours, or the first of all. */
    private static final Pattern OURS =
            Pattern.compile("(?:ttrnn\\.[\\w.$]+Exception|java\\.io\\.\\w*Exception): ([^\\n]+)");

    private static final Pattern ANY = Pattern.compile("([\\w.$]+(?:Exception|Error)(?:: [^\\n]+)?)");

    private Failures() {}

    /**
     * The result of a job.
     *
     * @throws UncheckedIOException with one line if Spark gave the job up
     */
    static <T> T told(Supplier<T> job) {
        try {
            return job.get();
        } catch (RuntimeException e) {
            throw of(e);
        } catch (Exception e) { // Spark throws its own, which are checked, undeclared
            throw new UncheckedIOException(
                    new IOException("Spark gave the job up: " + line(String.valueOf(e.getMessage())), e));
        }
    }

    private static RuntimeException of(RuntimeException e) {
        return e.getClass().getName().startsWith("org.apache.spark.")
                ? new UncheckedIOException(
                        new IOException("Spark gave the job up: " + line(String.valueOf(e.getMessage())), e))
                : e;
    }

    static String line(String text) {
        Matcher ours = OURS.matcher(text);
        if (ours.find()) {
            return ours.group(1).strip();
        }
        String first = text.lines().findFirst().orElse("");
        Matcher any = ANY.matcher(text);
        return any.find() && !first.contains(any.group(1)) ? first.strip() + ": " + any.group(1) : first.strip();
    }
}
