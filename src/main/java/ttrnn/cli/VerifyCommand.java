package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.StoreCheck;

/** {@code ttrnn verify}: whether a store's frames are what was written. */
@Command(
        name = "verify",
        description = {
            "Reads all frames of a store and compares their hashes with its list of clips.",
            "Ends with 3 if a clip is damaged."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ttrnn verify store", "  ttrnn verify store --remove && ttrnn prepare clips --out store"})
final class VerifyCommand implements CliCommand {
    @Parameters(paramLabel = "STORE", description = "A folder that prepare has filled.")
    Path store;

    @Option(names = "--remove", description = "Remove damaged frames; then prepare makes them anew.")
    boolean remove;

    @Override
    public CommandResult run(Output output, Interruption interruption) throws IOException {
        StoreCheck check;
        try (Progress progress = output.progress("verify", "clips", 0)) {
            check = StoreCheck.of(store, i -> progress.step(1, ""));
        }
        if (remove) {
            check.removeDamaged(store);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("clips", check.clips());
        json.put("bytes", check.bytes());
        json.put("damaged", check.damaged());
        json.put("strangers", check.strangers());
        return new CommandResult(json, text(check), check.damaged().isEmpty() ? ExitCode.DONE : ExitCode.DATA);
    }

    private String text(StoreCheck check) {
        StringBuilder text = new StringBuilder(Table.plain()
                .row("clips", check.clips())
                .row("frames", Format.bytes(check.bytes()))
                .row("damaged", check.damaged().size())
                .row("other files", check.strangers().size())
                .toString());
        check.damaged()
                .forEach(damage -> text.append("  ")
                        .append(damage.clip())
                        .append(": ")
                        .append(damage.reason())
                        .append('\n'));
        check.strangers().forEach(file -> text.append("  ").append(file).append(": belongs to no clip\n"));
        if (!check.damaged().isEmpty()) {
            text.append(
                    remove
                            ? "removed; run prepare again to make them anew\n"
                            : "verify --remove, then prepare again\n");
        }
        return text.toString();
    }
}
