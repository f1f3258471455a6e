package ttrnn.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import ttrnn.report.Dashboard;
import ttrnn.train.EpochMetrics;
import ttrnn.train.RunFolder;
import ttrnn.train.TensorBoardFiles;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainListener;

/** Options to watch a training by; they change nothing of its result. */
final class WatchOptions {
    @Option(
            names = "--dashboard",
            arity = "0..1",
            fallbackValue = "0",
            paramLabel = "PORT",
            description =
                    "Show the training as a page on this machine, at PORT or any port that is free; the address is told.")
    @Nullable
    Integer dashboard;

    @Option(names = "--tensorboard", description = "Write event files for TensorBoard too, to RUN/tensorboard.")
    boolean tensorboard;

    /** Listeners of one training, told one after the other. */
    static final class Watch implements TrainListener, AutoCloseable {
        private final TrainListener terminal;
        private final Output output;
        private final List<TrainListener> others = new ArrayList<>();

        private Watch(TrainListener terminal, Output output) {
            this.terminal = terminal;
            this.output = output;
        }

        @Override
        public void step(int epoch, int clips, double loss, double accuracy) {
            terminal.step(epoch, clips, loss, accuracy);
            others.forEach(other -> other.step(epoch, clips, loss, accuracy));
        }

        @Override
        public void epoch(EpochMetrics metrics) {
            terminal.epoch(metrics);
            others.forEach(other -> other.epoch(metrics));
        }

        @Override
        public void message(String line) {
            terminal.message(line);
            others.forEach(other -> other.message(line));
        }

        @Override
        public boolean stopRequested() {
            return terminal.stopRequested();
        }

        @Override
        public void close() {
            for (TrainListener other : others) {
                if (other instanceof Dashboard page) {
                    page.end("the training has ended");
                    page.close();
                }
                if (other instanceof TensorBoardFiles files) {
                    files.close();
                    if (!files.failure().isEmpty()) {
                        output.warning("files for TensorBoard are not complete: " + files.failure()
                                + "; make room and train again, or do without");
                    }
                }
            }
        }
    }

    void check() {
        if (dashboard != null && (dashboard < 0 || dashboard > 65535)) {
            throw CliException.usage("--dashboard", "must be a port from 0 to 65535, not " + dashboard);
        }
    }

    /** Begins to watch, beside the terminal. */
    Watch start(TrainListener terminal, RunFolder folder, TrainConfig config, int clips, Output output)
            throws IOException {
        Watch watch = new Watch(terminal, output);
        if (tensorboard) {
            watch.others.add(new TensorBoardFiles(folder.path(), clips, config.batchSize()));
        }
        if (dashboard != null) {
            Dashboard page;
            try {
                page = new Dashboard(
                        dashboard, config.model() + " · " + folder.path().getFileName(), config.epochs(), clips);
            } catch (IOException e) {
                watch.close();
                throw CliException.usage(
                        "--dashboard", "port " + dashboard + " cannot be had: " + e.getMessage() + "; name another");
            }
            watch.others.add(page);
            output.message("dashboard: " + page.url());
        }
        return watch;
    }
}
