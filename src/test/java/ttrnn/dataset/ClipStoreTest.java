package ttrnn.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.io.Npy;
import ttrnn.tensor.FrameSequence;

class ClipStoreTest {
    private static final int FRAME = 16 * 12 * 3;

    @TempDir
    Path folder;

    private Path store;

    @BeforeEach
    void store() throws IOException {
        Path source = folder.resolve("src");
        ScriptedClips.write(source, "v_Run_g01_c01.avi", "frames=40 rate=25");
        ScriptedClips.write(source, "v_Run_g02_c01.avi", "frames=3");
        ScriptedClips.write(source, "v_Bend_g01_c01.avi", "frames=8");
        store = folder.resolve("store");
        Prepare.run(
                Layouts.find(source, "auto"),
                store,
                new PrepareSettings(16, 12, 1, 0, 0, OnBadClip.SKIP),
                new ScriptedClips(),
                1,
                PrepareListener.NONE);
    }

    @Test
    void clipsClassesAndSizesAreGiven() {
        ClipStore open = ClipStore.open(store);
        assertThat(open.clips())
                .extracting(ClipRecord::id)
                .containsExactly("v_Bend_g01_c01", "v_Run_g01_c01", "v_Run_g02_c01");
        assertThat(open.classes()).containsExactly("Bend", "Run");
        assertThat(open.width()).isEqualTo(16);
        assertThat(open.height()).isEqualTo(12);
        assertThat(open.frameSize()).isEqualTo(FRAME);
        assertThat(open.clip("v_Run_g01_c01").group()).isEqualTo("g01");
        assertThat(open.clip("none")).isNull();
    }

