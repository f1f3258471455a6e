package ttrnn.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
     * Divides {@code clips}; the same options and clips give the same split, in whatever order they come. A note tells of
     * leaks: a group, or the same frames, in two parts.
     *
     * @throws DatasetException if a group is unknown, there are too few groups, or a class would keep no clip to learn from
     */
    public static Split of(Collection<ClipRecord> clips, SplitOptions options) {
        List<ClipRecord> sorted = sorted(clips);
        Rng rng = new Rng(options.seed()).split("split");
        List<String> notes = new ArrayList<>();
        Split split = switch (options.kind()) {
            case OFFICIAL -> OfficialSplit.of(sorted);
            case RANDOM -> ClipDraw.of(sorted, rng, options);
            case GROUP -> byGroup(sorted, rng, options, notes);
        };
        checkTraining(sorted, split, options);
        notes.addAll(split.notes);
        notes.addAll(Leaks.of(sorted, split).sentences());
        return new Split(split.train, split.validation, split.test, notes);
    }

    /** What the official lists say, whether a training could use it or not. */
    public static Split official(Collection<ClipRecord> clips) {
        return OfficialSplit.of(sorted(clips));
    }

    /** How many folds {@code options} make of {@code clips}; 0 if it is one split. */
    public static int folds(Collection<ClipRecord> clips, SplitOptions options) {
        return options.folds() == SplitOptions.EACH_GROUP
                ? GroupTable.of(sorted(clips), ClipRecord::groupOrId).groups().size()
                : options.folds();
    }

    private static List<ClipRecord> sorted(Collection<ClipRecord> clips) {
        if (clips.isEmpty()) {
            throw DatasetException.data("split: there are no clips");
        }
        return clips.stream().sorted(Comparator.comparing(ClipRecord::id)).toList();
    }

    private static Split byGroup(List<ClipRecord> clips, Rng rng, SplitOptions options, List<String> notes) {
        long alone = clips.stream().filter(clip -> clip.group() == null).count();
        if (alone > 0) {
            notes.add((alone == clips.size() ? "the clips have no groups" : alone + " clips have no group")
                    + ": each is a group of its own, so clips of one scene or person may be in two parts");
        }
        if (alone == clips.size() && options.testGroups().isEmpty() && options.folds() != SplitOptions.EACH_GROUP) {
            return ClipDraw.of(clips, rng, options);
        }
        GroupTable table = GroupTable.of(clips, ClipRecord::groupOrId);
        List<List<String>> parts = !options.testGroups().isEmpty()
                ? named(table, options)
                : options.folds() != 0 ? fold(table, options, rng) : drawn(table, rng);
        return divide(clips, ClipRecord::groupOrId, parts.get(0), parts.get(1));
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

    private static List<List<String>> fold(GroupTable table, SplitOptions options, Rng rng) {
        int groups = table.groups().size();
        boolean eachGroup = options.folds() == SplitOptions.EACH_GROUP;
        int folds = eachGroup ? groups : options.folds();
        if (folds > groups || folds < 2) {
            throw DatasetException.usage("folds" + (eachGroup ? "" : " " + folds) + ": there "
                    + (groups == 1 ? "is only 1 group" : "are only " + groups + " groups"));
        }
        if (options.fold() >= folds) {
            throw DatasetException.usage(
                    "fold " + options.fold() + ": of " + folds + " groups, the first is 0 and the last " + (folds - 1));
        }
        return testAndValidation(
                eachGroup ? table.groups().stream().map(List::of).toList() : table.folds(rng.split("folds"), folds),
                options.fold());
    }

    /** The test is fold {@code fold}, validation the one after it if there are three at least. */
    static List<List<String>> testAndValidation(List<List<String>> folds, int fold) {
        return List.of(folds.get(fold), folds.size() < 3 ? List.of() : folds.get((fold + 1) % folds.size()));
    }

    private static List<List<String>> drawn(GroupTable table, Rng rng) {
        int groups = table.groups().size();
        if (groups < 2) {
            throw DatasetException.usage("split: all clips are of one group, "
                    + table.groups().get(0) + "; choose --split random, or test on another store");
        }
        return table.draw(rng.split("groups"), fifth(groups), groups < 3 ? 0 : fifth(groups));
    }

    /** About a fifth of {@code n}, one at least. */
    static int fifth(int n) {
        return Math.max(1, (2 * n + PARTS) / (2 * PARTS));
    }

    static Split divide(
            List<ClipRecord> clips,
            Function<ClipRecord, String> groupOf,
            List<String> testGroups,
            List<String> validationGroups) {
        Set<String> tests = new HashSet<>(testGroups);
        Set<String> validations = new HashSet<>(validationGroups);
        List<String> train = new ArrayList<>();
        List<String> validation = new ArrayList<>();
        List<String> test = new ArrayList<>();
        for (ClipRecord clip : clips) {
            String group = groupOf.apply(clip);
            (tests.contains(group) ? test : validations.contains(group) ? validation : train).add(clip.id());
        }
        return new Split(train, validation, test, List.of());
    }

    private static void checkTraining(List<ClipRecord> clips, Split split, SplitOptions options) {
        Set<String> training = new HashSet<>(split.train());
        Set<String> without = new TreeSet<>();
        clips.forEach(clip -> without.addAll(clip.labels()));
        clips.stream().filter(clip -> training.contains(clip.id())).forEach(clip -> without.removeAll(clip.labels()));
        if (!without.isEmpty()) {
            throw DatasetException.usage("split: no clips to learn from are left for class "
                    + String.join(", ", without)
                    + (options.kind() == SplitOptions.Kind.OFFICIAL
                            ? "; the official lists of this store do not have it in train"
                            : "; choose other groups, or --split random"));
        }
    }
}
