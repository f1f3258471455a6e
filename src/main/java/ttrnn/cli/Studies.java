package ttrnn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipStore;
import ttrnn.io.Json;
import ttrnn.report.StudyCurves;
import ttrnn.train.ClipWork;
import ttrnn.train.RunFolder;
import ttrnn.train.RunOptions;
import ttrnn.train.TrainConfig;
import ttrnn.train.experiment.Study;
import ttrnn.train.experiment.StudyRow;
import ttrnn.train.experiment.StudyRun;
import ttrnn.train.experiment.StudyTable;

/** The studies of {@code data/configs/studies}, which are in the jar too, and those of files. */
final class Studies {
    /** For help; a test holds that there is a file for each. */
    static final String NAMES = "ablation, leak, models, differences";

    private Studies() {}

    static List<String> names() {
        return List.of(NAMES.split(", "));
    }

    static boolean isStudy(String name) {
        return names().contains(name) || name.endsWith(".json");
    }

    /** A study by its name, or from a file. */
    static Study read(String name) {
        try {
            return Study.of(name, Json.parse(text(name)), preset -> Presets.read(preset, TrainConfig.defaults()));
        } catch (IOException | IllegalArgumentException e) {
            throw CliException.usage(name, String.valueOf(e.getMessage()));
        }
    }

    private static String text(String name) throws IOException {
        if (name.endsWith(".json")) {
            Path file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                throw new IOException("no such file; name a study, " + NAMES + ", or a JSON file of one");
            }
            return Files.readString(file);
        }
        try (InputStream in = Studies.class.getResourceAsStream("/ttrnn/configs/studies/" + name + ".json")) {
            if (in == null) {
                throw new IOException("no file of this study in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Does what is missing of a study, and makes its table and curves. */
    static CommandResult run(Study study, Path store, Path out, Output output, Interruption interruption)
            throws Exception {
        StudyTable table = new StudyTable(study, ClipStore.open(store), out);
        output.message(study.name() + ": " + study.trainings() + " trainings");
        RunOptions options = RunOptions.of(Version.read());
        table.train((run, config, folder) -> {
            output.message(folder + ":");
            TrainCommand.train(
                    run,
                    config,
                    RunFolder.resume(folder),
                    ClipWork::here,
                    options,
                    new WatchOptions(),
                    output,
                    interruption);
        });
        List<StudyRow> rows = table.rows();
        List<StudyRow> curves = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (study.rows().get(i).curve()) {
                curves.add(rows.get(i));
            }
        }
        if (!curves.isEmpty()) {
            StudyCurves.write(curves, out);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("experiment", study.name());
        json.put("folds", study.folds());
        json.put("seeds", study.seeds());
        json.put("table", rows.stream().map(StudyRow::toMap).toList());
        return new CommandResult(json, text(study, rows));
    }

    private static String text(Study study, List<StudyRow> rows) {
        Table table = Table.of(
                "changed",
                "accuracy",
                "difference",
                "95 % interval",
                "training",
                "saturated",
                "at the end",
                "gradient",
                "at the end",
                "parameters",
                "s/epoch",
                "heap");
        for (StudyRow row : rows) {
            StudyRow.@Nullable Difference difference = row.difference();
            table.row(
                    row.name(),
                    three(row.mean(StudyRun::accuracy)),
                    difference == null ? "-" : signed(difference.mean()),
                    difference == null || row.runs().size() < 2
                            ? "-"
                            : signed(difference.low()) + " to " + signed(difference.high()),
                    three(row.mean(StudyRun::trainingAccuracy)),
                    three(row.mean(StudyRun::saturationFirst)),
                    three(row.mean(StudyRun::saturationLast)),
                    Format.threeDigits(row.mean(StudyRun::gradientFirst)),
                    Format.threeDigits(row.mean(StudyRun::gradientLast)),
                    row.runs().get(0).parameters(),
                    Format.threeDigits(row.mean(StudyRun::secondsPerEpoch)),
                    Format.bytes((long) row.mean(StudyRun::heapBytes)));
        }
        return table + "\naccuracy on clips that were not learnt from, folds " + study.folds() + ", seeds "
                + study.seeds() + "; difference from the first row; saturated gates and norm of the gradient:"
                + " means over the first epoch and over the last\n";
    }

    private static String three(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }
}
