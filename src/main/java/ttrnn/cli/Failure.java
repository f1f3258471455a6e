package ttrnn.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import ttrnn.dataset.DatasetException;
import ttrnn.train.TrainException;
import ttrnn.video.ClipException;

/**
 * How a command ended that did not succeed. {@link #of} is the one place where exceptions become exit codes.
 *
 * @param where what the message is about, empty if the message says it
 */
record Failure(ExitCode code, String message, String where) {
    private static final String COMMAND_LINE = "command line";

    static Failure of(Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof CliException known) {
            return new Failure(known.code(), oneLine(known), known.where());
        }
        if (cause instanceof ParameterException usage) {
            return new Failure(ExitCode.USAGE, withHint(usage), place(usage));
        }
        if (cause instanceof DatasetException dataset) {
            ExitCode code = switch (dataset.kind()) {
                case USAGE -> ExitCode.USAGE;
                case DATA -> ExitCode.DATA;
                case RESOURCES -> ExitCode.RESOURCES;
            };
            return new Failure(code, oneLine(dataset), "");
        }
        if (cause instanceof ClipException || isOnContent(cause)) {
            return new Failure(ExitCode.DATA, oneLine(cause), "");
        }
        if (cause instanceof TrainException) {
            return new Failure(ExitCode.FAILED, oneLine(cause), "");
        }
        if (cause instanceof OutOfMemoryError) {
            String heap = Format.bytes(Runtime.getRuntime().maxMemory());
            String message = "out of memory with a heap of " + heap + " (" + oneLine(cause)
                    + "); give more with java -Xmx, or ask for less (smaller batches, shorter clips)";
            return new Failure(ExitCode.RESOURCES, message, "heap");
        }
        if (cause instanceof IOException io) {
            return of(io);
        }
        // The library checks arguments at its public door, so its own IllegalArgumentException is about the caller's
        // settings; one from the JDK or another library is a defect of ours.
        if (cause instanceof IllegalArgumentException && topFrame(cause).startsWith("ttrnn.")) {
            return new Failure(ExitCode.USAGE, oneLine(cause), "");
        }
        String name = cause.getClass().getSimpleName();
        String message = "unexpected " + name + ": " + oneLine(cause) + "; please report it with what --debug shows";
        return new Failure(ExitCode.FAILED, message, topFrame(cause));
    }

    private static Failure of(IOException io) {
        String message = oneLine(io);
        String file = io instanceof FileSystemException inFile && inFile.getFile() != null ? inFile.getFile() : "";
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("not enough space")) {
            return new Failure(ExitCode.RESOURCES, "the disk is full; make room and run again", file);
        }
        if (io instanceof NoSuchFileException || io instanceof FileNotFoundException) {
            return new Failure(ExitCode.DATA, "no such file: " + message, file);
        }
        if (io instanceof AccessDeniedException) {
            return new Failure(ExitCode.FAILED, "no permission: " + message, file);
        }
        // "store: Read-only file system" says all; of other kinds the name says more than their messages.
        boolean plain = io.getClass() == FileSystemException.class;
        return new Failure(ExitCode.FAILED, plain ? message : io.getClass().getSimpleName() + ": " + message, file);
    }

    /**
     * Whether an IOException is about what a file holds, not about reading it: then it began in the library's own checks
     * or in Jackson, not in the JDK.
     */
    private static boolean isOnContent(Throwable thrown) {
        if (!(thrown instanceof IOException)) {
            return false;
        }
        Throwable first = thrown;
        while (first.getCause() instanceof IOException cause) {
            first = cause;
        }
        String frame = topFrame(first);
        return frame.startsWith("com.fasterxml.") || (frame.startsWith("ttrnn.") && !frame.startsWith("ttrnn.cli."));
    }

    /** The message with its place in front, unless it names the place itself. */
    String line() {
        // A file called run is not named by a message that has the word "run" in it.
        boolean word = where.chars().allMatch(Character::isLetter);
        boolean said = where.equals(COMMAND_LINE) || (word ? message.startsWith(where) : message.contains(where));
        return said ? message : where + ": " + message;
    }

    private static String place(ParameterException usage) {
        return usage.getArgSpec() instanceof OptionSpec option ? option.longestName() : COMMAND_LINE;
    }

    private static String withHint(ParameterException usage) {
        String command = usage.getCommandLine().getCommandSpec().qualifiedName();
        String what = usage instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : oneLine(usage);
        return what + " (see " + command + " --help)";
    }

    private static String unmatched(UnmatchedArgumentException usage) {
        String first = usage.getUnmatched().get(0);
        boolean wantsCommand = !usage.getCommandLine().getSubcommands().isEmpty();
        String kind = usage.isUnknownOption() ? "unknown option" : wantsCommand ? "no such command:" : "one too many:";
        String suggestions = String.join(" or ", usage.getSuggestions());
        return kind + " " + first + (suggestions.isEmpty() ? "" : "; did you mean " + suggestions + "?");
    }

    /** The exception meant, without those around it that only carried it here. */
    private static Throwable unwrapped(Throwable thrown) {
        Throwable meant = thrown;
        while (meant.getCause() != null && isCarrier(meant, meant.getCause())) {
            meant = meant.getCause();
        }
        return meant;
    }

    /** A fork-join pool hands over a copy of what a task threw, made on the waiting thread, with the original inside. */
    private static boolean isCarrier(Throwable outer, Throwable cause) {
        return outer instanceof UncheckedIOException
                || outer instanceof ExecutionException
                || outer instanceof CompletionException
                || outer instanceof InvocationTargetException
                || outer instanceof ExceptionInInitializerError
                || (outer.getClass() == cause.getClass() && cause.toString().equals(outer.getMessage()));
    }

    private static String topFrame(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return trace.length == 0
                ? ""
                : trace[0].getClassName() + "." + trace[0].getMethodName() + ":" + trace[0].getLineNumber();
    }

    private static String oneLine(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return message == null
                ? thrown.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
