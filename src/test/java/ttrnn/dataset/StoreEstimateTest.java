package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreEstimateTest {
    private static final PrepareSettings SMALL = new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.SKIP);
    private static final int FRAME = 16 * 12 * 3;

    @TempDir
    Path folder;

    private final ScriptedClips opener = new ScriptedClips();

    private FoundClips clips(int count, String script) throws IOException {
        for (int i = 0; i < count; i++) {
            ScriptedClips.write(folder, "src/c/v" + i + ".mpg", script);
        }
        return Layouts.find(folder.resolve("src"), "auto");
    }

    private PrepareResult prepare(FoundClips found, PrepareSettings settings, long free) throws IOException {
        Prepare.Means means = new Prepare.Means(1, Shard.ALL, free);
        return Prepare.run(found, folder.resolve("store"), settings, opener, means, PrepareListener.NONE);
    }

    @Test
    void aFewClipsTellHowMuchAllWillTake() throws IOException {
        FoundClips found = clips(30, "frames=40");
        long estimate = StoreEstimate.bytes(found.clips(), SMALL, opener, 0);
        assertThat(opener.opened.get()).isEqualTo(2);
        assertThat((double) estimate).isCloseTo(30 * 40.0 * FRAME, within(30 * 1000.0));
        PrepareSettings half = new PrepareSettings(16, 12, 2, 0, 10, OnBadClip.SKIP);
        assertThat((double) StoreEstimate.bytes(found.clips(), half, opener, 0))
                .isCloseTo(30 * 10.0 * FRAME, within(30 * 1000.0));
    }

    @Test
    void whereThereIsPlentyOfDiskNoClipIsLookedAt() throws IOException {
        assertThat(StoreEstimate.bytes(clips(3, "frames=40").clips(), SMALL, opener, 1L << 40))
                .isZero();
        assertThat(opener.opened.get()).isZero();
    }

    @Test
    void tooLittleDiskIsSaidBeforeAnythingIsWritten() throws IOException {
        FoundClips found = clips(3, "frames=3000");
        assertThatThrownBy(() -> prepare(found, SMALL, 1000))
                .isInstanceOfSatisfying(
                        DatasetException.class, e -> assertThat(e.kind()).isEqualTo(DatasetException.Kind.RESOURCES))
                .hasMessage("store " + folder.resolve("store")
                        + " needs about 0.9 MB of disk for 3 clips, 0.0 MB are free: make room, name another --out,"
                        + " or store less (--every, --max-frames, --size)");
        assertThat(folder.resolve("store")).doesNotExist();
        assertThat(prepare(found, SMALL, Long.MAX_VALUE).frames()).isEqualTo(9000);
    }

    @Test
    void clipsOfNoOneAndThreeThousandFrames() throws IOException {
        ScriptedClips.write(folder, "src/c/none.mpg", "frames=0");
        ScriptedClips.write(folder, "src/c/one.mpg", "frames=1");
        PrepareResult result = prepare(clips(1, "frames=3000"), SMALL, Long.MAX_VALUE);
        assertThat(result.frames()).isEqualTo(3001);
        assertThat(result.bad()).containsExactly(new BadClip("c/none.mpg", "has no frames", 0));
        ClipStore store = ClipStore.open(folder.resolve("store"));
        byte[] last = new byte[FRAME];
        ClipRecord clip = store.clip("c/v0");
        assertThat(clip).isNotNull();
        store.frames(clip).read(2999, 1, last, 0);
        assertThat(last[0] & 0xff).isEqualTo((2999 % 200 * 8 * 9539) >> 16);
    }
}
