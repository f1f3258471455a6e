package ttrnn.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import ttrnn.kernel.Kernels;
import ttrnn.train.ClipGradients;
import ttrnn.train.StoreWork;

/**
 * What an executor needs to know for a step.
 *
 * @param job name of the training
 * @param store its folder
 * @param model the model file, as the training began with it
 * @param weights that it has now
 * @param epoch from 1
 * @param batch clips of the step
 * @param localBatch clips that are computed at a time where their sum is wanted
 */
record StepTask(
        String job,
        String store,
        Broadcast<byte[]> model,
        Broadcast<Floats> weights,
        int epoch,
        int batch,
        int localBatch)
        implements Serializable {
    /** Gradients, and what is told of them. */
    record Part(Floats gradients, Told told) implements Serializable {}

    /** Work with a worker that has the weights of the step. */
    @FunctionalInterface
    interface Use<T> {
        T with(StoreWork worker);
    }

    <T> T use(Use<T> use) {
        StoreWork worker = Executor.instance().borrow(job, store, model::value);
        worker.setWeights(weights.value().values());
        T result = use.with(worker);
        Executor.instance().giveBack(job, worker);
        return result;
    }

    /** The part of one clip. */
    Part one(StoreWork worker, BatchClip clip) {
        return of(worker, List.of(clip));
    }

    private Part of(StoreWork worker, List<BatchClip> clips) {
        long begin = System.nanoTime();
        ClipGradients part =
                worker.gradients(epoch, clips.stream().map(BatchClip::id).toList(), batch);
        int[] places = clips.stream().mapToInt(BatchClip::place).toArray();
        long nanos = System.nanoTime() - begin;
        int task = TaskContext.getPartitionId();
        Told told = new Told(places, part.scores(), part.saturated(), part.gates(), Kernels.describe(), task, nanos);
        return new Part(new Floats(part.gradients()), told);
    }

    /** The sum of clips, computed some at a time. */
    Sum sum(List<BatchClip> clips) {
        return use(worker -> {
            Sum sum = new Sum(new Floats(new float[weights.value().values().length]), new ArrayList<>());
            for (int from = 0; from < clips.size(); from += localBatch) {
                Part part = of(worker, clips.subList(from, Math.min(from + localBatch, clips.size())));
                ClipGradients.add(part.gradients().values(), sum.gradients().values());
                sum.told().add(part.told());
            }
            return sum;
        });
    }

    /** Gradients of some clips, added up. */
    record Sum(Floats gradients, ArrayList<Told> told) implements Serializable {
        /** This with another added. */
        Sum plus(Sum other) {
            float[] both = gradients.values().clone();
            ClipGradients.add(other.gradients.values(), both);
            ArrayList<Told> all = new ArrayList<>(told);
            all.addAll(other.told);
            return new Sum(new Floats(both), all);
        }
    }
}
