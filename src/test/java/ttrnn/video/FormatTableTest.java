package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ttrnn.testing.ReferenceData;

/**
 * Every container and codec beside FFmpeg: the table of docs/formats.md. It is written to target/formats.md, and must be
 * the one in the docs but for the speed. Of UCF101 and Weizmann a part is decoded, all of them with {@code
 * -Dttrnn.allClips=true}; only then are their lines compared. Needs FFmpeg, and {@code TTRNN_REFERENCE} for all but the
 * clips of our own.
 */
@Timeout(7200)
class FormatTableTest {
    private static final boolean ALL = Boolean.getBoolean("ttrnn.allClips");
    private static final int ONE_IN = 24;

    /** With {@code -Dttrnn.sets=own,grid} only these. */
    private static final List<String> SETS =
            List.of(System.getProperty("ttrnn.sets", "own,grid,ucf11,decode-cases,ucf101-six,weizmann")
                    .split(",", -1));

    private static final double MEDIAN_PSNR = 45;
    private static final ClipDecoders DECODERS = new ClipDecoders();

    /** What the clips of one set, container and codec have in common. */
    private static final class Row {
        private int clips;
        private int frames;
        private int off;
        private double worst = Double.POSITIVE_INFINITY;
        private double lowestMedian = Double.POSITIVE_INFINITY;
        private long nanos;

        String line(String name) {
            String count = off == 0 ? String.valueOf(frames) : frames + " (" + off + " clips differ by one)";
            return "| " + name + " | " + clips + " | " + count + " | " + decibels(worst) + " | "
                    + decibels(lowestMedian) + " | " + Math.round(frames * 1e9 / Math.max(1, nanos)) + " |";
        }

        private static String decibels(double psnr) {
            return Double.isInfinite(psnr) ? "equal" : String.format(Locale.ROOT, "%.1f dB", psnr);
        }
    }

    private final Map<String, Row> rows = new TreeMap<>();
    private final List<String> refused = new ArrayList<>();

    private static List<Path> clips(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().matches(".*\\.(json|yuv|txt|md)"))
                    .sorted()
                    .toList();
        }
    }

    private void add(String set, Path clip) throws IOException {
        try (FrameSource source = DECODERS.open(clip)) {
            compare(set, clip, source);
        } catch (ClipException e) {
            assertThat(e.getMessage()).contains(" is not supported; convert it: ffmpeg -i ");
            refused.add("| " + set + " | " + clip.getFileName() + " | "
                    + e.getMessage().replaceAll(" is not supported;.*", "") + " |");
        }
    }

    private void compare(String set, Path clip, FrameSource source) throws IOException {
        long nanos = -System.nanoTime();
        Picture picture = source.next();
        nanos += System.nanoTime();
        assertThat(picture).as(clip.toString()).isNotNull();
        List<Double> psnr = new ArrayList<>();
        int theirs = 0;
        try (Ffmpeg ffmpeg = Ffmpeg.open(clip, picture)) {
            while (picture != null) {
                if (ffmpeg.next()) {
                    theirs++;
                    psnr.add(ffmpeg.psnr(picture));
                } else {
                    psnr.add(Double.NaN);
                }
                nanos -= System.nanoTime();
                picture = source.next();
                nanos += System.nanoTime();
            }
            while (ffmpeg.next()) {
                theirs++;
            }
        }
        assertThat(source.report().clean()).as(clip.toString()).isTrue();
        int ours = psnr.size();
        if (ours == theirs + 1) {
            // FFmpeg leaves out the last frame but one of some packed streams: the one at its place is our last.
            psnr.set(theirs - 1, Double.NaN);
        }
        assertThat(ours).as("frames of %s", clip).isBetween(theirs - 1, theirs + 1);
        psnr.removeIf(value -> value.isNaN());
        Collections.sort(psnr);
        double median = psnr.get(psnr.size() / 2);
        assertThat(median).as("median PSNR of %s", clip).isGreaterThanOrEqualTo(MEDIAN_PSNR);
        ClipFormat format = source.format();
        String name = set + " | " + format.container() + " | " + format.codec();
        Row row = rows.computeIfAbsent(name, n -> new Row());
        row.clips++;
        row.frames += ours;
        row.off += ours == theirs ? 0 : 1;
        row.worst = Math.min(row.worst, psnr.get(0));
        row.lowestMedian = Math.min(row.lowestMedian, median);
        row.nanos += nanos;
    }

    @Test
    void theTableOfTheDocsIsWhatIsMeasured() throws IOException {
        Ffmpeg.assumeThere();
        for (Path clip : clips(OwnClips.file("h264.mp4").getParent())) {
            if (SETS.contains("own")
                    && !clip.toString().contains("temporal")) { // begins well, and is refused in its middle
                add("own", clip);
            }
        }
        List<String> sets = new ArrayList<>(SETS.contains("own") ? List.of("own") : List.of());
        for (String set : SETS) {
            Path folder = set.equals("own") ? null : reference(set);
            if (folder != null) {
                boolean large = set.startsWith("ucf101") || set.equals("weizmann");
                List<Path> clips = clips(folder);
                for (int i = 0; i < clips.size(); i += large && !ALL ? ONE_IN : 1) {
                    add(set, clips.get(i));
                }
                if (!large || ALL) {
                    sets.add(set);
                }
            }
        }
        DECODERS.close();
        List<String> lines = new ArrayList<>();
        rows.forEach((name, row) -> lines.add(row.line(name)));
        Collections.sort(refused);
        lines.addAll(refused);
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "formats" + (SETS.size() == 1 ? "-" + SETS.get(0) : "") + ".md"), lines);

        List<String> docs = Files.readAllLines(Path.of("docs", "formats.md"));
        assertThat(compared(docs, sets)).isNotEmpty().isEqualTo(compared(lines, sets));
    }

    private static @org.jspecify.annotations.Nullable Path reference(String set) {
        try {
            return ReferenceData.file("data/" + set);
        } catch (org.opentest4j.TestAbortedException e) {
            return null;
        }
    }

    /** The lines of these sets, sorted, without the speed, which is the last of seven. */
    private static List<String> compared(List<String> lines, List<String> sets) {
        return lines.stream()
                .filter(line -> sets.stream().anyMatch(set -> line.startsWith("| " + set + " |")))
                .map(line -> line.replaceFirst("\\| \\d+ \\|$", "|"))
                .sorted()
                .toList();
    }
}
