package ttrnn.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.ClipStore;
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
        StoreStatistics statistics = StoreStatistics.of(ClipStore.open(store).clips());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("clips", statistics.clips());
        json.put("frames", statistics.frames());
        json.put("length", statistics.length());
        json.put("classes", statistics.classes());
        json.put("groups", statistics.groups());
        return new CommandResult(json, text(statistics));
    }

    private static String text(StoreStatistics statistics) {
        StoreStatistics.Length length = statistics.length();
        StringBuilder text = new StringBuilder(Table.plain()
                .row("clips", statistics.clips())
                .row("frames", statistics.frames())
                .row(
                        "length",
                        range(length.min(), length.max()) + " frames, mean " + Format.threeDigits(length.mean())
                                + ", median " + Format.threeDigits(length.median()))
                .row("classes", counted(statistics.classes()))
                .row("groups", groups(statistics.groups()))
                .toString());
        text.append("\nframes  clips\n");
        statistics.histogram(BINS, BAR_WIDTH).forEach(line -> text.append(line).append('\n'));
        Table classes = Table.of("class", "clips");
        statistics.classes().forEach(classes::row);
        return text.append('\n').append(classes).toString();
    }

    private static String groups(Map<String, Integer> groups) {
        if (groups.isEmpty()) {
            return "none; a split takes each clip by itself";
        }
        String names = groups.keySet().stream().limit(NAMED_AT_MOST).collect(Collectors.joining(", "));
        return counted(groups) + ": " + names + (groups.size() > NAMED_AT_MOST ? ", ..." : "");
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
