package ttrnn.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command line, from the arguments to the exit code: parse, relaunch if that gains the Vector API, run the command,
 * print its result or its error.
 */
public final class Main {
    private final CommandLine commands;
    private final GlobalOptions options;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    Main(CommandLine commands, PrintStream out, PrintStream err, Map<String, String> environment) {
        this.commands = commands;
        this.options = commands.getCommand();
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
    }

    public static void main(String[] args) {
        start(Main.class, commands(), args);
    }

    /**
     * Runs a command whose work others do, in this process, and returns its exit code. Standard output has the result alone.
     */
    public static int runOn(Backend backend, String... args) {
        PrintStream out = System.out;
        System.setOut(System.err);
        CommandLine commands = commands();
        for (CommandLine command : commands.getSubcommands().values()) {
            if (command.getCommand() instanceof Backend.User user) {
                user.use(backend);
            }
        }
        return new Main(commands, out, System.err, System.getenv()).execute(null, args);
    }

    /** Runs the process and ends it; {@code mainClass} is what a relaunch starts. */
    static void start(Class<?> mainClass, CommandLine commands, String[] args) {
        PrintStream out = System.out;
        System.setOut(System.err); // whatever a library may print, standard output has the result alone
        Main main = new Main(commands, out, System.err, System.getenv());
        System.exit(main.execute(mainClass, args));
    }

    static CommandLine commands() {
        CommandLine commands = new CommandLine(new GlobalOptions());
        for (CommandLine command : commands.getSubcommands().values()) {
            if (command.getCommand() instanceof TrainOptions.Holder holder) {
                holder.trainOptions().addTo(command.getCommandSpec());
            }
        }
        commands.setExpandAtFiles(false); // @ is a letter like any other in a file's name
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setOverwrittenOptionsAllowed(true);
        CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF); // it would warn of each overwritten option
        commands.setUsageHelpAutoWidth(false);
        commands.setUsageHelpWidth(100);
        StringBuilder footer = new StringBuilder("%nExit codes:%n");
        for (ExitCode code : ExitCode.values()) {
            footer.append(String.format("  %3d  %s%%n", code.number(), code.meaning()));
        }
        commands.getCommandSpec().usageMessage().footer(footer.toString());
        return commands;
    }

    /**
     * Parses and runs, and returns the exit code.
     *
     * @param mainClass what a relaunch starts; null to stay in this process
     */
    int execute(@Nullable Class<?> mainClass, String... args) {
        CommandLine command;
        try {
            command = parse(args);
        } catch (ParameterException e) {
            return output(args).failure(Failure.of(e), e).number();
        }
        Output output = output(args);
        try {
            if (options.help || options.version) {
                return output.result(options.help ? help(command) : version()).number();
            }
            if (!(command.getCommand() instanceof CliCommand work)) {
                throw new ParameterException(command, "no command given");
            }
            options.checkThreads();
            if (mainClass != null) {
                OptionalInt exit = relaunch(mainClass, List.of(args), output);
                if (exit.isPresent()) {
                    return exit.getAsInt();
                }
            }
            Interruption interruption = interruption(output, mainClass != null);
            Machine.setUp(options.threads);
            return output.result(work.run(output, interruption)).number();
        } catch (Throwable thrown) { // the process ends here in any case
            return output.failure(Failure.of(thrown), thrown).number();
        }
    }

    private Output output(String... args) {
        return new Output(out, err, Terminal.of(2, environment), options.settings(List.of(args)), System::nanoTime);
    }

    /** The innermost command named. */
    private CommandLine parse(String[] args) {
        ParseResult parsed = commands.parseArgs(args);
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        CommandLine command = parsed.commandSpec().commandLine();
        if (command.getCommand() instanceof HelpCommand help && !options.help) {
            options.help = true;
            return help.wanted(commands);
        }
        return command;
    }

    /** The exit code of the relaunched process, empty if the work is to be done in this one. */
    private OptionalInt relaunch(Class<?> mainClass, List<String> arguments, Output output)
            throws InterruptedException {
        Relaunch relaunch = Relaunch.ofThisProcess();
        Optional<String> obstacle = relaunch.obstacle(options.noRelaunch);
        if (obstacle.isPresent()) {
            output.verbose("no relaunch: " + obstacle.get());
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(relaunch.run(mainClass, arguments));
        } catch (IOException e) {
            output.warning("this goes on without the Vector API, slower, since a second JVM cannot be started ("
                    + e.getMessage() + "); --no-relaunch does not try");
            return OptionalInt.empty();
        }
    }

    private static Interruption interruption(Output output, boolean ownsTheProcess) {
        Interruption interruption = new Interruption(
                code -> {
                    CliException ended =
                            new CliException(code, "", code.meaning().replaceAll(",.*", ""), null);
                    output.failure(Failure.of(ended), ended);
                    System.exit(code.number());
                },
                code -> Runtime.getRuntime().halt(code.number()),
                System::nanoTime);
        if (ownsTheProcess) {
            Signals.handle("INT", () -> interruption.request(ExitCode.INTERRUPTED));
            Signals.handle("TERM", () -> interruption.request(ExitCode.TERMINATED));
            Relaunch.watchParent(() -> interruption.request(ExitCode.TERMINATED));
        }
        return interruption;
    }

    private CommandResult help(CommandLine command) {
        Ansi ansi = Terminal.of(1, environment).colour() && !options.json ? Ansi.ON : Ansi.OFF;
        String text = command.getUsageMessage(ansi);
        return new CommandResult(Map.of("help", text), text);
    }

    private static CommandResult version() {
        return new CommandResult(Map.of("version", Version.read()), "ttrnn " + Version.read());
    }
}
