package ttrnn.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How clips are divided into training, validation and test.
 *
 * @param kind whether groups or single clips are drawn, or official lists decide
 * @param seed of what is drawn
 * @param testGroups groups for test; empty: they are drawn
 * @param validationGroups groups for validation, only with {@code testGroups}; empty: none
 * @param folds number of folds, or {@link #EACH_GROUP}; 0: one split
 * @param fold the fold that is the test, from 0; the one after it is validation if there are three at least
 */
public record SplitOptions(
        Kind kind, long seed, List<String> testGroups, List<String> validationGroups, int folds, int fold) {
    /** As many folds as there are groups, in the order of their names: each leaves one group out. */
    public static final int EACH_GROUP = -1;

    /** What is drawn. */
    public enum Kind {
        /** Whole groups, so that no scene or person is in two parts. */
        GROUP,
        /** Single clips, class by class. */
        RANDOM,
        /** Nothing: the data set's own lists say it. */
        OFFICIAL;

        /** The name on the command line. */
        public String option() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The names on the command line. */
        public static List<String> options() {
            return Arrays.stream(values()).map(Kind::option).toList();
        }

        /** The kind of that name on the command line. */
        public static Kind of(String option) {
            return Arrays.stream(values())
                    .filter(kind -> kind.option().equals(option))
                    .findFirst()
                    .orElseThrow(() -> DatasetException.usage("no split " + option + ": choose one of "
                            + options().stream().collect(Collectors.joining(", "))));
        }
    }

    public SplitOptions {
        testGroups = List.copyOf(testGroups);
        validationGroups = List.copyOf(validationGroups);
        boolean named = !testGroups.isEmpty() || !validationGroups.isEmpty();
        if (testGroups.isEmpty() && named) {
            throw DatasetException.usage("validation-groups: name test-groups too, or neither");
        }
        if (named && kind != Kind.GROUP) {
            throw DatasetException.usage("test-groups: they need a split by group, not " + kind.option());
        }
        if (named && folds != 0) {
            throw DatasetException.usage("folds: they draw the test groups, so name no test-groups");
        }
        if (kind == Kind.OFFICIAL && folds != 0) {
            throw DatasetException.usage("folds: official lists say what the test is, so give no folds");
        }
        if (kind != Kind.GROUP && folds == EACH_GROUP) {
            throw DatasetException.usage("folds: leaving each group out needs a split by group, not " + kind.option());
        }
        if (folds < EACH_GROUP || folds == 1) {
            throw DatasetException.usage("folds " + folds + ": there must be two at least");
        }
        if (fold < 0 || (folds > 0 && fold >= folds) || (folds == 0 && fold != 0)) {
            throw DatasetException.usage(
                    "fold " + fold + ": of " + folds + " folds, the first is 0 and the last " + Math.max(0, folds - 1));
        }
    }

    /** A fifth of the groups for test, a fifth for validation. */
    public static SplitOptions byGroup(long seed) {
        return new SplitOptions(Kind.GROUP, seed, List.of(), List.of(), 0, 0);
    }

    /** A fifth of each class for test, a fifth for validation. */
    public static SplitOptions random(long seed) {
        return new SplitOptions(Kind.RANDOM, seed, List.of(), List.of(), 0, 0);
    }

    /** As the data set's own lists say. */
    public static SplitOptions official() {
        return new SplitOptions(Kind.OFFICIAL, 0, List.of(), List.of(), 0, 0);
    }

    /** These groups for test and validation, all others for training. */
    public static SplitOptions groups(List<String> test, List<String> validation) {
        return new SplitOptions(Kind.GROUP, 0, test, validation, 0, 0);
    }

    /** Fold {@code fold} of {@code folds} by group. */
    public static SplitOptions fold(long seed, int folds, int fold) {
        return new SplitOptions(Kind.GROUP, seed, List.of(), List.of(), folds, fold);
    }

    /** Group {@code fold} of the sorted groups for test, all but the one after it for training. */
    public static SplitOptions leaveOneGroupOut(int fold) {
        return fold(0, EACH_GROUP, fold);
    }

    /** The same but for the fold. */
    public SplitOptions withFold(int other) {
        return new SplitOptions(kind, seed, testGroups, validationGroups, folds, other);
    }
}
