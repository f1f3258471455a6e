package ttrnn.video;

import org.jcodec.common.logging.LogLevel;
import org.jcodec.common.logging.Logger;

/**
 * JCodec's log, taken off standard output: what it calls errors is counted for the thread that decodes, the rest is
 * dropped. The first user of the log in a process chooses; if that was another library, its choice stays.
 */
final class JcodecLog {
    private static final ThreadLocal<int[]> ERRORS = ThreadLocal.withInitial(() -> new int[1]);

    static {
        try {
            Logger.addSink(message -> {
                if (message.getLevel() == LogLevel.ERROR) {
                    ERRORS.get()[0]++;
                }
            });
        } catch (IllegalStateException e) {
            // The log has started already, with a sink that is not ours to replace.
            Logger.setLevel(LogLevel.ERROR);
        }
    }

    private JcodecLog() {}

    /** Errors JCodec logged on this thread since the last call. */
    static int takeErrors() {
        int[] errors = ERRORS.get();
        int count = errors[0];
        errors[0] = 0;
        return count;
    }
}
