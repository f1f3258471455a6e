package ttrnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import ttrnn.io.EventFile;

/**
 * Writes a training's numbers as TensorBoard reads them: {@code RUN/tensorboard/events.out.tfevents.SECONDS.ttrnn}, a number
 * of each step and each epoch. A run that goes on adds a file. A disk that is full does not end the training.
 */
public final class TensorBoardFiles implements TrainListener, AutoCloseable {
    /** Written in one go; a step a second is seen after half a minute. */
    private static final int STEPS_BETWEEN_FLUSHES = 32;

    private final EventFile file;
    private final int stepsPerEpoch;
    private final int batchSize;
    private String failure = "";
    private int unflushed;

    /** Begins a file in the folder of a run. */
    public TensorBoardFiles(Path run, int clips, int batchSize) throws IOException {
        Path folder = Files.createDirectories(run.resolve("tensorboard"));
        double now = seconds();
        this.file = new EventFile(folder.resolve("events.out.tfevents." + (long) now + ".ttrnn"), now);
        this.batchSize = batchSize;
        this.stepsPerEpoch = (clips + batchSize - 1) / batchSize;
    }

    private static double seconds() {
        return System.currentTimeMillis() / 1000.0;
    }

    @Override
    public void step(int epoch, int clips, double loss, double accuracy) {
        long step = (long) (epoch - 1) * stepsPerEpoch + (clips + batchSize - 1) / batchSize;
        write("step/loss", step, loss);
        if (++unflushed >= STEPS_BETWEEN_FLUSHES) {
            flush();
        }
    }

    @Override
    public void epoch(EpochMetrics metrics) {
        metrics.toMap().forEach((name, value) -> {
            if (value instanceof Double number) {
                boolean judged = name.startsWith("validation");
                write(
                        judged
                                ? "validation/"
                                        + name.substring("validation".length()).toLowerCase(Locale.ROOT)
                                : "train/" + name,
                        metrics.epoch(),
                        number);
            }
        });
        flush();
    }

    private void write(String tag, long step, double value) {
        if (failure.isEmpty()) {
            try {
                file.scalar(tag, step, seconds(), value);
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
            }
        }
    }

    private void flush() {
        unflushed = 0;
        if (failure.isEmpty()) {
            try {
                file.flush();
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
            }
        }
    }

    /** Why nothing more could be written; empty if all was. */
    public String failure() {
        return failure;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            failure = failure.isEmpty() ? String.valueOf(e.getMessage()) : failure;
        }
    }
}
