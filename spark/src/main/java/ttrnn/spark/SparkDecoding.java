package ttrnn.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;
import ttrnn.dataset.ClipAttempt;
import ttrnn.dataset.ClipDecoding;
import ttrnn.dataset.ClipEntry;
import ttrnn.dataset.OnBadClip;
import ttrnn.dataset.PrepareSettings;
import ttrnn.dataset.PreparedClip;
import ttrnn.io.Json;

/**
 * Decodes clips on executors, a clip a task; of very many clips, some. Each that is done is noted by the driver at once, so
 * that a lost driver costs the clips in work alone.
 */
final class SparkDecoding implements ClipDecoding {
    private static final int MOST_TASKS = 50_000;

    private final JavaSparkContext spark;

    SparkDecoding(JavaSparkContext spark) {
        this.spark = spark;
    }

    @Override
    public void decode(List<ClipEntry> clips, Path store, PrepareSettings settings, Sink sink) throws IOException {
        if (clips.isEmpty()) {
            return;
        }
        List<ClipTask> tasks = clips.stream().map(ClipTask::of).toList();
        String folder = store.toAbsolutePath().toString();
        JavaRDD<String> done = spark.parallelize(tasks, Math.min(tasks.size(), MOST_TASKS))
                .mapPartitions(new Decode(
                        folder,
                        Json.line(settings.frames()),
                        settings.onBadClip().name()));
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        try {
            Failures.told(() -> {
                run(done, new Taking(sink, failure));
                return true;
            });
        } catch (RuntimeException e) {
            IOException first = failure.get();
            if (first != null) {
                throw first;
            }
            throw e;
        }
    }

    private void run(JavaRDD<String> done, Taking taking) {
        ClassTag<List<String>> tag = ClassTag$.MODULE$.apply(List.class);
        spark.sc().runJob(done.rdd(), new Lines(), partitions(done.getNumPartitions()), taking, tag);
    }

    private static scala.collection.immutable.Range partitions(int count) {
        return scala.collection.immutable.Range$.MODULE$.apply(0, count);
    }

    /** On an executor: prepares the clips of a partition. */
    private record Decode(String store, String settings, String onBadClip)
            implements FlatMapFunction<Iterator<ClipTask>, String> {
        @Override
        public Iterator<String> call(Iterator<ClipTask> clips) throws IOException {
            PrepareSettings read = PrepareSettings.read(Json.parse(settings));
            PrepareSettings own = new PrepareSettings(
                    read.width(),
                    read.height(),
                    read.every(),
                    read.framesPerSecond(),
                    read.maxFrames(),
                    OnBadClip.valueOf(onBadClip),
                    read.sampling());
            List<String> lines = new ArrayList<>();
            while (clips.hasNext()) {
                PreparedClip clip = ClipAttempt.prepare(
                        clips.next().toEntry(),
                        Path.of(store),
                        own,
                        Executor.instance().decoders()::open,
                        JobName.fresh());
                lines.add(clip.toLine());
            }
            return lines.iterator();
        }
    }

    /** On an executor: what a task sends back. */
    private static final class Lines
            extends AbstractFunction2<TaskContext, scala.collection.Iterator<String>, List<String>>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public List<String> apply(TaskContext context, scala.collection.Iterator<String> lines) {
            List<String> all = new ArrayList<>();
            while (lines.hasNext()) {
                all.add(lines.next());
            }
            return all;
        }
    }

    /** In the driver, one task after the other; what it throws ends the job. */
    private static final class Taking extends AbstractFunction2<Object, List<String>, BoxedUnit> {
        private final Sink sink;
        private final AtomicReference<@Nullable IOException> failure;

        Taking(Sink sink, AtomicReference<@Nullable IOException> failure) {
            this.sink = sink;
            this.failure = failure;
        }

        @Override
        public BoxedUnit apply(Object partition, List<String> lines) {
            try {
                for (String line : lines) {
                    sink.take(PreparedClip.of(line));
                }
                return BoxedUnit.UNIT;
            } catch (IOException e) {
                failure.compareAndSet(null, e);
                throw new UncheckedIOException(e);
            }
        }
    }
}
