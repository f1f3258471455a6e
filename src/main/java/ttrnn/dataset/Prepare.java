package ttrnn.dataset;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Turns clips into a store of frames. Clips are decoded in parallel and their frames streamed to disk, so memory holds a
 * frame a thread and a line a clip, whatever the clips' length. Every file appears whole or not at all; run again after
 * an interruption, or with more clips, it does only what is missing.
 */
public final class Prepare {
    private static final int SECONDS_TO_STOP = 20;

    private final PrepareSettings settings;
    private final ClipOpener opener;
    private final PrepareListener listener;
    private final List<ClipEntry> todo;
    private final PreparedStore store;
    private final int total;
    private final AtomicInteger next = new AtomicInteger();
    private int done;
    private long framesWritten;

    private Prepare(PreparedStore store, PrepareSettings settings, ClipOpener opener, PrepareListener listener) {
        this.settings = settings;
        this.opener = opener;
        this.listener = listener;
        this.store = store;
        this.todo = store.missing();
        this.total = store.total();
        this.done = total - todo.size();
    }

    /**
     * What there is to do it with.
     *
     * @param threads clips decoded at once, at most
     * @param shard which of the clips
     * @param free bytes of disk that may be filled; {@link Long#MAX_VALUE} not to ask
     */
    public record Means(int threads, Shard shard, long free) {
        public Means {
            if (threads < 1) {
                throw new IllegalArgumentException("prepare: threads must be positive, got " + threads);
            }
        }
    }

    /** Fills {@code store} with the frames of all clips found. */
    public static PrepareResult run(
            FoundClips found,
            Path store,
            PrepareSettings settings,
            ClipOpener opener,
            int threads,
            PrepareListener listener)
            throws IOException {
        return run(found, store, settings, opener, new Means(threads, Shard.ALL, Long.MAX_VALUE), listener);
    }

    /**
     * Fills {@code store} with the frames of {@code found}.
     *
     * @throws DatasetException if the store was made with other settings or holds other clips, if a clip is bad and the
     *     settings say to fail, if all are bad, or if the disk would not suffice
     * @throws IOException if the store cannot be written
     */
    public static PrepareResult run(
            FoundClips found,
            Path store,
            PrepareSettings settings,
            ClipOpener opener,
            Means means,
            PrepareListener listener)
            throws IOException {
        try (PreparedStore target = PreparedStore.open(found, store, settings, means.shard())) {
            Prepare prepare = new Prepare(target, settings, opener, listener);
            prepare.checkDisk(store, means.free());
            int skipped = prepare.done;
            prepare.decode(means.threads());
            return target.finish(skipped);
        }
    }

    /**
     * The same with clips that others decode, each by a {@link ClipAttempt}.
     *
     * @param opener for a look at some clips, to estimate the disk that the store will take
     * @param free bytes of disk that may be filled; {@link Long#MAX_VALUE} not to ask
     */
    public static PrepareResult run(
            FoundClips found,
            Path store,
            PrepareSettings settings,
            ClipOpener opener,
            long free,
            ClipDecoding workers,
            PrepareListener listener)
            throws IOException {
        try (PreparedStore target = PreparedStore.open(found, store, settings, Shard.ALL)) {
            Prepare prepare = new Prepare(target, settings, opener, listener);
            prepare.checkDisk(store, free);
            int skipped = prepare.done;
            Files.createDirectories(target.folder().attempts());
            workers.decode(prepare.todo, store, settings, prepare::takeFromElsewhere);
            return target.finish(skipped);
        }
    }

    /** Of a clip that is bad now, frames may be there from before. */
    private void takeFromElsewhere(PreparedClip clip) throws IOException {
        if (clip.record() == null) {
            Files.deleteIfExists(store.folder().frames(clip.id()));
        }
        take(clip);
    }

    private void checkDisk(Path path, long free) {
        long needed = free == Long.MAX_VALUE ? 0 : StoreEstimate.bytes(todo, settings, opener, free);
        if (needed > free) {
            throw new DatasetException(
                    DatasetException.Kind.RESOURCES,
                    "store " + path + " needs about " + size(needed) + " of disk for " + todo.size() + " clips, "
                            + size(free) + " are free: make room, name another --out, or store less (--every,"
                            + " --max-frames, --size)");
        }
    }

    private static String size(long bytes) {
        return bytes < 1e9
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }

    private void decode(int threads) throws IOException {
        int workers = Math.min(threads, todo.size());
        if (workers == 0) {
            return;
        }
        AtomicInteger number = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "prepare-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        try {
            var results = new ExecutorCompletionService<Void>(pool);
            for (int i = 0; i < workers; i++) {
                results.submit(this::work);
            }
            for (int i = 0; i < workers; i++) {
                results.take().get();
            }
        } catch (ExecutionException e) {
            throw rethrown(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("prepare: interrupted; run it again to go on");
        } finally {
            stop(pool);
        }
    }

    /** After a failure the others are interrupted, and nothing is cleaned up before they let go of their files. */
    private static void stop(ExecutorService pool) {
        pool.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            boolean ended = pool.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
            assert ended : "a decoder does not stop";
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static IOException rethrown(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(e);
    }

    private Void work() throws IOException {
        ClipPreparer preparer = new ClipPreparer(store.folder(), settings, opener);
        for (int i = next.getAndIncrement(); i < todo.size(); i = next.getAndIncrement()) {
            PreparedClip outcome = preparer.prepare(todo.get(i));
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("prepare: interrupted; run it again to go on");
            }
            take(outcome);
        }
        return null;
    }

    private synchronized void take(PreparedClip outcome) throws IOException {
        if (outcome.record() != null) {
            store.add(outcome.record());
            framesWritten += outcome.record().frames();
        }
        if (outcome.bad() != null) {
            if (settings.onBadClip() == OnBadClip.FAIL) {
                throw DatasetException.data("clip " + outcome.bad().clip() + ": "
                        + outcome.bad().reason() + "; remove it, or choose --on-bad-clip skip or keep-readable");
            }
            store.bad(outcome.bad());
            listener.badClip(outcome.bad());
        }
        done++;
        listener.clipDone(done, total, framesWritten);
    }
}
