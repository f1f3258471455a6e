package ttrnn.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;
import ttrnn.train.ClipGradients;

/** {@link Exchange#TREE} and {@link Exchange#GATHER}: sums of each task's clips, brought together in two ways of Spark's. */
final class SumExchange {
    private static final int DEPTH = 2;

    private SumExchange() {}

    static StepTask.Sum tree(JavaRDD<ArrayList<BatchClip>> shares, StepTask step) {
        return shares.map(step::sum).treeReduce(StepTask.Sum::plus, DEPTH);
    }

    /**
     * All tasks run at once and hand their sums to each other; the first one's is taken. The shuffle behind the barrier is there
     * because Spark gives up a job whose last stage has a barrier when an executor is lost, and repeats any other stage.
     */
    static StepTask.Sum gather(JavaRDD<ArrayList<BatchClip>> shares, StepTask step) {
        ClassTag<StepTask.Sum> tag = ClassTag$.MODULE$.apply(StepTask.Sum.class);
        JavaRDD<StepTask.Sum> gathered = shares.rdd()
                .barrier()
                .mapPartitions(new Gather(step), false, tag)
                .toJavaRDD();
        JavaRDD<StepTask.Sum> sent = gathered.mapToPair(sum -> new Tuple2<>(0, sum))
                .partitionBy(new HashPartitioner(1))
                .values();
        List<StepTask.Sum> all = sent.collect();
        sent.rdd().cleanShuffleDependencies(false);
        ArrayList<Told> told = new ArrayList<>();
        Floats sum = new Floats();
        for (StepTask.Sum part : all) {
            told.addAll(part.told());
            sum = part.gradients().values().length > 0 ? part.gradients() : sum;
        }
        return new StepTask.Sum(sum, told);
    }

    private static final class Gather
            extends AbstractFunction1<
                    scala.collection.Iterator<ArrayList<BatchClip>>, scala.collection.Iterator<StepTask.Sum>>
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private final StepTask step;

        Gather(StepTask step) {
            this.step = step;
        }

        @Override
        public scala.collection.Iterator<StepTask.Sum> apply(scala.collection.Iterator<ArrayList<BatchClip>> shares) {
            StepTask.Sum own = step.sum(shares.next());
            BarrierTaskContext barrier = BarrierTaskContext.get();
            String[] all = barrier.allGather(
                    Base64.getEncoder().encodeToString(own.gradients().toBytes()));
            float[] sum = new float[barrier.partitionId() == 0 ? own.gradients().values().length : 0];
            for (String text : all) {
                float[] part = Floats.of(Base64.getDecoder().decode(text));
                if (sum.length > 0) {
                    ClipGradients.add(part, sum);
                }
            }
            Iterator<StepTask.Sum> result =
                    List.of(new StepTask.Sum(new Floats(sum), own.told())).iterator();
            return CollectionConverters.asScala(result);
        }
    }
}
