package ttrnn.cli;

import org.jspecify.annotations.Nullable;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;

/** Makes the kernels and the threads ready for a command. */
final class Machine {
    static final int MOST_THREADS = 1024;

    private Machine() {}

    /**
     * Once, before any work, so that a wrong {@code -Dttrnn.kernels} is told at once.
     *
     * @param threads how many threads compute; null for the default, all cores
     */
    static void setUp(@Nullable Integer threads) {
        try {
            Kernels.get();
        } catch (ExceptionInInitializerError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CliException(ExitCode.USAGE, "-Dttrnn.kernels", String.valueOf(cause.getMessage()), cause);
        }
        if (threads != null) {
            Parallel.setThreads(threads);
        }
    }
}
