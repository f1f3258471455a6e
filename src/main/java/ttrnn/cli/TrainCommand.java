package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.ClipStore;
import ttrnn.io.AtomicFile;
import ttrnn.io.Json;
import ttrnn.train.ClipWork;
import ttrnn.train.CrossValidation;
import ttrnn.train.EpochMetrics;
import ttrnn.train.Evaluation;
import ttrnn.train.ModelFile;
import ttrnn.train.Resources;
import ttrnn.train.RunFolder;
import ttrnn.train.RunOptions;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainException;
import ttrnn.train.TrainListener;
import ttrnn.train.TrainRun;

/** {@code ttrnn train}: a store to a run. */
@Command(
        name = "train",
        description = {
            "Trains a model on the clips of a store.",
            "Whole groups are held out for validation and test; the epoch that does best in validation counts."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ttrnn train store --out run",
            "  ttrnn train store --out run --test-groups daria --epochs 40",
            "  ttrnn train store --out again --config run/config.json",
            "  ttrnn train store --out run --resume",
            "  ttrnn train store --out run --dashboard --tensorboard",
            "  ttrnn train store --out folds --preset ttrnn --folds 5",
            "  ttrnn train store --out tuned --init run --epochs 5 --learning-rate 0.0005"
        })
final class TrainCommand implements CliCommand, TrainOptions.Holder, Backend.User {
    @Parameters(paramLabel = "STORE", description = "A folder made by prepare.")
    Path store;

    @Option(names = "--out", paramLabel = "RUN", required = true, description = "A folder for the run.")
    Path out;

    @Option(
            names = "--init",
            paramLabel = "MODEL",
            description = "Begin with the weights and settings of a model; with other classes, its head starts anew.")
    @Nullable
    Path init;

    @Mixin
    SafetyOptions safety = new SafetyOptions();

    @Mixin
    WatchOptions watch = new WatchOptions();

    @Mixin
    TrainOptions options = new TrainOptions();

    @Override
    public TrainOptions trainOptions() {
        return options;
    }

    private Backend backend = Backend.HERE;

