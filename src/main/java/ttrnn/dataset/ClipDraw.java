package ttrnn.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ttrnn.tensor.Rng;

/**
 * Divides single clips, class by class, whatever their groups: each class has its share in each part. A clip of several
 * classes counts as one of its first class.
 */
final class ClipDraw {
    private ClipDraw() {}

    static Split of(List<ClipRecord> clips, Rng rng, SplitOptions options) {
        return options.folds() == 0 ? fifths(clips, rng) : fold(clips, rng, options);
    }

    private static Map<String, List<String>> byClass(List<ClipRecord> clips, Rng rng) {
        Map<String, List<String>> sorted = new TreeMap<>();
        clips.forEach(clip ->
                sorted.computeIfAbsent(clip.label(), label -> new ArrayList<>()).add(clip.id()));
        Map<String, List<String>> drawn = new TreeMap<>();
        sorted.forEach((label, ids) -> {
            List<String> order = new ArrayList<>();
            for (int i : rng.split("class " + label).permutation(ids.size())) {
                order.add(ids.get(i));
            }
            drawn.put(label, order);
        });
        return drawn;
    }

    private static Split fifths(List<ClipRecord> clips, Rng rng) {
        List<String> train = new ArrayList<>();
        List<String> validation = new ArrayList<>();
        List<String> test = new ArrayList<>();
        byClass(clips, rng).values().forEach(ids -> {
            int n = ids.size();
            int tests = n < 2 ? 0 : Split.fifth(n);
            int validations = n < 3 ? 0 : Split.fifth(n);
            test.addAll(ids.subList(0, tests));
            validation.addAll(ids.subList(tests, tests + validations));
            train.addAll(ids.subList(tests + validations, n));
        });
        return new Split(train, validation, test, List.of());
    }

    /** The clips of one class after the other are dealt out; the fold after the last one gets the next class's first. */
    private static Split fold(List<ClipRecord> clips, Rng rng, SplitOptions options) {
        int folds = options.folds();
        if (folds > clips.size()) {
            throw DatasetException.usage("folds " + folds + ": there are only " + clips.size() + " clips");
        }
        List<List<String>> lists = new ArrayList<>();
        for (int f = 0; f < folds; f++) {
            lists.add(new ArrayList<>());
        }
        // The most clips first: a class of one clip must not always meet the first fold.
        List<List<String>> classes =
                new ArrayList<>(byClass(clips, rng.split("folds")).values());
        classes.sort(Comparator.comparingInt((List<String> ids) -> -ids.size()));
        int next = 0;
        for (List<String> ids : classes) {
            for (String id : ids) {
                lists.get(next++ % folds).add(id);
            }
        }
        List<List<String>> parts = Split.testAndValidation(lists, options.fold());
        return Split.divide(clips, ClipRecord::id, parts.get(0), parts.get(1));
    }
}
