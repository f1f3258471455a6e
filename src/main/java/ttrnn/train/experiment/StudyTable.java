package ttrnn.train.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipStore;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainRun;

/** The trainings of a study, each in a folder of its own, and the table that they make. */
public final class StudyTable {
    /** Does a training and writes its files. */
    public interface Worker {
        /** Trains into a folder that may hold the beginning of this training. */
        void train(TrainRun run, TrainConfig config, Path folder) throws Exception;
    }

    private final Study study;
    private final ClipStore store;
    private final Path out;

    public StudyTable(Study study, ClipStore store, Path out) {
        this.study = study;
        this.store = store;
        this.out = out;
        // Every row is checked before the first training.
        study.rows()
                .forEach(row ->
                        run(row.config(study.folds().get(0), study.seeds().get(0))));
    }

    /** Does the trainings that have not ended yet; those whose settings have validation clips do not look at the test. */
    public void train(Worker worker) throws Exception {
        for (Study.Row row : study.rows()) {
            for (int fold : study.folds()) {
                for (long seed : study.seeds()) {
                    TrainConfig config = row.config(fold, seed);
                    if (ended(row, fold, seed) == null) {
                        worker.train(run(config), config, folder(row, fold, seed));
                    }
                }
            }
        }
    }

    private TrainRun run(TrainConfig config) {
        TrainRun run = new TrainRun(store, config);
        return config.get(Settings.VALIDATE) ? run.withoutTest() : run;
    }

    private @Nullable StudyRun ended(Study.Row row, int fold, long seed) throws IOException {
        long parameters = run(row.config(fold, seed)).plan().totalParameters();
        return StudyRun.read(folder(row, fold, seed), parameters);
    }

    private Path folder(Study.Row row, int fold, long seed) {
        return out.resolve(row.folder()).resolve("fold-" + fold + "-seed-" + seed);
    }

    /** The rows, all of whose trainings have ended. */
    public List<StudyRow> rows() throws IOException {
        List<StudyRow> rows = new ArrayList<>();
        for (Study.Row row : study.rows()) {
            List<StudyRun> runs = new ArrayList<>();
            for (int fold : study.folds()) {
                for (long seed : study.seeds()) {
                    runs.add(Objects.requireNonNull(ended(row, fold, seed)));
                }
            }
            StudyRow.Difference difference = rows.isEmpty()
                    ? null
                    : StudyRow.Difference.of(runs, rows.get(0).runs());
            rows.add(new StudyRow(row.name(), row.changed(), runs, difference));
        }
        return rows;
    }
}
