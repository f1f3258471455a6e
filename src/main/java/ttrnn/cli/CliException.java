package ttrnn.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with an exit code and one line: what is wrong and what to do, beside where (an option, a file, a clip). */
final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final String where;

    CliException(ExitCode code, String where, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.where = where;
    }

    /** Wrong options, arguments or configuration: {@code usage("--ranks", "4 ranks for 4 modes; give the 3 inner ones")}. */
    static CliException usage(String where, String message) {
        return new CliException(ExitCode.USAGE, where, message, null);
    }

    /** Data that cannot be used: {@code data("v_biking_01.mpg, frame 12", "ends inside a picture; copy it again")}. */
    static CliException data(String where, String message) {
        return new CliException(ExitCode.DATA, where, message, null);
    }

    /** Memory or disk that would not suffice. */
    static CliException resources(String where, String message) {
        return new CliException(ExitCode.RESOURCES, where, message, null);
    }

    /** The work was begun and did not succeed. */
    static CliException failed(String where, String message) {
        return new CliException(ExitCode.FAILED, where, message, null);
    }

    ExitCode code() {
        return code;
    }

    /** Empty if the message says it. */
    String where() {
        return where;
    }
}
