package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.dataset.Sampling.Window;
import ttrnn.io.Npy;
import ttrnn.video.ClipDecoders;
import ttrnn.video.Fit;
import ttrnn.video.FrameSource;
import ttrnn.video.OwnClips;
import ttrnn.video.Picture;

class SamplingTest {
    @TempDir
    Path folder;

    private int stores;

    private static Sampling window(Window window, boolean ofClip) {
        return new Sampling(Fit.STRETCH, false, 0, window, ofClip, 5);
    }

    /** Numbers of the frames that are stored of a clip of {@code frames} frames, told from how bright they are. */
    private List<Integer> stored(String script, int every, double fps, int most, Sampling sampling) throws IOException {
        Path source = folder.resolve("src" + stores);
        Path store = folder.resolve("store" + stores++);
        ScriptedClips.write(source, "c/clip.mpg", script);
        PrepareSettings settings = new PrepareSettings(16, 12, every, fps, most, OnBadClip.KEEP_READABLE, sampling);
        Prepare.run(Layouts.find(source, "auto"), store, settings, new ScriptedClips(), 1, PrepareListener.NONE);
        byte[] bytes = Npy.readBytes(store.resolve("frames/c/clip.npy"));
        List<Integer> numbers = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += 16 * 12 * 3) {
            // The conversion to RGB rounds down.
            numbers.add((int) Math.ceil((bytes[at] & 0xff) * 65536.0 / (8 * 9539)));
        }
        return numbers;
    }

    @Test
    void uniformSamplesAreTheMiddlesOfEqualParts() throws IOException {
        Sampling four = new Sampling(Fit.STRETCH, false, 4, Window.START, false, 0);
        assertThat(stored("frames=100", 1, 0, 0, four)).containsExactly(12, 37, 62, 87);
        assertThat(stored("frames=2", 1, 0, 0, four)).containsExactly(0, 0, 1, 1);
        assertThat(stored("frames=1", 1, 0, 0, four)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void windowsAreAtTheStartTheMiddleOrTheEnd() throws IOException {
        assertThat(stored("frames=10", 1, 0, 3, window(Window.START, false))).containsExactly(0, 1, 2);
        assertThat(stored("frames=10", 1, 0, 3, window(Window.MIDDLE, false))).containsExactly(3, 4, 5);
        assertThat(stored("frames=10", 1, 0, 3, window(Window.END, false))).containsExactly(7, 8, 9);
        assertThat(stored("frames=2", 1, 0, 3, window(Window.END, false))).containsExactly(0, 1);
    }

    @Test
    void aLimitCountsStoredFramesOrTheClipsOwn() throws IOException {
        assertThat(stored("frames=20", 3, 0, 4, window(Window.END, false))).containsExactly(9, 12, 15, 18);
        assertThat(stored("frames=20", 3, 0, 4, window(Window.END, true))).containsExactly(16, 19);
        assertThat(stored("frames=20", 3, 0, 4, window(Window.START, true))).containsExactly(0, 3);
    }

    @Test
    void aRandomWindowIsAFunctionOfTheSeed() throws IOException {
        Sampling random = window(Window.RANDOM, false);
        List<Integer> first = stored("frames=50", 1, 0, 5, random);
        assertThat(stored("frames=50", 1, 0, 5, random)).isEqualTo(first).hasSize(5);
        assertThat(first.get(4) - first.get(0)).isEqualTo(4);
        List<Integer> starts = new ArrayList<>();
        for (int seed = 0; seed < 8; seed++) {
            Sampling other = new Sampling(Fit.STRETCH, false, 0, Window.RANDOM, false, seed);
            starts.add(stored("frames=50", 1, 0, 5, other).get(0));
        }
        assertThat(starts.stream().distinct().count()).isGreaterThan(4);
    }

    @Test
    void blendingMixesTheTwoFramesAroundEachMoment() throws IOException {
        Sampling blend = new Sampling(Fit.STRETCH, true, 0, Window.START, false, 0);
        assertThat(stored("frames=101 rate=25", 1, 10, 0, blend).subList(0, 4))
                .as("moments 0, 2.5, 5, 7.5: odd ones between two levels")
                .satisfiesExactly(
                        zero -> assertThat(zero).isZero(),
                        two -> assertThat(two).isBetween(2, 3),
                        five -> assertThat(five).isEqualTo(5),
                        seven -> assertThat(seven).isBetween(7, 8));
        assertThat(stored("frames=3 rate=25", 1, 50, 0, blend)).hasSize(6);
    }

    @Test
    void damageEndsAWindowedClipToo() throws IOException {
        assertThat(stored("frames=20 throw=10", 1, 0, 3, window(Window.END, false)))
                .containsExactly(7, 8, 9);
    }

    @Test
    void timesOfTheContainerChooseTheNearestFrames() {
        // Shown at 0, 40, 120, 160, 280 ms; moments every 50 ms.
        long[] times = {1000, 1040, 1120, 1160, 1280};
        TimedChoice choice = new TimedChoice(20, 1000, false);
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            for (int copies = choice.next(times[i]); copies > 0; copies--) {
                kept.add(i - 1);
            }
        }
        for (int rest = choice.rest(); rest > 0; rest--) {
            kept.add(times.length - 1);
        }
        assertThat(kept).as("moments 0, 50, 100, 150, 200, 250, 300").containsExactly(0, 1, 2, 3, 3, 4, 4);
    }

    @Test
    void timesAtOneRateGiveWhatTheNominalRateGives() {
        PrepareSettings settings = new PrepareSettings(16, 12, 1, 24, 0, OnBadClip.SKIP);
        FrameChoice nominal = new FrameChoice(settings, 30000.0 / 1001);
        TimedChoice timed = new TimedChoice(24, 30000, false);
        int[] copies = new int[301];
        for (int i = 0; i < 300; i++) {
            copies[i] += nominal.next(i);
            if (i > 0) {
                copies[i - 1] -= timed.next(1001L * i);
            } else {
                timed.next(0);
            }
        }
        copies[299] -= timed.rest();
        assertThat(copies).containsOnly(0);
    }

    @Test
    void choicesThatDoNotGoTogetherAreRefused() {
        Sampling uniform = new Sampling(Fit.STRETCH, false, 4, Window.START, false, 0);
        assertThatThrownBy(() -> new PrepareSettings(16, 12, 2, 0, 0, OnBadClip.SKIP, uniform))
                .hasMessage("uniform: the frames are at equal distances already, so give no every and no fps");
        assertThatThrownBy(() -> new PrepareSettings(16, 12, 1, 0, 9, OnBadClip.SKIP, uniform))
                .hasMessage("uniform and max-frames: give one of them, or let max-frames count the clip's");
        Sampling blend = new Sampling(Fit.STRETCH, true, 0, Window.START, false, 0);
        assertThatThrownBy(() -> new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.SKIP, blend))
                .hasMessage("blend: it mixes frames to reach a rate, so give an fps");
        assertThatThrownBy(() -> new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.SKIP, window(Window.END, false)))
                .hasMessage("window: how long it is comes from max-frames, so give that too");
    }

    @Test
    void arraysAndFoldersOfPicturesAreClipsLikeOthers() throws IOException {
        Path source = Files.createDirectories(folder.resolve("src"));
        Files.createDirectories(source.resolve("a"));
        byte[] frames = new byte[3 * 12 * 16 * 3];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = (byte) i;
        }
        Npy.writeBytes(source.resolve("a/array.npy"), frames, 3, 12, 16, 3);
        PrepareSettings settings = new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.SKIP);
        Path store = folder.resolve("store");
        PrepareResult result = Prepare.run(
                Layouts.find(source, "auto"), store, settings, new ScriptedClips(), 1, PrepareListener.NONE);
        assertThat(result.bad()).isEmpty();
        assertThat(Npy.readBytes(store.resolve("frames/a/array.npy"))).isEqualTo(frames);
    }

    @Test
    void aSettingThatTheStoreWasNotMadeWithIsNoticed() throws IOException {
        Path source = folder.resolve("src");
        ScriptedClips.write(source, "c/clip.mpg", "frames=4");
        FoundClips found = Layouts.find(source, "auto");
        Path store = folder.resolve("store");
        Sampling crop = new Sampling(Fit.CROP, false, 0, Window.START, false, 0);
        PrepareSettings cropped = new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.SKIP, crop);
        Prepare.run(found, store, cropped, new ScriptedClips(), 1, PrepareListener.NONE);
        assertThat(ClipStore.open(store).settings()).isEqualTo(cropped);
        PrepareSettings plain = new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.SKIP);
        assertThatThrownBy(() -> Prepare.run(found, store, plain, new ScriptedClips(), 1, PrepareListener.NONE))
                .hasMessageContaining("was prepared with fit, now none is asked for");
    }

    @Test
    void h264ClipsWithUnevenTimesKeepTheirPace() throws IOException {
        Path source = Files.createDirectories(folder.resolve("src/c"));
        Files.copy(OwnClips.file("h264-uneven-times.mp4"), source.resolve("clip.mp4"));
        PrepareSettings settings = new PrepareSettings(96, 64, 1, 25, 0, OnBadClip.FAIL);
        Path store = folder.resolve("store");
        try (ClipDecoders decoders = new ClipDecoders()) {
            Prepare.run(
                    Layouts.find(folder.resolve("src"), "auto"),
                    store,
                    settings,
                    decoders::open,
                    1,
                    PrepareListener.NONE);
            // 0 … 0.64 s at 25 a second, and the last frame for half of 0.16 s more.
            assertThat(Npy.readHeader(store.resolve("frames/c/clip.npy")).dimensions()[0])
                    .isEqualTo(19);
            try (FrameSource frames = decoders.open(OwnClips.file("h264-uneven-times.mp4"))) {
                Picture picture = frames.next();
                assertThat(picture).isNotNull();
            }
        }
    }
}
