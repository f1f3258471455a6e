package ttrnn.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code ttrnn help train}, which is the same as {@code ttrnn train --help}; {@link Main} does the work. */
@Command(
        name = "help",
        description = "Shows the help of a command, or the list of commands.",
        footerHeading = "%nExamples:%n",
        footer = {"  ttrnn help", "  ttrnn help train"})
final class HelpCommand {
    @Parameters(index = "0", arity = "0..1", paramLabel = "COMMAND", description = "The command that is explained.")
    @Nullable
    String name;

    /** The command that is asked about. */
    CommandLine wanted(CommandLine root) {
        CommandLine command = name == null ? root : root.getSubcommands().get(name);
        if (command == null) {
            throw new ParameterException(root, "no such command: " + name);
        }
        return command;
    }
}
