package ttrnn.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code ttrnn} itself: the options that stand before or after any command, and the list of commands. */
@Command(
        name = "ttrnn",
        description = "Tensor-train recurrent networks for video.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            PrepareCommand.class,
            StatsCommand.class,
            ContactCommand.class,
            VerifyCommand.class,
            PlanCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            ReportCommand.class,
            CompressCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            ExperimentCommand.class,
            InfoCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
final class GlobalOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    boolean help;

    @Option(names = "--version", versionHelp = true, scope = ScopeType.INHERIT, description = "Show the version.")
    boolean version;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "The result as one JSON object on standard output, an error too.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "No progress, no messages.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "More messages.")
    boolean verbose;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Stack traces with errors.")
    boolean debug;

    @Option(
            names = "--threads",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            description = "Threads to compute with, 1 to " + Machine.MOST_THREADS
                    + " (default: all cores); results do not depend on it.")
    @Nullable
    Integer threads;

    @Option(
            names = "--no-relaunch",
            scope = ScopeType.INHERIT,
            description = "Do not start a second JVM to have the Vector API.")
    boolean noRelaunch;

    /** How much is said. Flags count as given even if the line as a whole did not parse, so that errors are told as asked. */
    Output.Settings settings(List<String> arguments) {
        int end = arguments.indexOf("--");
        List<String> flags = end < 0 ? arguments : arguments.subList(0, end);
        return new Output.Settings(
                json || flags.contains("--json"),
                quiet || flags.contains("-q") || flags.contains("--quiet"),
                verbose || flags.contains("-v") || flags.contains("--verbose"),
                debug || flags.contains("--debug"));
    }

    void checkThreads() {
        if (threads != null && (threads < 1 || threads > Machine.MOST_THREADS)) {
            throw CliException.usage("--threads", "must be 1 to " + Machine.MOST_THREADS + ", not " + threads);
        }
    }
}
