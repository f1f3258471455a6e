package ttrnn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A wish that the command end: Ctrl-C, SIGTERM, or the death of the process that relaunched this one.
 *
 * <p>While nobody holds it, a wish ends the process. Within {@link #hold} it only raises a flag that the work looks at
 * between steps, to save its state and throw {@link #exception}; a second wish then ends the process all the same. One
 * Ctrl-C may arrive twice, from the terminal and forwarded, so what follows within half a second counts as the same.
 */
final class Interruption {
    private static final long SAME_WISH_NANOS = 500_000_000L;

    private final Consumer<ExitCode> end;
    private final Consumer<ExitCode> endAtOnce;
    private final LongSupplier nanoTime;
    private final List<Runnable> holders = new ArrayList<>();
    private @Nullable ExitCode wish;
    private long wishNanos;

    /**
     * @param end ends the process in good order
     * @param endAtOnce ends the process whatever it is doing
     */
    Interruption(Consumer<ExitCode> end, Consumer<ExitCode> endAtOnce, LongSupplier nanoTime) {
        this.end = end;
        this.endAtOnce = endAtOnce;
        this.nanoTime = nanoTime;
    }

    /** From its begin until it is closed, a wish is only noted. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }

    Hold hold() {
        return hold(() -> {});
    }

    /** The same for work that cannot look at the flag: the first wish calls {@code stop}, which must be quick. */
    synchronized Hold hold(Runnable stop) {
        holders.add(stop);
        if (wish != null) {
            stop.run();
        }
        return () -> {
            synchronized (this) {
                holders.remove(stop);
            }
        };
    }

    /** Whether the work should stop at the next good place. */
    synchronized boolean requested() {
        return wish != null;
    }

    /** What to throw when the state is saved; the message says how to go on. */
    synchronized CliException exception(String message) {
        return new CliException(wish == null ? ExitCode.INTERRUPTED : wish, "", message, null);
    }

    /** Ends the process whatever it is doing. */
    void endAtOnce(ExitCode code) {
        endAtOnce.accept(code);
    }

    void request(ExitCode code) {
        Consumer<ExitCode> action;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            if (wish != null && now - wishNanos < SAME_WISH_NANOS) {
                return;
            }
            action = holders.isEmpty() ? end : wish == null ? noted -> {} : endAtOnce;
            wish = code;
            wishNanos = now;
            holders.forEach(Runnable::run);
        }
        action.accept(code);
    }
}