    @Override
    public void use(Backend other) {
        backend = other;
    }

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        RunOptions runOptions = safety.toOptions();
        watch.check();
        if (init != null && safety.resume) {
            throw CliException.usage("--init", "is for a new run; one that goes on has its weights");
        }
        ModelFile start = init == null ? null : ModelArgument.read(init);
        TrainConfig base = safety.base(out, start == null ? TrainConfig.defaults() : start.config());
        TrainConfig config = options.toConfig(base);
        ClipStore clips = ClipStore.open(store);
        if (config.get(Settings.FOLDS) > 0 && config.get(Settings.FOLD) == Settings.ALL_FOLDS) {
            return folds(clips, config, start, runOptions, output, interruption);
        }
        TrainRun run = new TrainRun(clips, config, start);
        tellStart(start, clips, output);
        refuseTaken(out);
        runOptions = checked(run, out, runOptions, output);
        RunFolder folder = safety.resume ? RunFolder.resume(out) : RunFolder.create(out);
        TrainRun.Summary summary =
                train(run, config, folder, backend.work(clips), runOptions, watch, output, interruption);
        Path report = ReportCommand.write(folder, output);
        Map<String, @Nullable Object> json = json(summary, folder);
        json.put("report", report == null ? null : report.toString());
        return new CommandResult(json, text(summary, folder) + reportLine(report));
    }

    /** The estimate is of this process. */
    private RunOptions checked(TrainRun run, Path folder, RunOptions given, Output output) throws IOException {
        return backend == Backend.HERE ? safety.check(run, folder, given, output) : given;
    }

    private void tellStart(@Nullable ModelFile start, ClipStore clips, Output output) {
        if (start != null) {
            output.message("begins with the weights of " + init
                    + (start.classes().equals(clips.classes()) ? "" : "; its classes are others, so the head is new"));
        }
    }

    /** Before the estimate, which takes some seconds. */
    private void refuseTaken(Path folder) throws IOException {
        if (safety.resume) {
            RunFolder.refuseBusy(folder);
        } else {
            RunFolder.refuseUsed(folder);
        }
    }

    static String reportLine(@Nullable Path report) {
        return report == null ? "" : "\nreport: " + report.toAbsolutePath() + "\n";
    }

    /** Trains all folds, one after the other; those that have ended are not trained again. */
    private CommandResult folds(
            ClipStore clips,
            TrainConfig config,
            @Nullable ModelFile start,
            RunOptions runOptions,
            Output output,
            Interruption interruption)
            throws Exception {
        int count = config.get(Settings.FOLDS);
        Path settings = RunFolder.configOf(out);
        if (!safety.resume && Files.exists(settings)) {
            throw CliException.usage(
                    "--out", out + " holds a run already; name another folder, or go on with it by --resume");
        }
        new TrainRun(clips, config.with(Settings.FOLD, 0), start);
        tellStart(start, clips, output);
        Files.createDirectories(out);
        AtomicFile.write(settings, Json.pretty(config.toMap()));
        List<CrossValidation.Fold> ended = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        long peak = 0;
        for (int i = 0; i < count; i++) {
            CrossValidation.Fold fold = safety.resume ? CrossValidation.ended(out, i) : null;
            if (fold == null) {
                TrainConfig own = config.with(Settings.FOLD, i);
                TrainRun run = new TrainRun(clips, own, start);
                Path folder = CrossValidation.folderOf(out, i);
                refuseTaken(folder);
                RunOptions checked = checked(run, folder, runOptions, output);
                output.message("fold " + i + " of " + count + ":");
                RunFolder files = safety.resume ? RunFolder.resume(folder) : RunFolder.create(folder);
                TrainRun.Summary summary =
                        train(run, own, files, backend.work(clips), checked, watch, output, interruption);
                seconds.add(summary.result().secondsPerEpoch());
                peak = Math.max(peak, summary.resources().heapBytesPeak());
                Evaluation test = Objects.requireNonNull(summary.test());
                fold = new CrossValidation.Fold(i, test.clips(), test.accuracy(), test.loss());
            }
            output.message("fold " + i + ": " + Format.percent(fold.accuracy()) + " of " + fold.clips() + " clips");
            ended.add(fold);
        }
        CrossValidation all = new CrossValidation(ended);
        all.write(out);
        Map<String, Object> json = new LinkedHashMap<>(all.toMap());
        json.put("epochs", config.epochs());
        if (!seconds.isEmpty()) {
            Collections.sort(seconds);
            json.put("secondsPerEpoch", seconds.get(seconds.size() / 2));
        }
        json.put("peakHeapBytes", peak);
        return new CommandResult(json, text(all));
    }

    private static String text(CrossValidation all) {
        Table table = Table.of("fold", "clips", "accuracy", "loss");
        for (CrossValidation.Fold fold : all.folds()) {
            table.row(fold.fold(), fold.clips(), Format.percent(fold.accuracy()), Format.threeDigits(fold.loss()));
        }
        return table + "\nmean " + Format.percent(all.mean()) + ", deviation " + Format.percent(all.deviation())
                + ", 95 % interval of the mean " + Format.percent(all.interval().get(0)) + " to "
                + Format.percent(all.interval().get(1)) + "\n";
    }

    /** Trains with messages and a progress line. */
    @SuppressWarnings("try") // the hold is only there to be held
    static TrainRun.Summary train(
            TrainRun run,
            TrainConfig config,
            RunFolder folder,
            ClipWork.Factory workers,
            RunOptions options,
            WatchOptions watch,
            Output output,
            Interruption interruption)
            throws Exception {
        run.split().notes().forEach(output::message);
        int clips = run.split().train().size();
        output.message("train " + config + ": " + clips + " clips to learn from, "
                + run.split().validation().size() + " for validation, "
                + run.split().test().size() + " for test");
        long total = (long) clips * config.epochs();
        try (Interruption.Hold hold = interruption.hold(() -> LongStep.limit(run, output, interruption));
                Progress progress = output.progress("train", "clips", total);
                WatchOptions.Watch listener = watch.start(
                        new Watcher(output, progress, interruption, config, clips), folder, config, clips, output)) {
            return run.run(folder, options, listener, workers);
        } catch (TrainException.Stopped e) {
            throw interruption.exception(String.valueOf(e.getMessage()));
        }
    }

    private static final class Watcher implements TrainListener {
        private final Output output;
        private final Progress progress;
        private final Interruption interruption;
        private final TrainConfig config;
        private final long clipsPerEpoch;
        private long before = -1;

        Watcher(Output output, Progress progress, Interruption interruption, TrainConfig config, int clipsPerEpoch) {
            this.output = output;
            this.progress = progress;
            this.interruption = interruption;
            this.config = config;
            this.clipsPerEpoch = clipsPerEpoch;
        }

        @Override
        public void step(int epoch, int clips, double loss, double accuracy) {
            long done = (epoch - 1) * clipsPerEpoch + clips;
            if (before < 0) {
                before = Math.max(0, done - config.batchSize()); // not 0 for a run that goes on
                progress.present(before);
            }
            progress.step(
                    done - before,
                    "loss " + Format.threeDigits(loss)
                            + (Double.isNaN(accuracy) ? "" : "  accuracy " + Math.round(100 * accuracy) + " %"));
            before = done;
        }

        @Override
        public void message(String line) {
            output.message(line);
        }

        @Override
        public void epoch(EpochMetrics metrics) {
            Double validation = metrics.validationAccuracy();
            String line = "epoch " + metrics.epoch() + "/" + config.epochs() + "  loss "
                    + Format.threeDigits(metrics.loss()) + "  accuracy " + Format.percent(metrics.accuracy())
                    + (validation == null ? "" : "  validation " + Format.percent(validation)) + "  "
                    + Format.duration(metrics.seconds());
            output.message(line);
        }

        @Override
        public boolean stopRequested() {
            return interruption.requested();
        }
    }

    static Map<String, @Nullable Object> json(TrainRun.Summary summary, RunFolder folder) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("epochs", summary.result().epochs().size());
        json.put("bestEpoch", summary.result().bestEpoch());
        json.put("loss", summary.training().loss());
        json.put("accuracy", summary.training().accuracy());
        json.put("validation", numbers(summary.validation()));
        json.put("test", numbers(summary.test()));
        json.put("secondsPerEpoch", summary.result().secondsPerEpoch());
        json.put("peakHeapBytes", summary.resources().heapBytesPeak());
        json.put("model", folder.model().toString());
        return json;
    }

    private static @Nullable Map<String, Object> numbers(@Nullable Evaluation evaluation) {
        if (evaluation == null) {
            return null;
        }
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("accuracy", evaluation.accuracy());
        numbers.put("loss", evaluation.loss());
        numbers.put("clips", evaluation.clips());
        if (evaluation.several()) {
            numbers.put("meanAveragePrecision", evaluation.meanAveragePrecision());
        }
        return numbers;
    }

    static String text(TrainRun.Summary summary, RunFolder folder) {
        Table table = Table.of("clips", "number", "accuracy", "loss");
        row(table, "training", summary.training());
        row(table, "validation", summary.validation());
        row(table, "test", summary.test());
        return table + "\nepoch " + summary.result().bestEpoch() + " of "
                + summary.result().epochs().size() + " counts\n" + used(summary.resources()) + "\nmodel: "
                + folder.model() + "\n";
    }

    /** What was used, the estimate behind it. */
    private static String used(Resources resources) {
        double seconds = resources.secondsPerEpochEstimated();
        return Format.duration(resources.secondsPerEpoch()) + " an epoch"
                + (seconds > 0 ? " (estimated: " + Format.duration(seconds) + ")" : "") + ", heap up to "
                + Format.bytes(resources.heapBytesPeak()) + " (needed, estimated: "
                + Format.bytes(resources.heapBytesEstimated()) + "), disk " + Format.bytes(resources.diskBytes())
                + " (estimated: " + Format.bytes(resources.diskBytesEstimated()) + ")";
    }

    private static void row(Table table, String name, @Nullable Evaluation evaluation) {
        if (evaluation != null) {
            table.row(
                    name,
                    evaluation.clips(),
                    Format.percent(evaluation.accuracy()),
                    Format.threeDigits(evaluation.loss()));
        }
    }
}
