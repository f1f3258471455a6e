package ttrnn.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of a run while it goes on. A file that cannot be written now is no reason to end a training: a message
 * says so, and the next time may do better. Only the states to begin and to end with have to be written.
 */
final class RunKeeper implements Keeper, TrainListener {
    private final RunFolder folder;
    private final RunOptions options;
    private final Origin origin;
    private final String started;
    private final ModelFile model;
    private final StoreWatch watch;
    private final TrainListener listener;
    private final List<EpochMetrics> epochs;
    private long lastNanos = System.nanoTime();
    private int stepsSince;
    private int bestEpoch;
    private int steps;

    /**
     * A keeper of a run.
     *
     * @param model whose weights are being trained
     * @param watch looks at the clips after each epoch
     * @param earlier the state to go on from, null at a begin
     */
    RunKeeper(
            RunFolder folder,
            RunOptions options,
            Origin origin,
            String started,
            ModelFile model,
            StoreWatch watch,
            @Nullable Checkpoint earlier,
            TrainListener listener) {
        this.folder = folder;
        this.options = options;
        this.origin = origin;
        this.started = started;
        this.model = model;
        this.watch = watch;
        this.listener = listener;
        this.epochs = new ArrayList<>(earlier == null ? List.of() : earlier.epochs());
        this.bestEpoch = earlier == null ? 0 : earlier.best().epoch();
        this.steps = earlier == null ? 0 : earlier.steps();
    }

    @Override
    public void offer(Occasion occasion, Supplier<Checkpoint> state) {
        if (occasion == Occasion.STEP && !due()) {
            return;
        }
        if (occasion == Occasion.EPOCH) {
            watch.check();
        }
        Checkpoint checkpoint = state.get();
        lastNanos = System.nanoTime();
        stepsSince = 0;
        steps = checkpoint.steps();
        try {
            folder.checkpoints().write(new CheckpointFile(checkpoint, origin, started), options.keptCheckpoints());
            if (occasion == Occasion.EPOCH && isNew(checkpoint.best())) {
                // These are the weights of the best epoch: it is the one that has just ended.
                model.write(folder.checkpoints().best());
                bestEpoch = checkpoint.best().epoch();
            }
        } catch (IOException e) {
            if (occasion == Occasion.STOP || occasion == Occasion.BEGIN) {
                throw new UncheckedIOException(new IOException("the state could not be saved: " + e.getMessage(), e));
            }
            listener.message("a checkpoint could not be written, the training goes on without: " + e.getMessage());
        }
    }

    /** Steps of the training behind the newest state that was offered. */
    int steps() {
        return steps;
    }

    private boolean isNew(Best best) {
        return best.epoch() > bestEpoch && !best.weights().isEmpty();
    }

    private boolean due() {
        stepsSince++;
        return (options.checkpointSteps() > 0 && stepsSince >= options.checkpointSteps())
                || (options.checkpointMinutes() > 0
                        && System.nanoTime() - lastNanos >= options.checkpointMinutes() * 60e9);
    }

    @Override
    public void step(int epoch, int clips, double loss, double accuracy) {
        listener.step(epoch, clips, loss, accuracy);
    }

    @Override
    public void epoch(EpochMetrics metrics) {
        epochs.add(metrics);
        try {
            folder.writeEpochs(epochs);
        } catch (IOException e) {
            listener.message("the metrics could not be written, the training goes on: " + e.getMessage());
        }
        listener.epoch(metrics);
    }

    @Override
    public void message(String line) {
        listener.message(line);
    }

    @Override
    public boolean stopRequested() {
        return listener.stopRequested();
    }
}
