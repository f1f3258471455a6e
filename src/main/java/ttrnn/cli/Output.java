package ttrnn.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command's words go: the one result to standard output, everything else to standard error.
 *
 * <p>Any thread may call it; a message on a terminal takes the place of a progress line, which is drawn again below it.
 */
final class Output {
    /** How much is said. */
    record Settings(boolean json, boolean quiet, boolean verbose, boolean debug) {}

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // the bytes are right in whatever encoding the terminal has
            .build();

    /** A longer progress line would wrap on a narrow terminal, and a wrapped line cannot be redrawn. */
    private static final int WIDTH = 79;

    private final PrintStream out;
    private final PrintStream err;
    private final Terminal terminal;
    private final Settings settings;
    private final LongSupplier nanoTime;
    private @Nullable Progress current;
    private boolean ended;

    Output(PrintStream out, PrintStream err, Terminal terminal, Settings settings, LongSupplier nanoTime) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** A line for whoever watches; not with -q. */
    void message(String line) {
        if (!settings.quiet()) {
            print(line);
        }
    }

    /** A line with -v only. */
    void verbose(String line) {
        if (settings.verbose()) {
            print(line);
        }
    }

    /** A line that asks for an action, and names it; also with -q. */
    void warning(String line) {
        print(coloured("33", "warning: ") + line);
    }

    /**
     * Starts a progress line; close it when the work is done.
     *
     * @param total how many units there will be, 0 if that is not known
     */
    Progress progress(String title, String unit, long total) {
        boolean shown = !settings.json() && !settings.quiet();
        Progress progress = new Progress(this, title, unit, total, nanoTime);
        synchronized (this) {
            current = shown ? progress : null;
        }
        return progress;
    }

    /** The end of a command that succeeded. */
    synchronized ExitCode result(CommandResult result) {
        if (ended) {
            return result.code();
        }
        String text = settings.json() ? json(result.json()) : result.text();
        ended = true;
        clearProgress();
        out.print(text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
        out.flush();
        if (out.checkError()) {
            err.println("ttrnn: standard output could not be written; is the disk full, or its reader gone?");
            return ExitCode.FAILED;
        }
        return result.code();
    }

    /** The end of a command that did not succeed. */
    synchronized ExitCode failure(Failure failure, Throwable thrown) {
        if (ended) {
            return failure.code();
        }
        ended = true;
        clearProgress();
        if (settings.json()) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("code", failure.code().number());
            error.put("message", failure.message());
            error.put("where", failure.where());
            out.println(json(Map.of("error", error)));
            out.flush();
        } else {
            err.println(coloured("31", "ttrnn: ") + failure.line());
        }
        if (settings.debug()) {
            thrown.printStackTrace(err);
        }
        err.flush();
        return failure.code();
    }

    /** Draws the progress line anew on a terminal, or prints it; does nothing for one that is not shown. */
    synchronized void draw(Progress progress) {
        if (progress != current) {
            return;
        }
        String line = progress.line();
        if (terminal.interactive()) {
            err.print("\r" + line.substring(0, Math.min(line.length(), WIDTH)) + "\033[K");
        } else {
            err.println(line);
        }
        err.flush();
    }

    synchronized void end(Progress progress) {
        if (progress == current) {
            clearProgress();
            current = null;
        }
    }

    boolean redraws() {
        return terminal.interactive();
    }

    private synchronized void print(String line) {
        clearProgress();
        err.println(line);
        if (current != null && redraws()) {
            draw(current);
        }
        err.flush();
    }

    private void clearProgress() {
        if (current != null && redraws()) {
            err.print("\r\033[K");
        }
    }

    private String coloured(String code, String text) {
        return terminal.colour() ? "\033[" + code + "m" + text + "\033[0m" : text;
    }

    private static String json(Map<String, Object> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the result is not made of what Jackson writes", e);
        }
    }
}
