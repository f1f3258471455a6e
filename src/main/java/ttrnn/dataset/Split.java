package ttrnn.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import ttrnn.tensor.Rng;

/**
 * Clips divided into three parts that have none in common.
 *
 * @param train ids of the clips to learn from, sorted
 * @param validation ids of the clips to choose settings and epochs by, sorted; may be empty
 * @param test ids of the clips that are looked at last, sorted; may be empty
 * @param notes sentences for the user
 */
public record Split(List<String> train, List<String> validation, List<String> test, List<String> notes) {
    private static final int PARTS = 5;
    private static final int NAMED_AT_MOST = 30;

    public Split {
        train = train.stream().sorted().toList();
        validation = validation.stream().sorted().toList();
        test = test.stream().sorted().toList();
        notes = List.copyOf(notes);
    }

    /**
     * Divides {@code clips}; the same options and clips give the same split, in whatever order they come.
     *
     * @throws DatasetException if a group is unknown, there are too few groups, or a class would keep no clip to learn from
     */
    public static Split of(Collection<ClipRecord> clips, SplitOptions options) {
        List<ClipRecord> sorted =
                clips.stream().sorted(Comparator.comparing(ClipRecord::id)).toList();
        if (sorted.isEmpty()) {
            throw DatasetException.data("split: there are no clips");
        }
        Rng rng = new Rng(options.seed()).split("split");
        List<String> notes = new ArrayList<>();
        boolean single = options.kind() == SplitOptions.Kind.RANDOM;
        long alone = sorted.stream().filter(clip -> clip.group() == null).count();
        if (!single && alone > 0) {
            notes.add((alone == sorted.size() ? "the clips have no groups" : alone + " clips have no group")
                    + ": each is a group of its own, so clips of one scene or person may be in two parts");
        }
        boolean drawClips = single || alone == sorted.size();
        if (options.testGroups().isEmpty() && options.folds() == 0 && drawClips) {
            return checked(sorted, stratified(sorted, rng, notes));
        }
        Function<ClipRecord, String> groupOf = single ? ClipRecord::id : ClipRecord::groupOrId;
        GroupTable table = GroupTable.of(sorted, groupOf);
        List<List<String>> parts = !options.testGroups().isEmpty()
                ? named(table, options)
                : options.folds() > 0 ? fold(table, options, rng) : drawn(table, rng);
        return checked(sorted, divide(sorted, groupOf, parts.get(0), parts.get(1), notes));
    }

    /** Test and validation groups as they were named. */
    private static List<List<String>> named(GroupTable table, SplitOptions options) {
        Set<String> unknown = new TreeSet<>(options.testGroups());
        unknown.addAll(options.validationGroups());
        unknown.removeAll(new HashSet<>(table.groups()));
        if (!unknown.isEmpty()) {
            List<String> known = table.groups();
            int more = known.size() - NAMED_AT_MOST;
            throw DatasetException.usage("no group " + String.join(", ", unknown) + " in the store; it has "
                    + String.join(", ", known.subList(0, Math.min(NAMED_AT_MOST, known.size())))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
        for (String group : options.testGroups()) {
            if (options.validationGroups().contains(group)) {
                throw DatasetException.usage("group " + group + " is named for both test and validation");
            }
        }
        return List.of(options.testGroups(), options.validationGroups());
    }

    /** The test is fold I, validation the one after it if there are three at least. */
    private static List<List<String>> fold(GroupTable table, SplitOptions options, Rng rng) {
        int folds = options.folds();
        if (folds > table.groups().size()) {
            throw DatasetException.usage(
                    "folds " + folds + ": there are only " + table.groups().size() + " groups");
        }
        List<List<String>> lists = table.folds(rng.split("folds"), folds);
        List<String> validation = folds < 3 ? List.of() : lists.get((options.fold() + 1) % folds);
        return List.of(lists.get(options.fold()), validation);
    }

    private static List<List<String>> drawn(GroupTable table, Rng rng) {
        int groups = table.groups().size();
        if (groups < 2) {
            throw DatasetException.usage("split: all clips are of one group, "
                    + table.groups().get(0) + "; choose --split random, or test on another store");
        }
        return table.draw(rng.split("groups"), fifth(groups), groups < 3 ? 0 : fifth(groups));
    }

    private static Split stratified(List<ClipRecord> clips, Rng rng, List<String> notes) {
        Map<String, List<String>> byClass = new TreeMap<>();
        clips.forEach(clip -> byClass.computeIfAbsent(clip.label(), label -> new ArrayList<>())
                .add(clip.id()));
        List<String> train = new ArrayList<>();
        List<String> validation = new ArrayList<>();
        List<String> test = new ArrayList<>();
        byClass.forEach((label, ids) -> {
            int n = ids.size();
            int tests = n < 2 ? 0 : fifth(n);
            int validations = n < 3 ? 0 : fifth(n);
            int[] order = rng.split("class " + label).permutation(n);
            for (int i = 0; i < n; i++) {
                List<String> part = i < tests ? test : i < tests + validations ? validation : train;
                part.add(ids.get(order[i]));
            }
        });
        return new Split(train, validation, test, notes);
    }

    /** About a fifth of {@code n}, one at least. */
    private static int fifth(int n) {
        return Math.max(1, (2 * n + PARTS) / (2 * PARTS));
    }

    private static Split divide(
            List<ClipRecord> clips,
            Function<ClipRecord, String> groupOf,
            List<String> testGroups,
            List<String> validationGroups,
            List<String> notes) {
        Set<String> tests = new HashSet<>(testGroups);
        Set<String> validations = new HashSet<>(validationGroups);
        List<String> train = new ArrayList<>();
        List<String> validation = new ArrayList<>();
        List<String> test = new ArrayList<>();
        for (ClipRecord clip : clips) {
            String group = groupOf.apply(clip);
            (tests.contains(group) ? test : validations.contains(group) ? validation : train).add(clip.id());
        }
        return new Split(train, validation, test, notes);
    }

    private static Split checked(List<ClipRecord> clips, Split split) {
        Set<String> training = new HashSet<>(split.train());
        Set<String> without = new TreeSet<>();
        clips.forEach(clip -> without.add(clip.label()));
        clips.stream().filter(clip -> training.contains(clip.id())).forEach(clip -> without.remove(clip.label()));
        if (!without.isEmpty()) {
            throw DatasetException.usage("split: no clips to learn from are left for class "
                    + String.join(", ", without) + "; choose other groups, or --split random");
        }
        return split;
    }
}
