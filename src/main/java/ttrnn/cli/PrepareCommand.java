package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.BadClip;
import ttrnn.dataset.PrepareResult;

/** {@code ttrnn prepare}: clips to frames. */
@Command(
        name = "prepare",
        description = {
            "Decodes the clips of a folder into a store of frames, which training reads.",
            "Run again, it does only what is missing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ttrnn prepare clips --out store                      clips/CLASS/CLIP.mpg or .avi",
            "  ttrnn prepare UCF11 --out store --every 2 --max-frames 200"
        })
final class PrepareCommand implements CliCommand {
    @Parameters(paramLabel = "SRC", description = "The folder of the clips.")
    Path source;

    @Option(names = "--out", required = true, paramLabel = "STORE", description = "The folder to store the frames in.")
    Path store;

    @Mixin
    PrepareOptions options = new PrepareOptions();

    @Override
    public CommandResult run(Output output, Interruption interruption) throws IOException {
        PrepareResult result = options.prepare(source, store, output, interruption);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("clips", result.clips());
        json.put("frames", result.frames());
        json.put("bytes", result.bytes());
        json.put("skipped", result.skipped());
        json.put("bad", result.bad());
        return new CommandResult(json, text(result));
    }

    private String text(PrepareResult result) {
        String present = result.skipped() == 0 ? "" : " (" + result.skipped() + " there already)";
        Table table = Table.plain()
                .row("store", store)
                .row("clips", result.clips() + present)
                .row("frames", result.frames() + " of " + options.size + " pixels")
                .row("on disk", Format.bytes(result.bytes()))
                .row("bad clips", result.bad().size());
        StringBuilder text = new StringBuilder(table.toString());
        for (BadClip clip : result.bad()) {
            text.append("  ").append(clip.clip()).append(": ").append(clip.reason());
            text.append(clip.frames() == 0 ? "" : "; " + clip.frames() + " frames kept")
                    .append('\n');
        }
        return text.toString();
    }
}
