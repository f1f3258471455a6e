package ttrnn.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What training and another part of a split have in common, so that accuracy there says less than it seems to.
 *
 * @param groups groups with clips in training and in validation or test, sorted
 * @param frames ids of clips whose frames are the same bytes, in training and in validation or test, sorted lists
 */
public record Leaks(List<String> groups, List<List<String>> frames) {
    private static final int NAMED_AT_MOST = 5;

    public Leaks {
        groups = List.copyOf(groups);
        frames = frames.stream().map(List::copyOf).toList();
    }

    /** Looks for leaks between the parts of a split. */
    public static Leaks of(Collection<ClipRecord> clips, Split split) {
        Map<String, Boolean> learned = new HashMap<>();
        split.train().forEach(id -> learned.put(id, true));
        split.validation().forEach(id -> learned.put(id, false));
        split.test().forEach(id -> learned.put(id, false));
        return new Leaks(
                List.copyOf(torn(clips, learned, ClipRecord::group).keySet()),
                List.copyOf(torn(clips, learned, ClipRecord::sha256).values()));
    }

    /** By key, the clips of each key that has some that are learned from and some that are not. */
    private static Map<String, List<String>> torn(
            Collection<ClipRecord> clips, Map<String, Boolean> learned, Function<ClipRecord, @Nullable String> keyOf) {
        Map<String, Set<String>> ids = new TreeMap<>();
        Map<String, Set<Boolean>> sides = new HashMap<>();
        for (ClipRecord clip : clips) {
            String key = keyOf.apply(clip);
            Boolean side = learned.get(clip.id());
            if (key != null && side != null) {
                ids.computeIfAbsent(key, k -> new TreeSet<>()).add(clip.id());
                sides.computeIfAbsent(key, k -> new TreeSet<>()).add(side);
            }
        }
        Map<String, List<String>> torn = new TreeMap<>();
        ids.forEach((key, of) -> {
            if (sides.getOrDefault(key, Set.of()).size() == 2) {
                torn.put(key, List.copyOf(of));
            }
        });
        return torn;
    }

    /** Clips of a store with the same frames, each list sorted: what a split by clips may tear apart. */
    public static List<List<String>> twins(Collection<ClipRecord> clips) {
        Map<String, Set<String>> ids = new TreeMap<>();
        clips.forEach(clip ->
                ids.computeIfAbsent(clip.sha256(), hash -> new TreeSet<>()).add(clip.id()));
        List<List<String>> twins = new ArrayList<>();
        ids.values().stream().filter(of -> of.size() > 1).forEach(of -> twins.add(List.copyOf(of)));
        twins.sort((a, b) -> a.get(0).compareTo(b.get(0)));
        return twins;
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return groups.isEmpty() && frames.isEmpty();
    }

    /** What to tell the user; nothing if there is no leak. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (!groups.isEmpty()) {
            sentences.add("leak: " + (groups.size() == 1 ? "1 group has" : groups.size() + " groups have")
                    + " clips in training and in validation or test: " + named(groups));
        }
        if (!frames.isEmpty()) {
            sentences.add("leak: the same frames are in training and in validation or test: "
                    + named(frames.stream().map(ids -> String.join(" = ", ids)).toList()));
        }
        return sentences;
    }

    /** The first few of {@code names}. */
    static String named(List<String> names) {
        int more = names.size() - NAMED_AT_MOST;
        return String.join(", ", names.subList(0, Math.min(NAMED_AT_MOST, names.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
