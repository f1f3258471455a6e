package ttrnn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.train.ModelType;
import ttrnn.train.experiment.ExperimentRow;
import ttrnn.train.experiment.FibonacciExperiment;
import ttrnn.train.experiment.FibonacciSettings;
import ttrnn.train.experiment.Study;

/** {@code ttrnn experiment}: a published experiment, beside its published results. */
@Command(
        name = "experiment",
        description = {
            "Repeats a published experiment, or does a study: trainings that differ in a few settings, and their table.",
            "fibonacci: six models tell pieces of Fibonacci, Lucas, Padovan and random numbers apart, each with the"
                    + " authors' settings (as-published) and with ours (ttrnn). A seed takes some minutes.",
            "Studies of a store: " + Studies.NAMES
                    + ". What has been trained already is not trained again, so the same command goes on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ttrnn experiment fibonacci --seeds 5",
            "  ttrnn experiment fibonacci --seeds 10 --models tt-gru,gru --settings as-published --json",
            "  ttrnn experiment ablation store --out ablation",
            "  ttrnn experiment leak store --out leak --json"
        })
final class ExperimentCommand implements CliCommand {
    private static final String FIBONACCI = "fibonacci";

    @Parameters(index = "0", paramLabel = "NAME", description = "fibonacci, a study, or a JSON file of a study.")
    String name;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "STORE",
            description = "A folder made by prepare: for a study.")
    @Nullable
    Path store;

    @Option(names = "--out", paramLabel = "DIR", description = "A folder for the trainings and curves of a study.")
    @Nullable
    Path out;

    @Option(
            names = "--rows",
            paramLabel = "N",
            split = ",",
            description = "Only these rows of a study, by number from 1; without, all.")
    @Nullable
    List<Integer> rows;

    @Option(names = "--only-folds", paramLabel = "I", split = ",", description = "Only these folds of a study.")
    @Nullable
    List<Integer> folds;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Trains each model with the seeds 0 to N - 1 (default: 5).")
    int seeds = 5;

    @Option(names = "--first-seed", paramLabel = "S", description = "Begins with this seed instead of 0.")
    long firstSeed;

    @Option(
            names = "--models",
            paramLabel = "M",
            split = ",",
            description = "Only these of rnn, tt-rnn, gru, tt-gru, lstm, tt-lstm.")
    @Nullable
    List<String> models;

    @Option(names = "--settings", paramLabel = "S", split = ",", description = "Only these of as-published, ttrnn.")
    @Nullable
    List<String> settings;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the training data (default: " + FibonacciSettings.EPOCHS + ", as published).")
    int epochs = FibonacciSettings.EPOCHS;

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        if (Studies.isStudy(name)) {
            return study(output, interruption);
        }
        if (!name.equals(FIBONACCI)) {
            throw CliException.usage("", "no such experiment: " + name + "; there are fibonacci, " + Studies.NAMES);
        }
        if (store != null || out != null || rows != null || folds != null) {
            throw CliException.usage("", FIBONACCI + " takes no store, --out, --rows or --only-folds");
        }
        atLeastOne("--seeds", seeds);
        atLeastOne("--epochs", epochs);
        List<Long> numbers =
                LongStream.range(firstSeed, firstSeed + seeds).boxed().toList();
        FibonacciExperiment experiment = new FibonacciExperiment(
                chosen("--models", models, FibonacciExperiment.MODELS),
                chosen("--settings", settings, List.of(FibonacciSettings.values())),
                numbers,
                epochs);
        List<ExperimentRow> table;
        try (Progress progress = output.progress(FIBONACCI, "epochs", experiment.epochs())) {
            table = experiment.run(new Watcher(output, progress));
        }
        return new CommandResult(json(table, numbers), text(table, epochs));
    }

    private CommandResult study(Output output, Interruption interruption) throws Exception {
        if (store == null || out == null) {
            throw CliException.usage("", "a study needs a store and --out DIR");
        }
        Study study = Studies.read(name);
        try {
            study = rows == null ? study : study.only(rows);
            study = folds == null ? study : study.withFolds(folds);
        } catch (IllegalArgumentException e) {
            throw CliException.usage("--rows", String.valueOf(e.getMessage()));
        }
        return Studies.run(study, store, out, output, interruption);
    }

    private static void atLeastOne(String option, int value) {
        if (value < 1) {
            throw CliException.usage(option, "must be at least 1, not " + value);
        }
    }

    /** The values of these names, each once and in the order of {@code all}; all of them for null. */
    private static <T> List<T> chosen(String option, @Nullable List<String> names, List<T> all) {
        if (names == null) {
            return all;
        }
        List<String> known = all.stream().map(Object::toString).toList();
        for (String given : names) {
            if (!known.contains(given)) {
                throw CliException.usage(option, "\"" + given + "\" is none of " + String.join(", ", known));
            }
        }
        return all.stream().filter(value -> names.contains(value.toString())).toList();
    }

    private record Watcher(Output output, Progress progress) implements FibonacciExperiment.Listener {
        @Override
        public void epoch(ModelType model, FibonacciSettings settings, long seed) {
            progress.step(1, model + " " + settings + " seed " + seed);
        }

        @Override
        public void judged(ModelType model, FibonacciSettings settings, long seed, FibonacciExperiment.Score score) {
            output.verbose(model + " " + settings + " seed " + seed + ": " + Format.percent(score.accuracy()) + " in "
                    + Format.duration(score.seconds()));
        }
    }

    private static Map<String, Object> json(List<ExperimentRow> table, List<Long> seeds) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (ExperimentRow row : table) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("model", row.model().toString());
            fields.put("settings", row.settings().toString());
            fields.put("mean", row.mean());
            fields.put("deviation", row.deviation());
            fields.put("seconds", row.seconds());
            fields.put("published", row.published());
            fields.put("accuracies", row.accuracies());
            rows.add(fields);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("experiment", FIBONACCI);
        json.put("seeds", seeds);
        json.put("table", rows);
        return json;
    }

    private static String text(List<ExperimentRow> rows, int epochs) {
        Table table = Table.of("model", "settings", "mean", "deviation", "seconds", "published");
        for (ExperimentRow row : rows) {
            Double deviation = row.deviation();
            table.row(
                    row.model(),
                    row.settings(),
                    threeDecimals(row.mean()),
                    deviation == null ? "-" : threeDecimals(deviation),
                    Format.threeDigits(row.seconds()),
                    threeDecimals(row.published()));
        }
        String seeds = rows.stream()
                .map(row -> row.accuracies().size())
                .distinct()
                .map(count -> count == 1 ? "one seed" : count + " seeds")
                .collect(Collectors.joining());
        return table + "\naccuracy on 750 test pieces after " + (epochs == 1 ? "one epoch" : epochs + " epochs")
                + ", over " + seeds + "; seconds of one training; published: one run each\n";
    }

    private static String threeDecimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
