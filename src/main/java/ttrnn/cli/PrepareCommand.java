package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.BadClip;
import ttrnn.dataset.PrepareResult;
import ttrnn.dataset.Shard;

/** {@code ttrnn prepare}: clips to frames. */
@Command(
        name = "prepare",
        description = {
            "Decodes the clips of a folder into a store of frames, which training reads.",
            "Run again, it does only what is missing or changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ttrnn prepare clips --out store                      clips/CLASS/CLIP.mpg or .avi",
            "  ttrnn prepare UCF11 --out store --every 2 --max-frames 200",
            "  ttrnn prepare clips.csv --out store                  columns path,label,group,split",
            "  ttrnn prepare UCF101 --out store --shard 1/2         the other half on another machine"
        })
final class PrepareCommand implements CliCommand, Backend.User {
    @Parameters(paramLabel = "SRC", description = "The folder of the clips, or a list of them, .csv.")
    Path source;

    @Option(names = "--out", required = true, paramLabel = "STORE", description = "The folder to store the frames in.")
    Path store;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Prepare the Ith of N parts only (by a hash of the id); whoever is last completes the store.")
    @Nullable
    String shard;

    @Mixin
    PrepareOptions options = new PrepareOptions();

    @Override
    public void use(Backend backend) {
        options.backend = backend;
    }

    @Override
    public CommandResult run(Output output, Interruption interruption) throws IOException {
        PrepareResult result =
                options.prepare(source, store, shard == null ? Shard.ALL : Shard.of(shard), output, interruption);
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
