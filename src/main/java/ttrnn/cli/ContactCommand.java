package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.ContactSheet;

/** {@code ttrnn contact}: a picture of what is in a store. */
@Command(
        name = "contact",
        description = "Makes a sheet of frames: first, middle and last of some clips of each class.",
        footerHeading = "%nExamples:%n",
        footer = {"  ttrnn contact store --out sheet.png"})
final class ContactCommand implements CliCommand {
    @Parameters(paramLabel = "STORE", description = "A folder that prepare has filled.")
    Path store;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The picture, .png.")
    Path out;

    @Option(names = "--clips", paramLabel = "N", description = "Clips of each class (default: ${DEFAULT-VALUE}).")
    int clips = 2;

    @Override
    public CommandResult run(Output output, Interruption interruption) throws IOException {
        if (!out.toString().endsWith(".png")) {
            throw CliException.usage("--out", "must end in .png, is " + out);
        }
        if (clips < 1 || clips > ContactSheet.MOST_CLIPS) {
            throw CliException.usage("--clips", "must be 1 to " + ContactSheet.MOST_CLIPS + ", not " + clips);
        }
        ContactSheet sheet = ContactSheet.of(ClipStore.open(store), clips);
        sheet.write(out);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sheet", out.toString());
        json.put("classes", sheet.classes());
        json.put("width", sheet.width());
        json.put("height", sheet.height());
        return new CommandResult(
                json,
                "sheet: " + out.toAbsolutePath() + ", " + sheet.width() + "x" + sheet.height() + ", a row for each of "
                        + sheet.classes().size() + " classes\n");
    }
}
