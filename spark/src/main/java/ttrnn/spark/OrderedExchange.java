package ttrnn.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import ttrnn.train.ClipGradients;

/**
 * {@link Exchange#ORDERED}: one job of two stages. In the first, a task computes its clips one by one and cuts their gradients
 * into slices; in the second, a task has a slice of all clips' gradients and adds them in the order of the batch. An executor
 * that is lost with its slices costs the first stage's tasks that it had done.
 */
final class OrderedExchange {
    private OrderedExchange() {}

    /** A slice of a clip's gradients; the first one has with it what is told of the clip. */
    private record Piece(
            int place, Floats gradients, @Nullable Told told) implements Serializable {}

    /** A slice of the sum. */
    private record Slice(int number, Floats sum, ArrayList<Told> told) implements Serializable {}

    static StepTask.Sum run(JavaRDD<ArrayList<BatchClip>> shares, StepTask step, int weights) {
        int slices = shares.getNumPartitions();
        JavaPairRDD<Integer, Piece> sent =
                shares.mapPartitionsToPair(new Cut(step, slices)).partitionBy(new BySlice(slices));
        JavaRDD<Slice> added = sent.mapPartitions(new AddInOrder());
        List<Slice> all = added.collect();
        // Else its files stay until the driver happens to collect its garbage.
        added.rdd().cleanShuffleDependencies(false);
        float[] sum = new float[weights];
        ArrayList<Told> told = new ArrayList<>();
        for (Slice slice : all) {
            float[] values = slice.sum().values();
            System.arraycopy(values, 0, sum, border(weights, slices, slice.number()), values.length);
            told.addAll(slice.told());
        }
        return new StepTask.Sum(new Floats(sum), told);
    }

    /** Where a slice begins. */
    static int border(int weights, int slices, int slice) {
        return (int) ((long) weights * slice / slices);
    }

    private record Cut(StepTask step, int slices)
            implements PairFlatMapFunction<Iterator<ArrayList<BatchClip>>, Integer, Piece> {
        @Override
        public Iterator<Tuple2<Integer, Piece>> call(Iterator<ArrayList<BatchClip>> shares) {
            return step.use(worker -> {
                List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
                while (shares.hasNext()) {
                    for (BatchClip clip : shares.next()) {
                        cut(clip.place(), step.one(worker, clip), pieces);
                    }
                }
                return pieces.iterator();
            });
        }

        private void cut(int place, StepTask.Part part, List<Tuple2<Integer, Piece>> pieces) {
            float[] all = part.gradients().values();
            for (int k = 0; k < slices; k++) {
                float[] own = Arrays.copyOfRange(all, border(all.length, slices, k), border(all.length, slices, k + 1));
                pieces.add(new Tuple2<>(k, new Piece(place, new Floats(own), k == 0 ? part.told() : null)));
            }
        }
    }

    private static final class BySlice extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int slices;

        BySlice(int slices) {
            this.slices = slices;
        }

        @Override
        public int numPartitions() {
            return slices;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof BySlice same && same.slices == slices;
        }

        @Override
        public int hashCode() {
            return slices;
        }
    }

    private record AddInOrder() implements FlatMapFunction<Iterator<Tuple2<Integer, Piece>>, Slice> {
        @Override
        public Iterator<Slice> call(Iterator<Tuple2<Integer, Piece>> pieces) {
            List<Piece> all = new ArrayList<>();
            int number = 0;
            while (pieces.hasNext()) {
                Tuple2<Integer, Piece> next = pieces.next();
                number = next._1();
                all.add(next._2());
            }
            if (all.isEmpty()) {
                return Collections.emptyIterator();
            }
            all.sort(Comparator.comparingInt(Piece::place));
            float[] sum = new float[all.get(0).gradients().values().length];
            ArrayList<Told> told = new ArrayList<>();
            for (Piece piece : all) {
                ClipGradients.add(piece.gradients().values(), sum);
                if (piece.told() != null) {
                    told.add(piece.told());
                }
            }
            return List.of(new Slice(number, new Floats(sum), told)).iterator();
        }
    }
}
