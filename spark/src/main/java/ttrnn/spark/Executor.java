package ttrnn.spark;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipStore;
import ttrnn.kernel.Parallel;
import ttrnn.train.ModelFile;
import ttrnn.train.StoreWork;
import ttrnn.video.ClipDecoders;

/**
 * What an executor's JVM keeps from task to task: the open store and models of the job it works for, and processes that
 * decode. The one static that changes in this application: tasks have no other way to leave something for the next.
 */
final class Executor {
    private static final Executor INSTANCE = new Executor();

    private final ClipDecoders decoders = new ClipDecoders();
    private String job = "";
    private @Nullable ClipStore store;
    private @Nullable ModelFile model;
    private final Deque<StoreWork> idle = new ArrayDeque<>();

    private Executor() {
        Runtime.getRuntime().addShutdownHook(new Thread(decoders::close, "decoders-end"));
    }

    /** Of this JVM. A task computes with as many threads as it has cores. */
    static Executor instance() {
        int cores = Math.max(1, TaskContext.get().cpus());
        synchronized (INSTANCE) {
            if (Parallel.threads() != cores) {
                Parallel.setThreads(cores);
            }
        }
        return INSTANCE;
    }

    /** Opens clips for all tasks. */
    ClipDecoders decoders() {
        return decoders;
    }

    /** The model of a job, whose weights nobody changes. */
    synchronized ModelFile model(String wanted, Supplier<byte[]> bytes) {
        change(wanted);
        ModelFile known = model;
        if (known == null) {
            known = ModelBytes.read(bytes.get());
            model = known;
        }
        return known;
    }

    /** A worker of a training that no other task has; to be given back. */
    StoreWork borrow(String wanted, String folder, Supplier<byte[]> bytes) {
        ClipStore opened;
        synchronized (this) {
            change(wanted);
            StoreWork free = idle.poll();
            if (free != null) {
                return free;
            }
            ClipStore known = store;
            opened = known == null ? ClipStore.open(Path.of(folder)) : known;
            store = opened;
        }
        return new StoreWork(opened, ModelBytes.read(bytes.get()));
    }

    synchronized void giveBack(String from, StoreWork worker) {
        if (from.equals(job)) {
            idle.push(worker);
        }
    }

    private void change(String wanted) {
        if (!wanted.equals(job)) {
            job = wanted;
            store = null;
            model = null;
            idle.clear();
        }
    }
}
