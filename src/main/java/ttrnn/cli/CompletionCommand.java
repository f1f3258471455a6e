package ttrnn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import ttrnn.io.AtomicFile;

/** {@code ttrnn completion}: a script for the shell, and manual pages. */
@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands and options of ttrnn in bash and zsh, or writes manual pages.",
            "The script completes the word ttrnn: make it an alias of java -jar ttrnn.jar, or a script that calls it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  alias ttrnn='java -jar /opt/ttrnn.jar'; source <(ttrnn completion)",
            "  ttrnn completion --man ~/.local/share/man/man1; man ttrnn-train"
        })
final class CompletionCommand implements CliCommand {
    @Spec
    @Nullable
    CommandSpec spec; // picocli puts it there

    @Option(names = "--man", paramLabel = "DIR", description = "Write a manual page for each command to this folder.")
    @Nullable
    Path man;

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        CommandLine root = Objects.requireNonNull(spec).root().commandLine();
        if (man == null) {
            root.getSubcommands().values().forEach(command -> labelChoices(command.getCommandSpec()));
            String script = AutoComplete.bash("ttrnn", root);
            return new CommandResult(Map.of("script", script), script);
        }
        Files.createDirectories(man);
        List<CommandLine> commands = new ArrayList<>(List.of(root));
        commands.addAll(root.getSubcommands().values());
        List<String> pages = new ArrayList<>();
        for (CommandLine command : commands) {
            Path page = man.resolve(ManPage.fileOf(command));
            AtomicFile.write(page, ManPage.of(command, Version.read()));
            pages.add(page.toString());
        }
        return new CommandResult(
                Map.of("pages", pages), pages.size() + " manual pages: " + man.toAbsolutePath() + "\n");
    }

    /** The script names the words that an option can be by its label, which is NAME for many of them: now by the option. */
    private static void labelChoices(CommandSpec command) {
        for (OptionSpec option : List.copyOf(command.options())) {
            if (option.completionCandidates() != null) {
                String label = option.longestName().replaceAll("\\W+", "_");
                command.remove(option);
                command.addOption(OptionSpec.builder(option).paramLabel(label).build());
            }
        }
    }
}
