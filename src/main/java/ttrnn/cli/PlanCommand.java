package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.ClipStore;
import ttrnn.train.Needs;
import ttrnn.train.RunOptions;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainPlan;
import ttrnn.train.TrainRun;

/** {@code ttrnn plan}: what a training would cost. */
@Command(
        name = "plan",
        description = {
            "Says what a training would cost before it is begun: parameters, multiply-adds, memory, time.",
            "Takes the options of train and a store, or without a store the four numbers below.",
            "Ends with 4 if memory or disk of this machine would not suffice."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ttrnn plan store --ranks 5", "  ttrnn plan --classes 11 --clips 1600 --length 200 --size 160x120"})
final class PlanCommand implements CliCommand, TrainOptions.Holder {
    @Parameters(arity = "0..1", paramLabel = "STORE", description = "A folder made by prepare.")
    @Nullable
    Path store;

    @Option(names = "--classes", paramLabel = "C", description = "Without a store: number of classes (default: 11).")
    int classes = 11;

    @Option(names = "--clips", paramLabel = "N", description = "Without a store: training clips (default: 1000).")
    int clips = 1000;

    @Option(names = "--length", paramLabel = "L", description = "Without a store: frames of a clip (default: 200).")
    int length = 200;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = SizeConverter.class,
            description = "Without a store: size of a frame (default: 160x120).")
    FrameSize size = new FrameSize(160, 120);

    @Mixin
    TrainOptions options = new TrainOptions();

    @Override
    public TrainOptions trainOptions() {
        return options;
    }

    @Override
    public CommandResult run(Output output, Interruption interruption) throws IOException {
        TrainConfig config = options.toConfig(TrainConfig.defaults());
        check("--classes", classes);
        check("--clips", clips);
        check("--length", length);
        TrainRun run = store == null ? null : new TrainRun(ClipStore.open(store), config);
        TrainPlan plan = run == null ? withoutStore(config) : run.plan();
        Needs needs = Needs.of(plan, store == null ? Path.of("") : store, RunOptions.KEPT_CHECKPOINTS);
        double seconds = seconds(run, plan, needs);
        Map<String, Object> json = json(plan, seconds);
        json.put("heapMaxBytes", needs.heapMaxBytes());
        json.put("diskBytes", needs.diskBytes());
        json.put("diskFreeBytes", needs.diskFreeBytes());
        String shortage = SafetyOptions.shortage(needs);
        json.put("suffices", shortage.isEmpty());
        String text = text(plan, seconds) + (shortage.isEmpty() ? "" : shortage + "\n");
        return new CommandResult(json, text, shortage.isEmpty() ? ExitCode.DONE : ExitCode.RESOURCES);
    }

    private static void check(String option, int value) {
        if (value < 1) {
            throw CliException.usage(option, "must be at least 1, not " + value);
        }
    }

    private TrainPlan withoutStore(TrainConfig config) {
        PrepareOptions preparation = new PrepareOptions();
        preparation.size = size;
        preparation.checkFits(config);
        int used = config.usedFrames(length);
        return new TrainPlan(config, classes, clips, used, used);
    }

    /** From some steps; a model that does not fit into the heap cannot be tried. */
    private static double seconds(@Nullable TrainRun run, TrainPlan plan, Needs needs) {
        if (needs.heapIsShort()) {
            return plan.roughSecondsPerEpoch();
        }
        return (run == null ? plan.calibrate() : run.calibrate()).secondsPerEpoch(plan);
    }

    private static Map<String, Object> json(TrainPlan plan, double seconds) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("input", plan.inputParameters());
        parameters.put("recurrent", plan.recurrentParameters());
        parameters.put("bias", plan.biasParameters());
        parameters.put("head", plan.headParameters());
        parameters.put("total", plan.totalParameters());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", plan.config().model().toString());
        json.put("parameters", parameters);
        json.put("denseInputParameters", plan.denseInputParameters());
        json.put("inputMultiplyAddsPerFrame", plan.inputMultiplyAdds());
        json.put("multiplyAddsPerFrame", plan.multiplyAddsPerFrame());
        json.put("denseMultiplyAddsPerFrame", plan.denseMultiplyAddsPerFrame());
        json.put("clips", plan.clips());
        json.put("length", plan.length());
        json.put("peakHeapBytes", plan.peakHeapBytes());
        json.put("leastHeapBytes", plan.leastHeapBytes());
        json.put("secondsPerEpoch", seconds);
        return json;
    }

    private static String text(TrainPlan plan, double seconds) {
        long rest = plan.totalParameters() - plan.inputParameters();
        Table table = Table.of("", plan.config().model().toString(), "dense twin")
                .row("input matrix", number(plan.inputParameters()), number(plan.denseInputParameters()))
                .row("recurrent matrix", number(plan.recurrentParameters()), number(plan.recurrentParameters()))
                .row("bias", number(plan.biasParameters()), number(plan.biasParameters()))
                .row("head", number(plan.headParameters()), number(plan.headParameters()))
                .row("parameters", number(plan.totalParameters()), number(plan.denseInputParameters() + rest))
                .row(
                        "multiply-adds a frame",
                        number(plan.multiplyAddsPerFrame()),
                        number(plan.denseMultiplyAddsPerFrame()));
        return table + "\n"
                + plan.contractions().stream()
                        .map(contraction -> contraction + "\n")
                        .collect(Collectors.joining())
                + String.format(
                        Locale.ROOT,
                        "%d clips of %.0f frames, batches of %d: heap about %s, at least %s, %s an epoch%n",
                        plan.clips(),
                        plan.length(),
                        plan.config().batchSize(),
                        Format.bytes(plan.peakHeapBytes()),
                        Format.bytes(plan.leastHeapBytes()),
                        Format.duration(seconds));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
