package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import ttrnn.train.Needs;
import ttrnn.train.RunFolder;
import ttrnn.train.RunOptions;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainPlan;
import ttrnn.train.TrainRun;

/** Options that keep a training safe; they change nothing of its result. */
final class SafetyOptions {
    @Option(
            names = "--resume",
            description = "Go on with the run where it was interrupted, with its settings; or begin if there is none.")
    boolean resume;

    @Option(
            names = "--accept-changes",
            description = "With --resume: go on although data, settings or version are others than before.")
    boolean acceptChanges;

    @Option(
            names = "--checkpoint-steps",
            paramLabel = "N",
            description = "Save the state every N steps too; 0 for never (default: ${DEFAULT-VALUE}).")
    int checkpointSteps;

    @Option(
            names = "--checkpoint-minutes",
            paramLabel = "M",
            description = "Save the state every M minutes too; 0 for never (default: ${DEFAULT-VALUE}).")
    double checkpointMinutes = 5;

    @Option(
            names = "--keep-checkpoints",
            paramLabel = "K",
            description = "How many of the newest states are kept, beside the best (default: ${DEFAULT-VALUE}).")
    int keepCheckpoints = RunOptions.KEPT_CHECKPOINTS;

    @Option(names = "--no-checks", description = "Begin without an estimate, even if memory or disk would not suffice.")
    boolean noChecks;

    /**
     * Refuses a training that would end for want of memory or disk, before it is begun; says what it will take.
     *
     * @return the options with the estimate
     */
    RunOptions check(TrainRun run, Path folder, RunOptions options, Output output) throws IOException {
        if (noChecks) {
            return options;
        }
        TrainPlan plan = run.plan();
        Needs needs = Needs.of(plan, folder, options.keptCheckpoints());
        String shortage = shortage(needs);
        if (!shortage.isEmpty()) {
            throw CliException.resources(
                    needs.heapIsShort() ? "heap" : folder.toString(), shortage + "; --no-checks begins all the same");
        }
        if (needs.heapIsTight()) {
            output.message(
                    "the largest batches need " + Format.bytes(needs.heapBytes())
                            + " of heap and are taken clip by clip, which takes longer and changes no bit; java -Xmx gives more");
        }
        double seconds = run.calibrate().secondsPerEpoch(plan);
        output.message("estimate: heap " + Format.bytes(needs.heapBytes()) + " of " + Format.bytes(needs.heapMaxBytes())
                + ", disk " + Format.bytes(needs.diskBytes()) + " of " + Format.bytes(needs.diskFreeBytes()) + ", "
                + Format.duration(seconds) + " an epoch, "
                + Format.duration(seconds * plan.config().epochs()) + " for "
                + plan.config().epochs() + " epochs");
        return options.withSecondsPerEpoch(seconds);
    }

    /** What would not suffice, and what to do; empty if all does. */
    static String shortage(Needs needs) {
        if (needs.heapIsShort()) {
            return "the training needs about " + Format.bytes(needs.leastHeapBytes()) + " of heap, this Java may take "
                    + Format.bytes(needs.heapMaxBytes())
                    + "; give more with java -Xmx, or ask for less (--max-length, a smaller model)";
        }
        if (needs.diskIsShort()) {
            return "the run needs about " + Format.bytes(needs.diskBytes()) + " of disk, "
                    + Format.bytes(needs.diskFreeBytes()) + " are free; make room, or name another folder";
        }
        return "";
    }

    RunOptions toOptions() {
        if (checkpointSteps < 0) {
            throw CliException.usage("--checkpoint-steps", "must be at least 0, not " + checkpointSteps);
        }
        if (!(checkpointMinutes >= 0 && checkpointMinutes <= 1e6)) {
            throw CliException.usage("--checkpoint-minutes", "must be from 0 to 1000000, not " + checkpointMinutes);
        }
        if (acceptChanges && !resume) {
            throw CliException.usage("--accept-changes", "is for --resume only; leave it out");
        }
        if (keepCheckpoints < 1) {
            throw CliException.usage("--keep-checkpoints", "must be at least 1, not " + keepCheckpoints);
        }
        return new RunOptions(Version.read(), checkpointSteps, checkpointMinutes, acceptChanges, keepCheckpoints, 0);
    }

    /** What the options of the command change: the settings of the run that goes on, else {@code otherwise}. */
    TrainConfig base(Path run, TrainConfig otherwise) {
        Path config = RunFolder.configOf(run);
        return resume && Files.exists(config) ? TrainOptions.read(config, TrainConfig.defaults()) : otherwise;
    }
}
