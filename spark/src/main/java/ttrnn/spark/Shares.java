package ttrnn.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Divides clips among tasks, so that each has about as many frames: the longest clip first, always to the task with least. */
final class Shares {
    private Shares() {}

    /**
     * The places of the clips of each task, in order.
     *
     * @param frames of each clip
     */
    static List<List<Integer>> of(int[] frames, int tasks) {
        List<List<Integer>> shares = new ArrayList<>();
        long[] sums = new long[tasks];
        for (int i = 0; i < tasks; i++) {
            shares.add(new ArrayList<>());
        }
        List<Integer> longestFirst = IntStream.range(0, frames.length)
                .boxed()
                .sorted(Comparator.comparingInt(place -> -frames[place]))
                .toList();
        for (int place : longestFirst) {
            int least = 0;
            for (int i = 1; i < tasks; i++) {
                least = sums[i] < sums[least] ? i : least;
            }
            shares.get(least).add(place);
            // A clip costs something beside its frames.
            sums[least] += 1 + frames[place];
        }
        shares.forEach(share -> share.sort(null));
        return shares;
    }

    /** The sum of the largest share. */
    static long largest(int[] frames, List<List<Integer>> shares) {
        return shares.stream()
                .mapToLong(share ->
                        share.stream().mapToLong(place -> frames[place]).sum())
                .max()
                .orElse(0);
    }
}
