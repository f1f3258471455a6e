package ttrnn.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.Leaks;
import ttrnn.dataset.Split;
import ttrnn.dataset.StoreStatistics;

/** {@code ttrnn stats}: what is in a store. */
@Command(
        name = "stats",
        description = "Lengths, classes and groups of the clips in a store.",
        footerHeading = "%nExamples:%n",
        footer = {"  ttrnn stats store", "  ttrnn stats store --json"})
final class StatsCommand implements CliCommand {
    private static final int BINS = 10;
    private static final int BAR_WIDTH = 50;
    private static final int NAMED_AT_MOST = 12;

    @Parameters(paramLabel = "STORE", description = "A folder that prepare has filled.")
    Path store;

    @Override
    public CommandResult run(Output output, Interruption interruption) {
        List<ClipRecord> clips = ClipStore.open(store).clips();
        StoreStatistics statistics = StoreStatistics.of(clips);
        List<List<String>> twins = Leaks.twins(clips);
        List<String> leaks = leaks(clips);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("clips", statistics.clips());
        json.put("frames", statistics.frames());
        json.put("length", statistics.length());
        json.put("classes", statistics.classes());
        json.put("groups", statistics.groups());
        json.put("parts", statistics.parts());
        json.put("twins", twins);
        json.put("leaks", leaks);
        return new CommandResult(json, text(statistics, twins, leaks));
    }

    /** What the official lists tear apart; a split by group tears no group. */
    private static List<String> leaks(List<ClipRecord> clips) {
        boolean listed = clips.stream().anyMatch(clip -> "train".equals(clip.part()));
        return listed ? Leaks.of(clips, Split.official(clips)).sentences() : List.of();
    }

    private static String text(StoreStatistics statistics, List<List<String>> twins, List<String> leaks) {
        StoreStatistics.Length length = statistics.length();
        Table facts = Table.plain()
                .row("clips", statistics.clips())
                .row("frames", statistics.frames())
                .row(
                        "length",
                        range(length.min(), length.max()) + " frames, mean " + Format.threeDigits(length.mean())
                                + ", median " + Format.threeDigits(length.median()))
                .row("classes", counted(statistics.classes()))
                .row("groups", groups(statistics.groups()));
        if (!statistics.parts().isEmpty()) {
            facts.row("official lists", parts(statistics.parts()));
        }
        StringBuilder text = new StringBuilder(facts.toString());
        twins.stream()
                .limit(NAMED_AT_MOST)
                .forEach(ids -> text.append("the same frames: ")
                        .append(String.join(" = ", ids))
                        .append('\n'));
        if (twins.size() > NAMED_AT_MOST) {
            text.append("and ").append(twins.size() - NAMED_AT_MOST).append(" more such clips\n");
        }
        leaks.forEach(leak -> text.append("official lists, ").append(leak).append('\n'));
        text.append("\nframes  clips\n");
        statistics.histogram(BINS, BAR_WIDTH).forEach(line -> text.append(line).append('\n'));
        Table classes = Table.of("class", "clips", "frames", "range", "mean");
        statistics.classes().forEach((label, n) -> {
            StoreStatistics.Length of = statistics.classLengths().getOrDefault(label, length);
            classes.row(label, n, Math.round(of.mean() * n), range(of.min(), of.max()), Format.threeDigits(of.mean()));
        });
        return text.append('\n').append(classes).toString();
    }

    private static String groups(Map<String, Integer> groups) {
        if (groups.isEmpty()) {
            return "none; a split takes each clip by itself";
        }
        String names = groups.keySet().stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "));
        return counted(groups) + ": " + names + (groups.size() > NAMED_AT_MOST ? ", ..." : "");
    }

    private static String parts(Map<String, Integer> parts) {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + " " + part.getValue())
                .collect(Collectors.joining(", "));
    }

    /** For example "10, with 5 to 7 clips each". */
    private static String counted(Map<String, Integer> clips) {
        int most = Collections.max(clips.values());
        return clips.size() + ", with " + range(Collections.min(clips.values()), most)
                + (most == 1 ? " clip" : " clips") + (clips.size() == 1 ? "" : " each");
    }

    private static String range(int least, int most) {
        return least == most ? String.valueOf(least) : least + " to " + most;
    }
}
