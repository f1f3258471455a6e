package ttrnn.kernel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one pool of threads. Work is split by the size of the problem, never by the number of threads, so that results do
 * not depend on it; tasks write to places of their own, and partial results are combined by index afterwards.
 */
public final class Parallel {
    private static volatile ForkJoinPool pool =
            new ForkJoinPool(Runtime.getRuntime().availableProcessors());

    private Parallel() {}

    /** Sets the number of threads, for everything that starts from now on. The threads before end when they are idle. */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("parallel: at least one thread is needed, got " + threads);
        }
        // Not shut down: another thread may be about to hand it work.
        pool = new ForkJoinPool(threads);
    }

    /** How many threads compute. */
    public static int threads() {
        return pool.getParallelism();
    }

    /**
     * Runs {@code task} for 0 … {@code count - 1}, in any order and at once, and returns when all are done. If tasks throw,
     * what the one of the lowest index threw is thrown here, the same object; tasks of higher indices may then not have
     * run.
     */
    public static void forEach(int count, IntConsumer task) {
        ForkJoinPool current = pool;
        if (count <= 1 || current.getParallelism() == 1) {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
            return;
        }
        AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
        Range all = new Range(0, count, task, failure);
        if (ForkJoinTask.getPool() == current) {
            all.invoke();
        } else {
            current.invoke(all);
        }
        Failure first = failure.get();
        if (first != null) {
            first.rethrow();
        }
    }

    /**
     * What a task threw. It is carried by hand, since the pool would throw a copy of it, with the name of its class before
     * its message, and the copy of whichever task failed first.
     */
    private record Failure(int index, Throwable thrown) {
        void rethrow() {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        }
    }

    private static final class Range extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final int from;
        private final int to;
        private final transient IntConsumer task;
        private final transient AtomicReference<@Nullable Failure> failure;

        Range(int from, int to, IntConsumer task, AtomicReference<@Nullable Failure> failure) {
            this.from = from;
            this.to = to;
            this.task = task;
            this.failure = failure;
        }

        @Override
        protected void compute() {
            if (to - from > 1) {
                int middle = (from + to) >>> 1;
                invokeAll(new Range(from, middle, task, failure), new Range(middle, to, task, failure));
                return;
            }
            Failure known = failure.get();
            if (known != null && known.index < from) {
                return;
            }
            try {
                task.accept(from);
            } catch (RuntimeException | Error e) {
                Failure mine = new Failure(from, e);
                failure.accumulateAndGet(mine, (a, b) -> a == null || mine.index < a.index ? mine : a);
            }
        }
    }
}
