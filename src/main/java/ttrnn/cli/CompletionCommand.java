package ttrnn.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
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
    private static final Pattern ARRAY = Pattern.compile("\\w+_option_args");
    /** The words of an option: {@code local NAME_option_args=("a" "b") # --option values}. */
    private static final Pattern WORDS = Pattern.compile("^ *local \\w+_option_args=.*# (--[\\w-]+) values$");
    /** Where an option is completed: {@code '--option')}. */
    private static final Pattern BRANCH = Pattern.compile("'(--[\\w-]+)'\\)$");

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
            String script = withArraysOfTheirOwn(AutoComplete.bash("ttrnn", root));
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

    /**
     * picocli names the array of the words that an option can be by the option's label, which is NAME for many of them, so
     * that each would have the words of the last: here it is named by the option.
     */
    private static String withArraysOfTheirOwn(String script) {
        StringBuilder own = new StringBuilder();
        String option = "";
        for (String line : script.split("\n", -1)) {
            Matcher words = WORDS.matcher(line);
            Matcher branch = BRANCH.matcher(line);
            if (words.find()) {
                option = words.group(1);
            } else if (branch.find()) {
                option = branch.group(1);
            }
            String array = option.replaceAll("\\W+", "_") + "_option_args";
            own.append(ARRAY.matcher(line).replaceAll(array)).append('\n');
        }
        return own.substring(0, own.length() - 1);
    }
}
