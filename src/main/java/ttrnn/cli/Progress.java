package ttrnn.cli;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a long piece of work has come: {@code prepare  37/400 clips  9.3 %  12.3 clips/s  0:29 left}.
 *
 * <p>On a terminal the line is redrawn at most ten times a second and gone at the end; elsewhere it is printed every
 * ten seconds. Any thread may report.
 */
final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long PRINT_NANOS = 10_000_000_000L;

    private final Output output;
    private final String title;
    private final String unit;
    private final long total;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private long lastNanos;
    private long done;
    private long present;
    private String note = "";

    Progress(Output output, String title, String unit, long total, LongSupplier nanoTime) {
        this.output = output;
        this.title = title;
        this.unit = unit;
        this.total = total;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.lastNanos = startNanos;
    }

    /** So many units were done before this began: they count as done, but not for the rate. */
    void present(long units) {
        synchronized (output) {
            done += units;
            present += units;
        }
    }

    /** So many units more are done. */
    void step(long units) {
        step(units, null);
    }

    /** The same, with a few words to show at the end of the line, "loss 1.234". */
    void step(long units, @Nullable String newNote) {
        synchronized (output) { // one lock for both classes: they call each other
            done += units;
            if (newNote != null) {
                note = newNote;
            }
            long now = nanoTime.getAsLong();
            if (now - lastNanos >= (output.redraws() ? REDRAW_NANOS : PRINT_NANOS)) {
                lastNanos = now;
                output.draw(this);
            }
        }
    }

    /** The line as of now; called with the output's lock held. */
    String line() {
        double seconds = (nanoTime.getAsLong() - startNanos) / 1e9;
        double rate = seconds > 0 ? (done - present) / seconds : 0;
        StringBuilder line = new StringBuilder(title).append("  ").append(done);
        if (total > 0) {
            line.append('/').append(total);
        }
        line.append(' ').append(unit);
        if (total > 0) {
            line.append(String.format(Locale.ROOT, "  %.0f %%", 100.0 * done / total));
        }
        if (rate > 0) {
            line.append("  ")
                    .append(Format.threeDigits(rate))
                    .append(' ')
                    .append(unit)
                    .append("/s");
        }
        if (rate > 0 && total > done) {
            line.append("  ")
                    .append(Format.clock(Math.round((total - done) / rate)))
                    .append(" left");
        }
        if (!note.isEmpty()) {
            line.append("  ").append(note);
        }
        return line.toString();
    }

    @Override
    public void close() {
        output.end(this);
    }
}