    @Test
    void anyFramesOfAClipAreRead() throws IOException {
        ClipStore open = ClipStore.open(store);
        ClipRecord clip = open.clip("v_Run_g01_c01");
        byte[] all = Npy.readBytes(open.file(clip));
        FrameSequence frames = open.frames(clip);
        assertThat(frames.length()).isEqualTo(40);
        assertThat(frames.frameSize()).isEqualTo(FRAME);
        byte[] target = new byte[3 * FRAME + 5];
        frames.read(7, 3, target, 5);
        assertThat(target).endsWith(java.util.Arrays.copyOfRange(all, 7 * FRAME, 10 * FRAME));
        FrameSequence first = open.frames(clip, 10, Truncate.END);
        FrameSequence last = open.frames(clip, 10, Truncate.START);
        assertThat(first.length()).isEqualTo(10);
        first.read(9, 1, target, 0);
        assertThat(target).startsWith(java.util.Arrays.copyOfRange(all, 9 * FRAME, 10 * FRAME));
        last.read(0, 1, target, 0);
        assertThat(target).startsWith(java.util.Arrays.copyOfRange(all, 30 * FRAME, 31 * FRAME));
        assertThat(open.frames(clip, 100, Truncate.START).length()).isEqualTo(40);
        assertThatThrownBy(() -> first.read(9, 2, target, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void framesBeyondTwoGigabytesOfAFileAreRead() throws IOException {
        int frames = 4_000_000; // 2.3 GB, almost all of them a hole
        Path manifest = store.resolve("clips.jsonl");
        String lines = Files.readString(manifest);
        Files.writeString(manifest, lines.replaceFirst("\"frames\":40", "\"frames\":" + frames));
        Path file = store.resolve("frames/v_Run_g01_c01.npy");
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (" + frames + ", 12, 16, 3), }";
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            byte[] begin = ("\u0093NUMPY\1\0v\0" + header + " ".repeat(117 - header.length()) + "\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            channel.write(ByteBuffer.wrap(begin));
            channel.write(ByteBuffer.wrap(new byte[] {7}), begin.length + (long) frames * FRAME - 1);
        }
        ClipStore open = ClipStore.open(store);
        FrameSequence clip = open.frames(open.clip("v_Run_g01_c01"));
        byte[] last = new byte[2 * FRAME];
        clip.read(frames - 2, 2, last, 0);
        assertThat(last[last.length - 1]).isEqualTo((byte) 7);
        assertThat(last[0]).isZero();
    }

    @Test
    void severalThreadsReadOneClipAtOnce() throws IOException {
        ClipStore open = ClipStore.open(store);
        ClipRecord clip = open.clip("v_Run_g01_c01");
        byte[] all = Npy.readBytes(open.file(clip));
        FrameSequence frames = open.frames(clip);
        boolean same = IntStream.range(0, 400).parallel().allMatch(i -> {
            byte[] target = new byte[FRAME];
            frames.read(i % 40, 1, target, 0);
            return java.util.Arrays.equals(target, 0, FRAME, all, i % 40 * FRAME, (i % 40 + 1) * FRAME);
        });
        assertThat(same).isTrue();
    }

    @Test
    void framesThatDisappearOrChangeAreAnErrorThatNamesClipAndFile() throws IOException {
        ClipStore open = ClipStore.open(store);
        ClipRecord clip = open.clip("v_Run_g02_c01");
        FrameSequence frames = open.frames(clip);
        byte[] target = new byte[FRAME];
        Npy.writeBytes(open.file(clip), new byte[2 * FRAME], 2, 12, 16, 3);
        assertThatThrownBy(() -> frames.read(0, 1, target, 0))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("clip v_Run_g02_c01: cannot read frames from " + open.file(clip)
                        + ": holds |u1[2, 12, 16, 3], not |u1[3, 12, 16, 3]");
        Files.delete(open.file(clip));
        assertThatThrownBy(() -> frames.read(0, 1, target, 0)).hasMessageContaining("cannot read frames from");
    }

    @Test
    void aStoreThatIsNotWholeIsRefused() throws IOException {
        Path none = folder.resolve("none");
        refused(none, "no such store: " + none + "; make one with prepare SRC --out " + none);
        refused(folder, folder + " is no store, it has no store.json: make one with prepare SRC --out STORE");
        Path file = store.resolve("frames/v_Run_g02_c01.npy");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, new byte[10]);
        refused(
                store,
                "clip v_Run_g02_c01: " + file + " has 10 bytes, 3 frames need " + (128 + 3 * FRAME)
                        + "; run the store's prepare again");
        Files.delete(file);
        refused(
                store,
                "clip v_Run_g02_c01: its frames are missing, no file " + file + "; run the store's prepare again");
        Files.write(file, whole);
        Path manifest = store.resolve("clips.jsonl");
        Path settings = store.resolve("store.json");
        String json = Files.readString(settings);
        Files.writeString(settings, json.replace("\"width\" : 16", "\"width\" : 32"));
        refused(store, "clip v_Bend_g01_c01 has frames of 16x12 in a store of 32x12; run the store's prepare again");
        Files.writeString(settings, json.replace("\"format\" : 1", "\"format\" : 7"));
        refused(store, "store " + store + " has format 7, this version reads up to 1: use a newer version of ttrnn");
        Files.writeString(settings, "{");
        assertThatThrownBy(() -> ClipStore.open(store))
                .hasMessageStartingWith(settings + ": json: Unexpected end-of-input");
        Files.writeString(settings, json);
        Files.delete(manifest);
        refused(
                store,
                "store " + store + " is not complete: run its prepare again, it goes on where it was interrupted");
        Files.writeString(manifest, "\n");
        refused(store, "store " + store + " has no clips: run its prepare again");
    }

    @Test
    void aBadLineOfTheManifestIsNamedByItsNumber() throws IOException {
        Path manifest = store.resolve("clips.jsonl");
        String text = Files.readString(manifest);
        badLine(text.replace("\"frames\":40", "\"frames\":\"x\""), 2, "\"frames\" must be a whole number, got \"x\"");
        badLine(text.replace("\"frames\":40", "\"frames\":0"), 2, "\"frames\" must be a whole number from 1 to");
        badLine(text.replace("\"label\":\"Bend\",", ""), 1, "the field \"label\" is missing");
        badLine(text.replace("v_Run_g02_c01\",\"label", "../../secret\",\"label"), 3, "is no path inside the store");
        badLine(text.replace("v_Run_g02_c01\",\"label", "/etc/secret\",\"label"), 3, "is no path inside the store");
        badLine(text.replace("v_Run_g02_c01\",\"label", "v_Run_g01_c01\",\"label"), 3, "stands twice or out of order");
        badLine(text + "{\"id\":", 4, "json: Unexpected end-of-input");
        badLine(text.replaceFirst("\"sha256\":\"..", "\"sha256\":\"XX"), 1, "is not 64 hexadecimal digits");
        badLine(text.replace("\"width\":16", "\"width\":2000000000"), 1, "pixels are too large");
    }

    private void badLine(String text, int number, String message) throws IOException {
        Path manifest = store.resolve("clips.jsonl");
        Files.writeString(manifest, text);
        assertThatThrownBy(() -> ClipStore.open(store))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(manifest + ", line " + number + ": ")
                .hasMessageContaining(message)
                .hasMessageEndingWith("; prepare the store anew");
    }

    private static void refused(Path store, String message) {
        assertThatThrownBy(() -> ClipStore.open(store))
                .isInstanceOf(DatasetException.class)
                .hasMessage(message);
    }
}
