package ttrnn.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import ttrnn.dataset.ClipStore;
import ttrnn.train.ClipGradients;
import ttrnn.train.ClipWork;
import ttrnn.train.Example;
import ttrnn.train.ModelFile;
import ttrnn.train.StepGradients;
import ttrnn.train.StoreWork;

/** The work of a training on executors, a Spark job a step: weights out, gradients back. */
final class SparkWork implements ClipWork {
    private static final int LOCAL_BATCH = 16;

    private final JavaSparkContext spark;
    private final String store;
    private final ModelFile model;
    private final Exchange exchange;
    private final String job = JobName.fresh();
    private final Broadcast<byte[]> begun;
    private final KernelWatch kernels;
    /** Of the last step: the time of the task that computed longest. */
    private long longestNanos;

    SparkWork(JavaSparkContext spark, ClipStore store, ModelFile model, Exchange exchange) {
        Locations.refuseRemote(store.path().toString());
        this.spark = spark;
        this.store = store.path().toAbsolutePath().toString();
        this.model = model;
        this.exchange = exchange;
        this.begun = spark.broadcast(ModelBytes.of(model));
        this.kernels = KernelWatch.of(spark.getConf());
    }

    long longestNanos() {
        return longestNanos;
    }

    @Override
    public StepGradients gradients(int epoch, List<Example> batch) {
        int[] frames =
                batch.stream().mapToInt(example -> example.frames().length()).toArray();
        List<ArrayList<BatchClip>> shares = new ArrayList<>();
        for (List<Integer> places : Shares.of(frames, Tasks.atOnce(spark, batch.size()))) {
            ArrayList<BatchClip> share = new ArrayList<>();
            places.forEach(
                    place -> share.add(new BatchClip(place, batch.get(place).id())));
            shares.add(share);
        }
        StepTask.Sum sum = withWeights(weights -> {
            int local = spark.getConf().getInt("spark.ttrnn.localBatch", LOCAL_BATCH);
            StepTask step = new StepTask(job, store, begun, weights, epoch, batch.size(), local);
            JavaRDD<ArrayList<BatchClip>> rdd = spark.parallelize(shares, shares.size());
            return switch (exchange) {
                case ORDERED -> OrderedExchange.run(rdd, step, weights.value().values().length);
                case TREE -> SumExchange.tree(rdd, step);
                case GATHER -> SumExchange.gather(rdd, step);
            };
        });
        return StepGradients.of(model.config(), model.model(), batch, together(sum, batch.size()));
    }

    /** Scores in the order of the batch. */
    private ClipGradients together(StepTask.Sum sum, int batch) {
        int classes = model.classes().size();
        float[] scores = new float[batch * classes];
        long saturated = 0;
        long gates = 0;
        int seen = 0;
        Set<String> used = new HashSet<>();
        Map<Integer, Long> nanosOfTasks = new HashMap<>();
        for (Told told : sum.told()) {
            for (int i = 0; i < told.places().length; i++) {
                System.arraycopy(told.scores(), i * classes, scores, told.places()[i] * classes, classes);
                seen++;
            }
            saturated += told.saturated();
            gates += told.gates();
            used.add(told.kernels());
            nanosOfTasks.merge(told.task(), told.nanos(), Long::sum);
        }
        if (seen != batch) {
            throw new IllegalStateException("the executors answered for " + seen + " clips of " + batch);
        }
        kernels.check(used);
        longestNanos =
                nanosOfTasks.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return new ClipGradients(scores, sum.gradients().values(), saturated, gates);
    }

    @Override
    public List<float[]> probabilities(List<Example> examples) {
        ArrayList<String> ids = new ArrayList<>();
        examples.forEach(example -> ids.add(example.id()));
        int tasks = Math.max(1, Math.min(Tasks.ofSmallPieces(spark), ids.size() / LOCAL_BATCH));
        return withWeights(weights -> {
            StepTask step = new StepTask(job, store, begun, weights, 0, 1, LOCAL_BATCH);
            return spark.parallelize(ids, tasks)
                    .mapPartitions(own -> judge(step, own))
                    .collect();
        });
    }

    private static Iterator<float[]> judge(StepTask step, Iterator<String> ids) {
        List<String> own = new ArrayList<>();
        ids.forEachRemaining(own::add);
        return step.use(worker -> worker.probabilities(own).iterator());
    }

    @FunctionalInterface
    private interface Use<T> {
        T with(Broadcast<Floats> weights);
    }

    /** A job with the model's weights as they are now. */
    private <T> T withWeights(Use<T> use) {
        Broadcast<Floats> weights = spark.broadcast(new Floats(StoreWork.weights(model)));
        try {
            return Failures.told(() -> use.with(weights));
        } finally {
            weights.destroy();
        }
    }
}
