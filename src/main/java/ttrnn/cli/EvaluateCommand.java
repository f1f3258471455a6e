package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;
import ttrnn.io.AtomicFile;
import ttrnn.train.Evaluation;
import ttrnn.train.Example;
import ttrnn.train.ModelFile;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainRun;

/** {@code ttrnn evaluate}: a model against the clips of a store. */
@Command(
        name = "evaluate",
        description = {
            "Judges a model by the clips of a store.",
            "The parts train, validation and test are those of the model's own training: the same seed and groups."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ttrnn evaluate run store                 the clips held out for test",
            "  ttrnn evaluate run other --split all --predictions answers.csv",
            "  ttrnn evaluate weights.npz store --config run/config.json"
        })
final class EvaluateCommand implements CliCommand, Backend.User {
    private static final List<String> PARTS = List.of("train", "validation", "test", "all");

    @Parameters(index = "0", paramLabel = "MODEL", description = "The folder of a run, or a .safetensors file.")
    Path model;

    @Parameters(index = "1", paramLabel = "STORE", description = "A folder made by prepare.")
    Path store;

    @Option(
            names = "--split",
            paramLabel = "PART",
            description = "train, validation, test (default) or all clips of the store.")
    String split = "test";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings for a file of weights without metadata, .safetensors or .npz, that has our names;"
                    + " classes and frames are the store's.")
    @Nullable
    Path config;

    @Option(names = "--predictions", paramLabel = "FILE.csv", description = "Writes each clip's answer.")
    @Nullable
    Path predictions;

    private Backend backend = Backend.HERE;

    @Override
    public void use(Backend other) {
        backend = other;
    }

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        if (!PARTS.contains(split)) {
            throw CliException.usage("--split", "must be " + String.join(", ", PARTS) + ", not \"" + split + "\"");
        }
        ClipStore clips = ClipStore.open(store);
        ModelFile file = config == null ? ModelArgument.read(model) : weights(config, clips);
        checkFit(file, clips);
        List<String> ids = ids(file, clips);
        if (ids.isEmpty()) {
            throw CliException.usage(
                    "--split", "the " + split + " part of " + store + " has no clips; --split all takes every clip");
        }
        List<Example> examples = TrainRun.examples(clips, ids, file.classes(), file.config());
        Evaluation evaluation = Evaluation.of(backend.work(clips).of(file), file.model(), examples);
        if (predictions != null) {
            write(predictions, ids, file.classes(), evaluation);
        }
        return new CommandResult(json(file.classes(), evaluation), text(file.classes(), evaluation));
    }

    private ModelFile weights(Path settings, ClipStore clips) throws IOException {
        if (!Files.isRegularFile(model)) {
            throw CliException.usage("--config", "is for a file of weights, " + model + " is none");
        }
        TrainConfig read = TrainOptions.read(settings, TrainConfig.defaults());
        return ModelFile.ofWeights(model, read, clips.classes(), clips.settings());
    }

    private void checkFit(ModelFile file, ClipStore clips) {
        String needed = PrepareOptions.line(file.preprocessing());
        String present = PrepareOptions.line(clips.settings());
        if (!needed.equals(present)) {
            throw CliException.usage(
                    store.toString(),
                    "prepared with " + present + ", but the model was trained on frames of " + needed
                            + "; prepare the clips so into another store");
        }
    }

    private List<String> ids(ModelFile file, ClipStore clips) {
        if (split.equals("all")) {
            return clips.clips().stream().map(ClipRecord::id).toList();
        }
        TrainRun run = new TrainRun(clips, file.config());
        return switch (split) {
            case "train" -> run.split().train();
            case "validation" -> run.split().validation();
            default -> run.split().test();
        };
    }

    private static void write(Path target, List<String> ids, List<String> classes, Evaluation evaluation)
            throws IOException {
        StringBuilder csv = new StringBuilder("clip,label,predicted,correct");
        for (String name : classes) {
            csv.append(',').append(Csv.field("p(" + name + ")"));
        }
        for (int i = 0; i < ids.size(); i++) {
            int truth = evaluation.labels().get(i);
            int predicted = evaluation.predicted(i);
            csv.append('\n')
                    .append(Csv.field(ids.get(i)))
                    .append(',')
                    .append(Csv.field(classes.get(truth)))
                    .append(',')
                    .append(Csv.field(classes.get(predicted)))
                    .append(',')
                    .append(evaluation.truth().get(i).contains(predicted));
            for (float p : evaluation.probabilities().get(i)) {
                csv.append(',').append(String.format(Locale.ROOT, "%.6f", p));
            }
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        AtomicFile.write(target, csv.append('\n').toString());
    }

    static Map<String, Object> json(List<String> classes, Evaluation evaluation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("accuracy", evaluation.accuracy());
        json.put("loss", evaluation.loss());
        if (evaluation.several()) {
            json.put("meanAveragePrecision", evaluation.meanAveragePrecision());
        }
        json.put("clips", evaluation.clips());
        json.put("classes", classes);
        json.put("confusion", evaluation.confusion(classes.size()));
        return json;
    }

    static String text(List<String> classes, Evaluation evaluation) {
        return Format.percent(evaluation.accuracy()) + " of " + evaluation.clips() + " clips right (chance "
                + Format.percent(1.0 / classes.size()) + "), loss " + Format.threeDigits(evaluation.loss())
                + (evaluation.several()
                        ? ", mean average precision " + Format.percent(evaluation.meanAveragePrecision())
                        : "")
                + "\n\n"
                + confusion(classes, evaluation.confusion(classes.size()));
    }

    /** Rows are true classes, columns predicted ones, under the numbers of the rows. */
    static String confusion(List<String> classes, int[][] counts) {
        List<Object> header = new ArrayList<>(List.of("", "true \\ predicted"));
        for (int j = 0; j < classes.size(); j++) {
            header.add(j + 1);
        }
        header.add("right");
        Table table = Table.of(header.stream().map(String::valueOf).toArray(String[]::new));
        for (int i = 0; i < classes.size(); i++) {
            int total = Arrays.stream(counts[i]).sum();
            List<Object> row = new ArrayList<>(List.of(i + 1, classes.get(i)));
            for (int count : counts[i]) {
                row.add(count == 0 ? "." : count);
            }
            row.add(total == 0 ? "-" : Format.percent((double) counts[i][i] / total));
            table.row(row.toArray());
        }
        return table.toString();
    }
}
