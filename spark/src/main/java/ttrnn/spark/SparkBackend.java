package ttrnn.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import ttrnn.cli.Backend;
import ttrnn.dataset.ClipOpener;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.FoundClips;
import ttrnn.dataset.Prepare;
import ttrnn.dataset.PrepareListener;
import ttrnn.dataset.PrepareResult;
import ttrnn.dataset.PrepareSettings;
import ttrnn.dataset.Shard;
import ttrnn.train.ClipAnswer;
import ttrnn.train.ClipWork;
import ttrnn.train.ModelFile;

/** The executors of a Spark application do the work of the commands. */
final class SparkBackend implements Backend {
    private final JavaSparkContext spark;

    SparkBackend(JavaSparkContext spark) {
        this.spark = spark;
    }

    @Override
    public PrepareResult prepare(
            FoundClips found,
            Path store,
            PrepareSettings settings,
            ClipOpener opener,
            Shard shard,
            long free,
            PrepareListener listener)
            throws IOException {
        Locations.refuseRemote(store.toString());
        Locations.refuseRemote(found.folder().toString());
        if (!shard.equals(Shard.ALL)) {
            throw new IllegalArgumentException("shard: the executors share the clips by themselves; leave --shard out");
        }
        return Prepare.run(found, store, settings, opener, free, new SparkDecoding(spark), listener);
    }

    @Override
    public ClipWork.Factory work(ClipStore store) {
        return model -> new SparkWork(spark, store, model, Exchange.of(spark.getConf()));
    }

    @Override
    public Iterator<ClipAnswer> answers(Path path, ModelFile model, List<Path> clips) {
        if (clips.isEmpty()) {
            return List.<ClipAnswer>of().iterator();
        }
        Broadcast<byte[]> sent = spark.broadcast(ModelBytes.of(model));
        List<String> names =
                clips.stream().map(clip -> clip.toAbsolutePath().toString()).toList();
        int tasks = Math.min(names.size(), Tasks.ofSmallPieces(spark));
        AnswerTask task = new AnswerTask(JobName.fresh(), sent);
        return Failures.told(() ->
                        spark.parallelize(names, tasks).mapPartitions(task).collect())
                .stream()
                .map(AnswerTask.Answer::toClipAnswer)
                .iterator();
    }
}
