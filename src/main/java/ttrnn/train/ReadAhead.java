package ttrnn.train;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets the system read the frames of the next batch while this one is computed, so that no step waits for a disk. It takes
 * no memory of the heap: the frames go to the system's cache of files, from where the step reads them. A batch whose first
 * clip comes faster than disks are lies there already and is left alone.
 */
final class ReadAhead implements AutoCloseable {
    /** Faster than disks, slower than memory. */
    private static final double CACHED_BYTES_PER_SECOND = 4e9;
    /** Below this a clip's time is that of opening its file. */
    private static final long LEAST_BYTES = 1 << 20;

    private final ExecutorService thread =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ReadAhead::daemon);
    private volatile boolean closed;

    private static Thread daemon(Runnable run) {
        Thread thread = new Thread(run, "read-ahead");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to read the clips of a batch; returns at once. */
    void of(List<Example> batch) {
        thread.execute(() -> {
            for (Example example : batch) {
                long bytes = (long) example.frames().length() * example.frames().frameSize();
                long start = System.nanoTime();
                try {
                    example.frames().readAhead();
                } catch (RuntimeException e) {
                    return; // the step will meet it, and say so
                }
                double speed = bytes / ((System.nanoTime() - start) / 1e9);
                if (closed || (bytes >= LEAST_BYTES && speed > CACHED_BYTES_PER_SECOND)) {
                    return;
                }
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
    }
}
