package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipReader;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.PrepareResult;
import ttrnn.dataset.StoreStatistics;
import ttrnn.tensor.FrameSequence;
import ttrnn.train.ClipWork;
import ttrnn.train.Evaluation;
import ttrnn.train.ModelFile;
import ttrnn.train.RunFolder;
import ttrnn.train.RunOptions;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainPlan;
import ttrnn.train.TrainRun;
import ttrnn.video.FrameSources;

/** Prepare, stats, train, evaluate, predict and report, one after the other: what run and demo do. */
final class Chain {
    /** Clips that are predicted from their files, to show that it works outside of a store. */
    private static final int SHOWN = 4;

    private final Path source;
    private final Path out;
    private final PrepareOptions preparation;
    private final TrainConfig config;
    private final Output output;
    private final Interruption interruption;

    Chain(
            Path source,
            Path out,
            PrepareOptions preparation,
            TrainConfig config,
            Output output,
            Interruption interruption) {
        this.source = source;
        this.out = out;
        this.preparation = preparation;
        this.config = config;
        this.output = output;
        this.interruption = interruption;
    }

    /** Where the run of a chain lies. */
    static Path runOf(Path out) {
        return out.resolve("run");
    }

    /** Makes the folder of the run when clips and settings are known to fit. */
    @FunctionalInterface
    interface Folder {
        RunFolder create() throws IOException;
    }

    CommandResult run(Folder target) throws Exception {
        Path store = out.resolve("store");
        output.message("1 prepare: " + source + " -> " + store);
        PrepareResult prepared = preparation.prepare(source, store, output, interruption);
        prepared.bad().forEach(bad -> output.message("  bad clip " + bad.clip() + ": " + bad.reason()));

        ClipStore clips = ClipStore.open(store);
        StoreStatistics statistics = StoreStatistics.of(clips.clips());
        output.message("2 stats: " + statistics.clips() + " clips of "
                + statistics.length().min() + " to "
                + statistics.length().max() + " frames, " + clips.width() + "x" + clips.height() + ", "
                + statistics.classes().size() + " classes, "
                + statistics.groups().size() + " groups");

        TrainPlan plan = new TrainPlan(config, clips.classes().size(), 1, 1, 1);
        output.message("3 train: " + config
                + (config.model().isTensorTrain()
                        ? String.format(
                                Locale.ROOT,
                                ", input matrix %,d numbers instead of %,d",
                                plan.inputParameters(),
                                plan.denseInputParameters())
                        : ""));
        TrainRun run = new TrainRun(clips, config);
        RunOptions options = new SafetyOptions().check(run, runOf(out), RunOptions.of(Version.read()), output);
        RunFolder folder = target.create();
        TrainRun.Summary summary = TrainCommand.train(
                run, config, folder, ClipWork::here, options, new WatchOptions(), output, interruption);

        output.message("4 evaluate, 5 predict, 6 report");
        Evaluation test = summary.test();
        boolean held = test != null;
        Evaluation judged = test != null ? test : summary.training();
        List<String> ids = held ? run.split().test() : run.split().train();
        List<String> classes = clips.classes();
        String predictions = predict(summary.model(), clips, ids, judged);
        Path report = ReportCommand.write(folder, output);

        Map<String, @Nullable Object> json = TrainCommand.json(summary, folder);
        json.put("trainAccuracy", summary.training().accuracy());
        json.put("accuracy", judged.accuracy());
        json.put("chance", 1.0 / classes.size());
        json.put("confusion", judged.confusion(classes.size()));
        json.put("classes", classes);
        json.put("bad", prepared.bad());
        json.put("store", store.toString());
        json.put("report", report == null ? null : report.toString());
        String text = TrainCommand.text(summary, folder) + "\n" + EvaluateCommand.text(classes, judged)
                + "\nfrom the files themselves:\n" + predictions + TrainCommand.reportLine(report);
        return new CommandResult(json, text);
    }

    /** Predicts some held-out clips from their files, which must agree with the judgement from the store. */
    private String predict(ModelFile model, ClipStore clips, List<String> ids, Evaluation judged) throws IOException {
        ClipReader reader = new ClipReader(model.preprocessing(), FrameSources::open);
        Path folder = Files.isDirectory(source) ? source : source.resolveSibling(""); // a list lies beside its clips
        Table table = Table.of("clip", "class", "probability");
        int step = Math.max(1, ids.size() / SHOWN);
        for (int i = 0; i < ids.size() && i < step * SHOWN; i += step) {
            ClipRecord clip = clips.clip(ids.get(i));
            if (clip == null) {
                continue;
            }
            FrameSequence frames =
                    model.view().of(reader.read(folder.resolve(clip.source()), config.maxLength(), config.cutEnd()));
            float[] p = Evaluation.probabilities(model.model(), List.of(frames), config.inputScale())
                    .get(0);
            int best = Evaluation.best(p);
            if (best != judged.predicted(i)) {
                throw CliException.failed(
                        clip.source(), "the clip's file and its frames in the store give different answers");
            }
            table.row(clip.source(), model.classes().get(best), Format.percent(p[best]));
        }
        return table.toString();
    }
}
