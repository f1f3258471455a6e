package ttrnn.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers about the clips of a store.
 *
 * @param clips number of clips
 * @param frames number of frames in all
 * @param length frames of a clip
 * @param classes number of clips by class, sorted by name
 * @param groups number of clips by group, sorted by name; empty if the layout has no groups
 * @param parts number of clips by what official lists say of them, sorted; empty if there are none
 * @param classLengths frames of a clip, by class
 * @param lengths frames of each clip, ascending
 */
public record StoreStatistics(
        int clips,
        long frames,
        Length length,
        Map<String, Integer> classes,
        Map<String, Integer> groups,
        Map<String, Integer> parts,
        Map<String, Length> classLengths,
        List<Integer> lengths) {

    /**
     * Frames of a clip.
     *
     * @param median the middle one, or the mean of the two in the middle
     */
    public record Length(int min, int max, double mean, double median) {}

    /** Counts {@code clips}, of which there must be one at least. */
    public static StoreStatistics of(Collection<ClipRecord> clips) {
        if (clips.isEmpty()) {
            throw new IllegalArgumentException("statistics: no clips");
        }
        Map<String, Integer> classes = new TreeMap<>();
        Map<String, Integer> groups = new TreeMap<>();
        Map<String, Integer> parts = new TreeMap<>();
        Map<String, List<Integer>> ofClass = new TreeMap<>();
        long frames = 0;
        for (ClipRecord clip : clips) {
            for (String label : clip.labels()) {
                classes.merge(label, 1, Integer::sum);
                ofClass.computeIfAbsent(label, l -> new ArrayList<>()).add(clip.frames());
            }
            if (clip.part() != null) {
                parts.merge(clip.part(), 1, Integer::sum);
            }
            if (clip.group() != null) {
                groups.merge(clip.group(), 1, Integer::sum);
            }
            frames += clip.frames();
        }
        Map<String, Length> classLengths = new TreeMap<>();
        ofClass.forEach((label, lengths) -> classLengths.put(label, length(sorted(lengths))));
        int[] lengths = sorted(clips.stream().map(ClipRecord::frames).toList());
        return new StoreStatistics(
                lengths.length,
                frames,
                length(lengths),
                Collections.unmodifiableMap(classes),
                Collections.unmodifiableMap(groups),
                Collections.unmodifiableMap(parts),
                Collections.unmodifiableMap(classLengths),
                Arrays.stream(lengths).boxed().toList());
    }

    private static int[] sorted(Collection<Integer> lengths) {
        return lengths.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static Length length(int[] sorted) {
        int n = sorted.length;
        double median = (sorted[(n - 1) / 2] + (double) sorted[n / 2]) / 2;
        double sum = Arrays.stream(sorted).asLongStream().sum();
        return new Length(sorted[0], sorted[n - 1], sum / n, median);
    }

    /**
     * A histogram of the lengths, a line for each of at most {@code bins} ranges of equal width, for example {@code
     * 50-59  ######## 12}.
     *
     * @param barWidth characters of the longest bar
     */
    public List<String> histogram(int bins, int barWidth) {
        if (bins < 1 || barWidth < 1) {
            throw new IllegalArgumentException(
                    "histogram: bins and width must be positive, got " + bins + ", " + barWidth);
        }
        int range = length.max() - length.min() + 1;
        int step = (range + bins - 1) / bins;
        int[] counts = new int[(range + step - 1) / step];
        for (int frames : lengths) {
            counts[(frames - length.min()) / step]++;
        }
        int most = Arrays.stream(counts).max().orElse(1);
        int digits = String.valueOf(length.max() + step).length();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            int from = length.min() + i * step;
            int to = Math.min(from + step - 1, length.max());
            // Rounded up: a clip alone is still seen.
            int bar = (int) (((long) counts[i] * barWidth + most - 1) / most);
            String label = pad(from, digits) + (step == 1 ? "" : "-" + pad(to, digits));
            lines.add(label + "  " + "#".repeat(bar) + (bar == 0 ? "" : " ") + counts[i]);
        }
        return List.copyOf(lines);
    }

    private static String pad(int number, int digits) {
        String text = String.valueOf(number);
        return " ".repeat(Math.max(0, digits - text.length())) + text;
    }
}
