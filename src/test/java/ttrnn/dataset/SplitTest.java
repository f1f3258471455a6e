package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ttrnn.dataset.StoreStatisticsTest.clip;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.Rng;

class SplitTest {
    /** Classes c0, c1, …, groups g00, g01, … in all of them, with an uneven number of clips in each. */
    private static List<ClipRecord> clips(int classes, int groups) {
        List<ClipRecord> clips = new ArrayList<>();
        Rng rng = new Rng(5);
        for (int c = 0; c < classes; c++) {
            for (int g = 0; g < groups; g++) {
                int n = 4 + rng.nextInt(4);
                for (int i = 0; i < n; i++) {
                    String group = String.format("g%02d", g);
                    clips.add(clip("c" + c + "/" + group + "_" + i, "c" + c, group, 10));
                }
            }
        }
        return clips;
    }

    private static Set<String> groups(List<ClipRecord> clips, Collection<String> ids) {
        Set<String> wanted = new HashSet<>(ids);
        return clips.stream()
                .filter(clip -> wanted.contains(clip.id()))
                .map(ClipRecord::groupOrId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Integer> classes(List<ClipRecord> clips, Collection<String> ids) {
        Set<String> wanted = new HashSet<>(ids);
        Map<String, Integer> counts = new TreeMap<>();
        clips.stream()
                .filter(clip -> wanted.contains(clip.id()))
                .forEach(clip -> counts.merge(clip.label(), 1, Integer::sum));
        return counts;
    }

    private static void assertParts(List<ClipRecord> clips, Split split) {
        List<String> all = new ArrayList<>(split.train());
        all.addAll(split.validation());
        all.addAll(split.test());
        assertThat(all).doesNotHaveDuplicates().hasSize(clips.size());
        assertThat(split.train()).isSorted();
        assertThat(split.validation()).isSorted();
        assertThat(split.test()).isSorted();
        assertThat(classes(clips, split.train()).keySet())
                .isEqualTo(classes(clips, all).keySet());
    }

    @Test
    void aFifthOfTheGroupsIsForTestAndAFifthForValidation() {
        List<ClipRecord> clips = clips(4, 25);
        Split split = Split.of(clips, SplitOptions.byGroup(1));
        assertParts(clips, split);
        assertThat(groups(clips, split.test())).hasSize(5);
        assertThat(groups(clips, split.validation())).hasSize(5);
        assertThat(groups(clips, split.train()))
                .hasSize(15)
                .doesNotContainAnyElementsOf(groups(clips, split.test()))
                .doesNotContainAnyElementsOf(groups(clips, split.validation()));
        assertThat(split.notes()).isEmpty();
    }

    @Test
    void classesAreBalancedAsGroupsAllow() {
        List<ClipRecord> clips = clips(6, 25);
        for (int seed = 0; seed < 20; seed++) {
            Split split = Split.of(clips, SplitOptions.byGroup(seed));
            Map<String, Integer> all =
                    classes(clips, clips.stream().map(ClipRecord::id).toList());
            classes(clips, split.test())
                    .forEach((label, n) ->
                            assertThat(n / (double) all.get(label)).isBetween(0.15, 0.25));
            classes(clips, split.validation())
                    .forEach((label, n) ->
                            assertThat(n / (double) all.get(label)).isBetween(0.15, 0.25));
        }
    }

    @Test
    void theSplitIsAFunctionOfTheSeedAndNotOfTheOrderOfTheClips() {
        List<ClipRecord> clips = clips(3, 10);
        List<ClipRecord> reversed = new ArrayList<>(clips);
        Collections.reverse(reversed);
        Set<Split> splits = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            for (SplitOptions options :
                    List.of(SplitOptions.byGroup(seed), SplitOptions.random(seed), SplitOptions.fold(seed, 5, 2))) {
                Split split = Split.of(clips, options);
                assertThat(Split.of(reversed, options)).isEqualTo(split);
                splits.add(split);
            }
        }
        assertThat(splits).hasSizeGreaterThan(30);
    }

    @Test
    void fewGroupsAreDividedAllTheSame() {
        assertThat(Split.of(clips(2, 2), SplitOptions.byGroup(0)).validation()).isEmpty();
        for (int groups = 2; groups <= 9; groups++) {
            List<ClipRecord> clips = clips(2, groups);
            assertParts(clips, Split.of(clips, SplitOptions.byGroup(3)));
        }
        assertThatThrownBy(() -> Split.of(clips(2, 1), SplitOptions.byGroup(0)))
                .hasMessage("split: all clips are of one group, g00; choose --split random, or test on another store");
    }

    @Test
    void aClassOfOneGroupStaysInTraining() {
        List<ClipRecord> clips = new ArrayList<>(clips(2, 6));
        clips.add(clip("rare/1", "rare", "g03", 10));
        for (int seed = 0; seed < 30; seed++) {
            Split split = Split.of(clips, SplitOptions.byGroup(seed));
            assertParts(clips, split);
            assertThat(split.train()).contains("rare/1");
        }
    }

    @Test
    void groupsThatLieInOneClassEachAreDrawnFromAllClasses() {
        List<ClipRecord> clips = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            clips.add(clip("c" + i % 3 + "/" + i, "c" + i % 3, "group" + i / 2 * 3 + i % 3, 10));
        }
        Split split = Split.of(clips, SplitOptions.byGroup(0));
        assertParts(clips, split);
        assertThat(classes(clips, split.test()).values()).hasSize(3).allMatch(n -> n >= 3 && n <= 5);
    }

