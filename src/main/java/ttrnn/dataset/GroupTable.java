package ttrnn.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import ttrnn.tensor.Rng;

/**
 * How many clips of each class each group has, and the drawing of groups so that classes stay balanced. What is drawn is
 * a function of the seed, the sorted names of the groups, and these counts.
 */
final class GroupTable {
    private final List<String> groups;
    private final int[][] counts;
    private final int[] totals;

    private GroupTable(List<String> groups, int[][] counts, int[] totals) {
        this.groups = groups;
        this.counts = counts;
        this.totals = totals;
    }

    /** Counts {@code clips} by the group that {@code groupOf} gives. */
    static GroupTable of(Collection<ClipRecord> clips, Function<ClipRecord, String> groupOf) {
        List<String> classes = clips.stream()
                .flatMap(clip -> clip.labels().stream())
                .distinct()
                .sorted()
                .toList();
        Map<String, int[]> byGroup = new TreeMap<>();
        int[] totals = new int[classes.size()];
        for (ClipRecord clip : clips) {
            int[] group = byGroup.computeIfAbsent(groupOf.apply(clip), g -> new int[totals.length]);
            for (String label : clip.labels()) {
                int at = Collections.binarySearch(classes, label);
                group[at]++;
                totals[at]++;
            }
        }
        return new GroupTable(List.copyOf(byGroup.keySet()), byGroup.values().toArray(int[][]::new), totals);
    }

    /** Names of the groups, sorted. */
    List<String> groups() {
        return groups;
    }

    /**
     * Deals the groups out to {@code parts}, each of whose sizes is a number of groups; groups left over are in none.
     *
     * <p>One part after the other takes the group that keeps its classes nearest to their share, out of the first half of
     * the groups in an order drawn from {@code rng}: half, so that another seed gives another split even if one group
     * fits best. A group is taken only if every class keeps one that is not taken, as long as there is such a group.
     */
    List<List<String>> draw(Rng rng, int... sizes) {
        List<Integer> rest = shuffled(rng);
        int[] left = totals.clone();
        List<List<String>> parts = new ArrayList<>();
        for (int size : sizes) {
            int[] have = new int[totals.length];
            List<String> part = new ArrayList<>();
            for (int i = 1; i <= size; i++) {
                int pick = pick(rest, have, left, (double) i / groups.size());
                int group = rest.remove(pick);
                for (int c = 0; c < totals.length; c++) {
                    have[c] += counts[group][c];
                    left[c] -= counts[group][c];
                }
                part.add(groups.get(group));
            }
            parts.add(part);
        }
        return parts;
    }

    private int pick(List<Integer> rest, int[] have, int[] left, double share) {
        int best = best(rest, (rest.size() + 1) / 2, have, left, share, true);
        if (best < 0) {
            best = best(rest, rest.size(), have, left, share, true);
        }
        return best < 0 ? best(rest, rest.size(), have, left, share, false) : best;
    }

    private int best(List<Integer> rest, int candidates, int[] have, int[] left, double share, boolean keepClasses) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < candidates; i++) {
            int[] group = counts[rest.get(i)];
            double deviation = 0;
            boolean takesLast = false;
            for (int c = 0; c < totals.length; c++) {
                takesLast |= group[c] > 0 && group[c] == left[c];
                double off = (have[c] + group[c]) / (share * totals[c]) - 1;
                deviation += off * off;
            }
            if (deviation < least && !(keepClasses && takesLast)) {
                least = deviation;
                best = i;
            }
        }
        return best;
    }

    /**
     * Deals all groups out to {@code folds} lists whose numbers of groups differ by one at most: each group goes, among
     * the shortest lists, to the one that has least of its classes.
     */
    List<List<String>> folds(Rng rng, int folds) {
        List<List<String>> lists = new ArrayList<>();
        int[][] have = new int[folds][totals.length];
        for (int f = 0; f < folds; f++) {
            lists.add(new ArrayList<>());
        }
        for (int group : shuffled(rng)) {
            int shortest = lists.stream().mapToInt(List::size).min().orElse(0);
            int best = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int f = 0; f < folds; f++) {
                double crowd = 0;
                for (int c = 0; c < totals.length; c++) {
                    crowd += (double) counts[group][c] * have[f][c] / totals[c];
                }
                if (lists.get(f).size() == shortest && crowd < least) {
                    least = crowd;
                    best = f;
                }
            }
            lists.get(best).add(groups.get(group));
            for (int c = 0; c < totals.length; c++) {
                have[best][c] += counts[group][c];
            }
        }
        return lists;
    }

    private List<Integer> shuffled(Rng rng) {
        List<Integer> order = new ArrayList<>();
        Arrays.stream(rng.permutation(groups.size())).forEach(order::add);
        return order;
    }
}
