package ttrnn.cli;

/**
 * One command. Its class carries picocli's annotations and is listed in {@link GlobalOptions}; this is its work.
 *
 * <p>It does not print: progress and messages go through the {@link Output}, the result is returned. What it throws,
 * {@link Failure} turns into one line and an exit code; {@link CliException} says both itself. A long command holds the
 * {@link Interruption}, so that Ctrl-C lets it save its state.
 */
interface CliCommand {
    CommandResult run(Output output, Interruption interruption) throws Exception;
}