    @Test
    void clipsWithoutGroupsAreDrawnClassByClassAndANoteSaysSo() {
        List<ClipRecord> clips = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clips.add(clip("c" + i % 4 + "/" + i, "c" + i % 4, null, 10));
        }
        Split split = Split.of(clips, SplitOptions.byGroup(0));
        assertParts(clips, split);
        assertThat(classes(clips, split.test()).values()).containsExactly(2, 2, 2, 2);
        assertThat(classes(clips, split.validation()).values()).containsExactly(2, 2, 2, 2);
        assertThat(split.notes())
                .containsExactly("the clips have no groups: each is a group of its own,"
                        + " so clips of one scene or person may be in two parts");
        assertThat(Split.of(clips, SplitOptions.random(0)).notes()).isEmpty();
    }

    @Test
    void smallClassesKeepClipsToLearnFrom() {
        List<ClipRecord> clips = new ArrayList<>();
        for (int c = 1; c <= 5; c++) {
            for (int i = 0; i < c; i++) {
                clips.add(clip("c" + c + "/" + i, "c" + c, null, 10));
            }
        }
        Split split = Split.of(clips, SplitOptions.random(0));
        assertParts(clips, split);
        assertThat(classes(clips, split.test())).isEqualTo(Map.of("c2", 1, "c3", 1, "c4", 1, "c5", 1));
        assertThat(classes(clips, split.validation())).isEqualTo(Map.of("c3", 1, "c4", 1, "c5", 1));
    }

    @Test
    void namedGroupsAreTakenAsTheyAre() {
        List<ClipRecord> clips = clips(3, 6);
        Split split = Split.of(clips, SplitOptions.groups(List.of("g01", "g04"), List.of("g00")));
        assertParts(clips, split);
        assertThat(groups(clips, split.test())).containsExactly("g01", "g04");
        assertThat(groups(clips, split.validation())).containsExactly("g00");
        assertThat(Split.of(clips, SplitOptions.groups(List.of("g01"), List.of()))
                        .validation())
                .isEmpty();
    }

    @Test
    void namesThatDoNotFitAreRefused() {
        List<ClipRecord> clips = clips(2, 3);
        refused(
                clips,
                SplitOptions.groups(List.of("g01", "daria"), List.of("eli")),
                "no group daria, eli in the store; it has g00, g01, g02");
        refused(
                clips,
                SplitOptions.groups(List.of("g01"), List.of("g01")),
                "group g01 is named for both test and validation");
        refused(
                clips,
                SplitOptions.groups(List.of("g00", "g01", "g02"), List.of()),
                "split: no clips to learn from are left for class c0, c1; choose other groups, or --split random");
        refused(clips, SplitOptions.fold(0, 4, 0), "folds 4: there are only 3 groups");
        assertThatThrownBy(() -> SplitOptions.groups(List.of(), List.of("a")))
                .hasMessage("validation-groups: name test-groups too, or neither");
        assertThatThrownBy(() -> SplitOptions.fold(0, 1, 0)).hasMessage("folds 1: there must be two at least");
        assertThatThrownBy(() -> SplitOptions.fold(0, 5, 5))
                .hasMessage("fold 5: of 5 folds, the first is 0 and the last 4");
        assertThatThrownBy(() -> SplitOptions.Kind.of("half"))
                .hasMessage("no split half: choose one of group, random, official");
    }

    private static void refused(List<ClipRecord> clips, SplitOptions options, String message) {
        assertThatThrownBy(() -> Split.of(clips, options))
                .isInstanceOf(DatasetException.class)
                .hasMessage(message);
    }

    @Test
    void foldsTestEveryClipOnce() {
        List<ClipRecord> clips = clips(4, 23);
        List<String> tested = new ArrayList<>();
        for (int fold = 0; fold < 5; fold++) {
            Split split = Split.of(clips, SplitOptions.fold(7, 5, fold));
            assertParts(clips, split);
            assertThat(groups(clips, split.test()).size()).isBetween(4, 5);
            assertThat(split.validation())
                    .isEqualTo(Split.of(clips, SplitOptions.fold(7, 5, (fold + 1) % 5))
                            .test());
            tested.addAll(split.test());
        }
        assertThat(tested).doesNotHaveDuplicates().hasSize(clips.size());
        assertThat(Split.of(clips, SplitOptions.fold(7, 2, 1)).validation()).isEmpty();
    }

    @Test
    void foldsOfSingleClipsKeepClassesInEachFold() {
        List<ClipRecord> clips = clips(3, 11);
        Map<String, Integer> all =
                classes(clips, clips.stream().map(ClipRecord::id).toList());
        List<String> tested = new ArrayList<>();
        for (int fold = 0; fold < 4; fold++) {
            Split split = Split.of(clips, new SplitOptions(SplitOptions.Kind.RANDOM, 7, List.of(), List.of(), 4, fold));
            assertParts(clips, split);
            classes(clips, split.test())
                    .forEach((label, n) -> assertThat(n).isBetween(all.get(label) / 4, all.get(label) / 4 + 1));
            tested.addAll(split.test());
        }
        assertThat(tested).doesNotHaveDuplicates().hasSize(clips.size());
        SplitOptions many = new SplitOptions(SplitOptions.Kind.RANDOM, 7, List.of(), List.of(), 1000, 0);
        refused(clips, many, "folds 1000: there are only " + clips.size() + " clips");
    }

    @Test
    void eachGroupIsLeftOutOnce() {
        List<ClipRecord> clips = clips(3, 6);
        assertThat(Split.folds(clips, SplitOptions.leaveOneGroupOut(0))).isEqualTo(6);
        assertThat(Split.folds(clips, SplitOptions.fold(0, 4, 0))).isEqualTo(4);
        assertThat(Split.folds(clips, SplitOptions.byGroup(0))).isZero();
        for (int fold = 0; fold < 6; fold++) {
            Split split = Split.of(clips, SplitOptions.leaveOneGroupOut(0).withFold(fold));
            assertParts(clips, split);
            assertThat(groups(clips, split.test())).containsExactly("g0" + fold);
            assertThat(groups(clips, split.validation())).containsExactly("g0" + (fold + 1) % 6);
        }
        refused(clips, SplitOptions.leaveOneGroupOut(6), "fold 6: of 6 groups, the first is 0 and the last 5");
        refused(clips(2, 1), SplitOptions.leaveOneGroupOut(0), "folds: there is only 1 group");
        assertThatThrownBy(() ->
                        new SplitOptions(SplitOptions.Kind.RANDOM, 0, List.of(), List.of(), SplitOptions.EACH_GROUP, 0))
                .hasMessage("folds: leaving each group out needs a split by group, not random");
    }

    private static ClipRecord listed(String id, String label, String group, @Nullable String part, String hash) {
        ClipRecord clip = clip(id, label, group, 10);
        return new ClipRecord(id, clip.labels(), group, part, 10, 25, 16, 12, clip.source(), 1, null, hash, null, null);
    }

    @Test
    void officialListsDecideAndClipsInNoneAreLeftOut() {
        List<ClipRecord> clips = new ArrayList<>();
        for (String label : List.of("a", "b")) {
            clips.add(listed(label + "/1", label, "g1", "train", label + "1"));
            clips.add(listed(label + "/2", label, "g2", "train", label + "2"));
            clips.add(listed(label + "/3", label, "g3", "validation", label + "3"));
            clips.add(listed(label + "/4", label, "g4", "test", label + "4"));
        }
        clips.add(listed("b/5", "b", "g5", null, "b5"));
        Split split = Split.of(clips, SplitOptions.official());
        assertThat(split.train()).containsExactly("a/1", "a/2", "b/1", "b/2");
        assertThat(split.validation()).containsExactly("a/3", "b/3");
        assertThat(split.test()).containsExactly("a/4", "b/4");
        assertThat(split.notes()).containsExactly("1 clip is in none of the official lists and left out");

        clips.add(listed("c/1", "c", "g6", "test", "c1"));
        refused(
                clips,
                SplitOptions.official(),
                "split: no clips to learn from are left for class c;"
                        + " the official lists of this store do not have it in train");
        refused(
                clips(2, 3),
                SplitOptions.official(),
                "split official: no clip of the store is in an official list;"
                        + " put the lists beside the clips and run prepare again, or choose --split group");
        assertThatThrownBy(() -> new SplitOptions(SplitOptions.Kind.OFFICIAL, 0, List.of(), List.of(), 5, 0))
                .hasMessage("folds: official lists say what the test is, so give no folds");
    }

    @Test
    void leaksBetweenTrainingAndTheRestAreNoted() {
        List<ClipRecord> clips = List.of(
                listed("a/1", "a", "g1", "train", "same"),
                listed("a/2", "a", "g1", "test", "other"),
                listed("b/1", "b", "g2", "train", "third"),
                listed("b/2", "b", "g3", "test", "same"),
                listed("b/3", "b", "g3", "validation", "same"));
        assertThat(Split.of(clips, SplitOptions.official()).notes())
                .containsExactly(
                        "leak: 1 group has clips in training and in validation or test: g1",
                        "leak: the same frames are in training and in validation or test: a/1 = b/2 = b/3");
        assertThat(Leaks.twins(clips)).containsExactly(List.of("a/1", "b/2", "b/3"));
        List<ClipRecord> scattered = clips(4, 25);
        assertThat(Split.of(scattered, SplitOptions.random(1)).notes())
                .singleElement()
                .asString()
                .matches("leak: 2\\d groups have clips in training and in validation or test:"
                        + " g00, g01, g02, g03, g04 and \\d+ more");
    }

    @Test
    void aClipOfSeveralClassesCountsInEachOfThem() {
        List<ClipRecord> clips = new ArrayList<>(clips(2, 10));
        ClipRecord both = clip("z", "c0", "g04", 10);
        clips.add(new ClipRecord(
                "z", List.of("c0", "rare"), "g04", null, 10, 25, 16, 12, "z.avi", 1, null, both.sha256(), null, null));
        for (int seed = 0; seed < 20; seed++) {
            assertThat(Split.of(clips, SplitOptions.byGroup(seed)).train()).contains("z");
        }
    }
}
