package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.report.Report;
import ttrnn.train.RunFolder;

/** {@code ttrnn report}: runs to one page. */
@Command(
        name = "report",
        description = {
            "Makes one page of HTML of one or more runs: curves, comparison, confusion, clips, time and memory, provenance.",
            "It needs no network. Its numbers are written beside it as .json and .csv."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ttrnn report run                           run/report.html",
            "  ttrnn report tt-gru gru tt-lstm --out comparison.html"
        })
final class ReportCommand implements CliCommand {
    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Folders that train wrote.")
    List<Path> runs;

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            description = "The page (default: report.html in the folder of the first run).")
    @Nullable
    Path out;

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        for (Path run : runs) {
            if (!Files.isDirectory(run)) {
                throw CliException.usage(run.toString(), "no such run; name a folder that train wrote");
            }
        }
        Report report;
        try {
            report = Report.of(runs);
        } catch (IOException e) {
            throw CliException.data("", String.valueOf(e.getMessage()));
        }
        Path page = report.write(out == null ? runs.get(0).resolve(Report.NAME) : out);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("report", page.toString());
        json.put("runs", report.rows());
        return new CommandResult(json, text(report.rows()) + "\nreport: " + page.toAbsolutePath() + "\n");
    }

    private static String text(List<? extends Map<String, ? extends @Nullable Object>> rows) {
        Table table =
                Table.of("run", "memory", "s/epoch", "100 epochs", "best epoch", "training", "validation", "test");
        for (Map<String, ? extends @Nullable Object> row : rows) {
            table.row(
                    String.valueOf(row.get("run")),
                    row.get("heapBytes") instanceof Number n ? Format.bytes(n.longValue()) : "-",
                    row.get("secondsPerEpoch") instanceof Number n ? Format.threeDigits(n.doubleValue()) : "-",
                    row.get("secondsPer100Epochs") instanceof Number n ? Format.duration(n.doubleValue()) : "-",
                    String.valueOf(row.get("bestEpoch")),
                    percent(row.get("trainAccuracy")),
                    percent(row.get("validationAccuracy")),
                    percent(row.get("testAccuracy")));
        }
        return table.toString();
    }

    private static String percent(@Nullable Object share) {
        return share instanceof Number number ? Format.percent(number.doubleValue()) : "-";
    }

    /** The page of a run that has just ended; a page that cannot be made is no reason to lose the run. */
    static @Nullable Path write(RunFolder folder, Output output) {
        try {
            return Report.of(List.of(folder.path())).write(folder.path().resolve(Report.NAME));
        } catch (IOException e) {
            output.warning("the report could not be written: " + e.getMessage() + "; report " + folder.path()
                    + " tries again");
            return null;
        }
    }
}
