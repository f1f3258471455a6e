package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged clips: flipped bits, cuts, blocks that are doubled, dropped or overwritten. Each ends in time with a verdict, and
 * nothing is printed. {@code -Dttrnn.mutations=1000} for the long run, whose table docs/formats.md states; {@code -Dttrnn.mutationsFrom} is
 * the first seed, so that it can be run in parts.
 */
class MutationTest {
    private static final List<String> CLIPS =
            List.of("mpeg1.mpg", "mpeg1.ts", "mpeg2.m2ts", "mpeg4.avi", "h264.mp4", "mjpeg.avi", "h264.mkv");
    private static final boolean LONG_RUN = Integer.getInteger("ttrnn.mutations", 0) >= 100;
    private static final DecodeLimits LIMITS = DecodeLimits.defaults().within(5_000, 20_000);

    @TempDir
    private Path directory;

    private enum Verdict {
        /** The same frames as before the damage. */
        UNCHANGED,
        /** Damage was reported, or decoding ended with an error. */
        FLAGGED,
        /** Not opened. */
        REFUSED,
        /** Stopped by its time limit. */
        LATE,
        /** Other frames, and no word about it. */
        UNNOTICED,
        /** The same, where FFmpeg has a word about it; asked in the long run only. */
        UNNOTICED_BUT_BY_FFMPEG
    }

    @Test
    void everyDamagedClipEndsInTimeWithAVerdictAndNothingIsPrinted() throws IOException {
        int mutations = Integer.getInteger("ttrnn.mutations", 50);
        Map<String, Map<Verdict, Integer>> table = new TreeMap<>();
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<String> missed = new ArrayList<>();
        long slowest = 0;
        try (PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
                ClipDecoders patient = new ClipDecoders();
                ClipDecoders decoders = new ClipDecoders(LIMITS)) {
            System.setOut(capture);
            System.setErr(capture);
            Map<String, List<Long>> whole = new HashMap<>();
            for (String name : CLIPS) {
                List<Long> frames = new ArrayList<>();
                assertThat(decode(patient, OwnClips.file(name), frames)).isEqualTo(Verdict.UNNOTICED);
                whole.put(name, frames);
            }
            int from = Integer.getInteger("ttrnn.mutationsFrom", 0);
            for (int seed = from; seed < from + mutations; seed++) {
                String name = CLIPS.get(seed % CLIPS.size());
                byte[] damaged = Damage.of(Files.readAllBytes(OwnClips.file(name)), new Random(seed));
                Path clip = Files.write(directory.resolve("damaged" + seed), damaged);
                List<Long> frames = new ArrayList<>();
                long start = System.nanoTime();
                Verdict verdict = decode(decoders, clip, frames);
                slowest = Math.max(slowest, System.nanoTime() - start);
                if (verdict == Verdict.UNNOTICED && frames.equals(whole.get(name))) {
                    verdict = Verdict.UNCHANGED;
                }
                if (verdict == Verdict.UNNOTICED && LONG_RUN && Ffmpeg.complains(clip)) {
                    verdict = Verdict.UNNOTICED_BUT_BY_FFMPEG;
                    missed.add(name + " " + seed);
                }
                table.computeIfAbsent(name, n -> new TreeMap<>()).merge(verdict, 1, Integer::sum);
                Files.delete(clip);
            }
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        Files.writeString(
                Path.of("target", "mutations-" + Integer.getInteger("ttrnn.mutationsFrom", 0) + ".txt"),
                table + "\n" + missed + "\nslowest " + slowest / 1_000_000 + " ms\n");
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(slowest).isLessThan(25_000_000_000L);
        int flagged = table.values().stream()
                .mapToInt(row -> row.getOrDefault(Verdict.FLAGGED, 0) + row.getOrDefault(Verdict.REFUSED, 0))
                .sum();
        assertThat(flagged).as("flagged of %s", table).isGreaterThan(mutations / 4);
    }

    /** A packet's length, a header with bits behind its end, slices that overlap, a picture that says it is not coded. */
    @ParameterizedTest
    @ValueSource(ints = {261, 379, 567, 675})
    void damageThatOnceWentUnnoticedIsFlagged(int seed) throws IOException {
        byte[] good = Files.readAllBytes(OwnClips.file(CLIPS.get(seed % CLIPS.size())));
        Path clip = Files.write(directory.resolve("damaged"), Damage.of(good, new Random(seed)));
        try (ClipDecoders decoders = new ClipDecoders(LIMITS)) {
            assertThat(decode(decoders, clip, new ArrayList<>())).isEqualTo(Verdict.FLAGGED);
        }
    }

    /** Any exception but a ClipException ends the test. */
    private static Verdict decode(ClipDecoders decoders, Path clip, List<Long> frames) {
        FrameSource opened;
        try {
            opened = decoders.open(clip);
        } catch (ClipException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return e.getMessage().contains("decoding took longer") ? Verdict.LATE : Verdict.REFUSED;
        }
        try (opened) {
            for (Picture picture = opened.next(); picture != null; picture = opened.next()) {
                frames.add(Frames.i420Crc32(picture));
            }
            return opened.report().clean() ? Verdict.UNNOTICED : Verdict.FLAGGED;
        } catch (ClipException e) {
            assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            return e.getMessage().contains("decoding took longer") ? Verdict.LATE : Verdict.FLAGGED;
        }
    }
}
