package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ttrnn.testing.LogisticRegression;
import ttrnn.video.FrameResizer;
import ttrnn.video.FrameSource;
import ttrnn.video.FrameSources;
import ttrnn.video.Picture;

/** The clips of data/motion: that they are sound and small, and that their class lies in the motion alone. */
class MotionClipsTest {
    private static final Path FOLDER = Path.of("data/motion");
    private static final int WIDTH = 80;
    private static final int HEIGHT = 60;
    private static final int SHORTEST = 20;
    private static final int LONGEST = 32;
    private static final int CLASSES = 11;
    /** What a linear model may get right without seeing motion; chance is 1 / 11. */
    private static final double LEAK = 0.25;

    private static FoundClips found;
    private static List<Clip> clips;

    /** A decoded clip; its frames are [15, 20, 3], each value the mean of 4x4 pixels. */
    private record Clip(ClipEntry entry, boolean clean, List<double[]> frames) {
        double[] meanFrame() {
            double[] mean = new double[frames.get(0).length];
            for (double[] frame : frames) {
                for (int i = 0; i < mean.length; i++) {
                    mean[i] += frame[i] / frames.size();
                }
            }
            return mean;
        }

        /** One feature a length, so that any function of the length is linear. */
        double[] length() {
            double[] features = new double[LONGEST + 1];
            features[frames.size()] = 1;
            return features;
        }
    }

    @BeforeAll
    static void decodeAll() throws IOException {
        found = Layouts.find(FOLDER, Layouts.AUTO);
        clips = new ArrayList<>();
        for (ClipEntry entry : found.clips()) {
            clips.add(decode(entry));
        }
    }

    private static Clip decode(ClipEntry entry) throws IOException {
        FrameResizer half = new FrameResizer(WIDTH / 2, HEIGHT / 2);
        FrameResizer quarter = new FrameResizer(WIDTH / 4, HEIGHT / 4);
        byte[] large = new byte[half.frameBytes()];
        byte[] small = new byte[quarter.frameBytes()];
        List<double[]> frames = new ArrayList<>();
        try (FrameSource source = FrameSources.open(entry.file())) {
            for (Picture picture = source.next(); picture != null; picture = source.next()) {
                assertThat(List.of(picture.width(), picture.height()))
                        .as(entry.id())
                        .containsExactly(WIDTH, HEIGHT);
                half.toRgb(picture, large, 0);
                quarter.resize(large, 0, WIDTH / 2, HEIGHT / 2, small, 0);
                double[] frame = new double[small.length];
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = small[i] & 0xff;
                }
                frames.add(frame);
            }
            return new Clip(entry, source.report().clean(), frames);
        }
    }

    @Test
    void theClipsAreNamedAsThoseOfUcf11() {
        assertThat(found.layout()).isEqualTo(Layout.UCF11);
        assertThat(found.notes()).isEmpty();
        assertThat(found.clips()).allSatisfy(clip -> {
            String name = "v_" + clip.label() + "_" + clip.group();
            assertThat(clip.source()).matches(clip.label() + "/" + name + "/" + name + "_\\d\\d[.]mpg");
        });
    }

    @Test
    void elevenClassesHaveTheSameGroupsAndAtLeastEightClipsEach() {
        TreeMap<String, List<String>> groups = found.clips().stream()
                .collect(Collectors.groupingBy(
                        ClipEntry::label, TreeMap::new, Collectors.mapping(ClipEntry::group, Collectors.toList())));
        assertThat(groups)
                .containsOnlyKeys(
                        "bounce",
                        "circle",
                        "down",
                        "left",
                        "right",
                        "rotate",
                        "shake",
                        "still",
                        "up",
                        "zoom-in",
                        "zoom-out");
        assertThat(groups.values())
                .allSatisfy(of -> assertThat(of)
                        .hasSizeGreaterThanOrEqualTo(8)
                        .isEqualTo(groups.firstEntry().getValue()));
    }

    @Test
    void everyClipDecodesCleanAndLastsTwentyToThirtyTwoFrames() {
        assertThat(clips).allSatisfy(clip -> {
            assertThat(clip.clean()).as(clip.entry().id()).isTrue();
            assertThat(clip.frames().size()).as(clip.entry().id()).isBetween(SHORTEST, LONGEST);
        });
    }

    @Test
    void theClipsAreSmall() throws IOException {
        long all = 0;
        for (ClipEntry clip : found.clips()) {
            long bytes = Files.size(clip.file());
            assertThat(bytes).as(clip.id()).isLessThanOrEqualTo(12 * 1024);
            all += bytes;
        }
        assertThat(all).isLessThanOrEqualTo(5 * 1024 * 1024);
    }

    @Test
    void theMeanFrameDoesNotTellTheClass() {
        assertDoesNotTell("the mean frame", Clip::meanFrame);
    }

    @Test
    void aSingleFrameDoesNotTellTheClass() {
        assertDoesNotTell("the first frame", clip -> clip.frames().get(0));
        assertDoesNotTell(
                "the frame in the middle",
                clip -> clip.frames().get(clip.frames().size() / 2));
        assertDoesNotTell(
                "the last frame", clip -> clip.frames().get(clip.frames().size() - 1));
    }

    @Test
    void theLengthDoesNotTellTheClass() {
        assertDoesNotTell("the length", Clip::length);
    }

    /** Without this the three tests above would also pass if the regression learned nothing. */
    @Test
    void aMeanFrameThatIsTintedByItsClassWouldTellIt() {
        List<String> labels = labels();
        Function<Clip, double[]> tinted = clip -> {
            double[] mean = clip.meanFrame();
            int at = labels.indexOf(clip.entry().label()) * mean.length / CLASSES;
            for (int i = 0; i < 6; i++) {
                mean[at + i] += 20;
            }
            return mean;
        };
        assertThat(accuracy(tinted, 21)).isGreaterThan(2 * LEAK);
    }

    private static void assertDoesNotTell(String what, Function<Clip, double[]> features) {
        for (int firstTestGroup : new int[] {1, 21}) {
            assertThat(accuracy(features, firstTestGroup))
                    .as("test accuracy of a logistic regression on " + what + ", tested on five groups from "
                            + firstTestGroup)
                    .isLessThan(LEAK);
        }
    }

    /** On the clips of five groups, learned from those of the other groups. */
    private static double accuracy(Function<Clip, double[]> features, int firstTestGroup) {
        List<Clip> train = new ArrayList<>();
        List<Clip> test = new ArrayList<>();
        for (Clip clip : clips) {
            int group = Integer.parseInt(clip.entry().group());
            (group >= firstTestGroup && group < firstTestGroup + 5 ? test : train).add(clip);
        }
        return LogisticRegression.bestTestAccuracy(
                CLASSES, features(train, features), classes(train), features(test, features), classes(test));
    }

    private static double[][] features(List<Clip> of, Function<Clip, double[]> features) {
        return of.stream().map(features).toArray(double[][]::new);
    }

    private static int[] classes(List<Clip> of) {
        List<String> labels = labels();
        return of.stream()
                .mapToInt(clip -> labels.indexOf(clip.entry().label()))
                .toArray();
    }

    private static List<String> labels() {
        return found.clips().stream().map(ClipEntry::label).distinct().toList();
    }
}
