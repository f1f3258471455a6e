package ttrnn.kernel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.function.IntConsumer;

/**
 * The one pool of threads. Work is split by the size of the problem, never by the number of threads, so that results do
 * not depend on it; tasks write to places of their own, and partial results are combined by index afterwards.
 */
public final class Parallel {
    private static volatile ForkJoinPool pool =
            new ForkJoinPool(Runtime.getRuntime().availableProcessors());

    private Parallel() {}

    /** Sets the number of threads, for everything that starts from now on. */
    public static void setThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("parallel: at least one thread is needed, got " + threads);
        }
        ForkJoinPool before = pool;
        pool = new ForkJoinPool(threads);
        before.shutdown();
    }

    public static int threads() {
        return pool.getParallelism();
    }

    /**
     * Runs {@code task} for 0 … {@code count - 1}, in any order and at once, and returns when all are done. What a task
     * throws is thrown here.
     */
    public static void forEach(int count, IntConsumer task) {
        if (count <= 1 || threads() == 1) {
            for (int i = 0; i < count; i++) {
                task.accept(i);
            }
            return;
        }
        Range all = new Range(0, count, task);
        if (ForkJoinTask.getPool() == pool) {
            all.invoke();
        } else {
            pool.invoke(all);
        }
    }

    private static final class Range extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final int from;
        private final int to;
        private final transient IntConsumer task;

        Range(int from, int to, IntConsumer task) {
            this.from = from;
            this.to = to;
            this.task = task;
        }

        @Override
        protected void compute() {
            if (to - from == 1) {
                task.accept(from);
                return;
            }
            int middle = (from + to) >>> 1;
            invokeAll(new Range(from, middle, task), new Range(middle, to, task));
        }
    }
}
