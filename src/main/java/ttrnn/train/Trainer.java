package ttrnn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ttrnn.autograd.Gradients;
import ttrnn.nn.Classifier;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Tensor;

/**
 * Trains a model on clips: batches in a seeded order, an optimiser on mean cross-entropy plus the head's L2, and, where there are
 * validation clips, the weights of the epoch that did best on them. The result is a function of the configuration and the
 * clips alone.
 */
public final class Trainer {
    /**
     * How a training ended.
     *
     * @param epochs what each epoch was like
     * @param bestEpoch the epoch whose weights the model has now, from 1
     * @param complete whether all epochs were run
     */
    public record Result(List<EpochMetrics> epochs, int bestEpoch, boolean complete) {
        public Result {
            epochs = List.copyOf(epochs);
        }

        /** The median. */
        public double secondsPerEpoch() {
            double[] seconds =
                    epochs.stream().mapToDouble(EpochMetrics::seconds).sorted().toArray();
            return seconds.length == 0 ? 0 : seconds[seconds.length / 2];
        }
    }

    private final TrainConfig config;
    private final Classifier model;
    private final List<Example> training;
    private final List<Example> validation;
    private final TrainListener listener;
    private final Keeper keeper;
    private final ClipWork work;
    private final List<Parameter> parameters;
    private final Descent descent;
    private final int stepsPerEpoch;

    /** Held while anything below or a weight changes, and while a checkpoint is made of them. */
    private final Object state = new Object();

    private int epoch = 1;
    private int step;
    private int steps;
    private Sums sums = Sums.ZERO;
    private final List<EpochMetrics> epochs = new ArrayList<>();
    private Best best = Best.NONE;
    /** Whether the weights are those of no step any more: put back to the best, or not finite. */
    private boolean over;
    /** Whether all epochs were run, so that there is nothing more to save. */
    private boolean complete;

    private long epochStart;

    /**
     * A trainer that changes {@code model} in place.
     *
     * @param augmentation what changes the training clips from epoch to epoch
     * @param validation may be empty: then the last weights count
     */
    public Trainer(
            TrainConfig config,
            Classifier model,
            List<Example> training,
            List<Example> validation,
            Augmentation augmentation,
            TrainListener listener) {
        this(config, model, training, validation, augmentation, listener, (occasion, checkpoint) -> {});
    }

    Trainer(
            TrainConfig config,
            Classifier model,
            List<Example> training,
            List<Example> validation,
            Augmentation augmentation,
            TrainListener listener,
            Keeper keeper) {
        this(config, model, training, validation, new LocalWork(config, model, augmentation), listener, keeper);
    }

    Trainer(
            TrainConfig config,
            Classifier model,
            List<Example> training,
            List<Example> validation,
            ClipWork work,
            TrainListener listener,
            Keeper keeper) {
        if (training.isEmpty()) {
            throw new IllegalArgumentException("training: there are no clips to train on");
        }
        if (validation.isEmpty() && config.get(Settings.PATIENCE) > 0) {
            throw new IllegalArgumentException("patience: there are no validation clips to be patient about; hold"
                    + " groups out with validationGroups, or set patience to 0");
        }
        this.config = config;
        this.model = model;
        this.training = List.copyOf(training);
        this.validation = List.copyOf(validation);
        this.work = work;
        this.listener = listener;
        this.keeper = keeper;
        this.parameters = model.parameters();
        this.stepsPerEpoch = (training.size() + config.batchSize() - 1) / config.batchSize();
        this.descent = new Descent(config, model, stepsPerEpoch);
    }

    /** Goes on from there; to be called before {@link #run}. */
    void restore(Checkpoint from) {
        synchronized (state) {
            Checkpoint.restore("model's", from.weights(), parameters);
            descent.restore(from);
            epoch = from.epoch();
            step = Math.min(from.step(), stepsPerEpoch);
            steps = from.steps();
            sums = from.sums();
            epochs.clear();
            epochs.addAll(from.epochs());
            best = from.best();
        }
    }

    private Checkpoint checkpoint() {
        Map<String, Tensor> weights = new TreeMap<>();
        parameters.forEach(parameter -> weights.put(parameter.name(), parameter.value()));
        Sums soFar = step == 0 ? sums : sums.withSeconds(secondsOfEpoch());
        return new Checkpoint(
                epoch,
                step,
                steps,
                soFar,
                descent.factor(),
                descent.rateState(),
                epochs,
                best,
                weights,
                descent.optimizerState());
    }

    /** Runs all epochs, or as many as the listener lets. */
    public Result run() {
        try (ReadAhead ahead = new ReadAhead()) {
            return run(ahead);
        }
    }

    private Result run(ReadAhead ahead) {
        if (steps == 0) {
            offer(Keeper.Occasion.BEGIN);
        }
        while (epoch <= config.epochs() && !outOfPatience()) {
            epochStart = System.nanoTime();
            List<List<Example>> batches = Draw.batches(config, training, epoch);
            while (step < batches.size()) {
                if (step + 1 < batches.size()) {
                    ahead.of(batches.get(step + 1));
                }
                step(batches.get(step));
                if (listener.stopRequested()) {
                    return stopped();
                }
                offer(Keeper.Occasion.STEP);
            }
            endEpoch();
            if (listener.stopRequested()) {
                return stopped();
            }
        }
        synchronized (state) {
            over = true;
            complete = true;
            best.restore(parameters);
        }
        return new Result(epochs, best.epoch(), true);
    }

    private Result stopped() {
        offer(Keeper.Occasion.STOP);
        return new Result(epochs, best.epoch(), false);
    }

    private void offer(Keeper.Occasion occasion) {
        synchronized (state) {
            keeper.offer(occasion, this::checkpoint);
        }
    }

    /**
     * For another thread that cannot wait for the step to end: offers the state before the step, then does {@code end}
     * before the training can go on. When all epochs were run there is nothing more to save; does nothing if the training
     * is about to fail.
     */
    void stopInMidStep(Runnable end) {
        synchronized (state) {
            if (!over) {
                keeper.offer(Keeper.Occasion.STOP, this::checkpoint);
            }
            if (!over || complete) {
                end.run();
            }
        }
    }

    /** For example {@code epoch 3, step 12 of 40}: the step that was made last. */
    String position() {
        return complete ? "the last epoch" : "epoch " + epoch + ", step " + step + " of " + stepsPerEpoch;
    }

    private boolean outOfPatience() {
        int patience = config.get(Settings.PATIENCE);
        return patience > 0 && epochs.size() - best.epoch() >= patience;
    }

    private void step(List<Example> batch) {
        StepGradients part = work.gradients(epoch, batch);
        Gradients gradients = part.gradients();
        double loss = part.loss();
        double norm = descent.complete(gradients);
        String bad = NonFinite.of(loss, norm, parameters, gradients);
        if (bad != null && config.get(Settings.ON_NON_FINITE) == NonFinite.STOP) {
            offer(Keeper.Occasion.STOP);
            throw notFinite(bad);
        }
        synchronized (state) {
            if (bad == null) {
                move(gradients);
                sums = sums.plus(batch.size(), loss, norm, part.saturation(), part.right());
            } else if (config.get(Settings.ON_NON_FINITE) == NonFinite.HALVE_RATE) {
                descent.halveRate();
            }
            step++;
            steps++;
        }
        if (bad != null) {
            listener.message(bad + " is not finite in epoch " + epoch + ", step " + steps + ": the step is left out"
                    + (descent.factor() < 1
                            ? ", the learning rate is now " + descent.factor() + " of what it was"
                            : ""));
        }
        listener.step(
                epoch,
                Math.min(step * config.batchSize(), training.size()),
                loss,
                (double) sums.right() / sums.clips());
    }

    private void move(Gradients gradients) {
        descent.move(gradients, steps);
        String bad = NonFinite.of(parameters);
        if (bad != null) {
            over = true;
            throw notFinite(bad);
        }
    }

    private TrainException notFinite(String what) {
        boolean many = what.startsWith("the weights");
        return new TrainException("training: " + what + (many ? " are" : " is") + " no longer finite in epoch " + epoch
                + ", step " + (steps + 1) + "; lower the learning rate or limit the gradient with clip-norm");
    }

    private void endEpoch() {
        if (sums.steps() == 0) {
            throw new TrainException(
                    "training: no step of epoch " + epoch + " had a finite loss and gradient; lower the learning rate");
        }
        EpochMetrics metrics = metrics();
        synchronized (state) {
            epochs.add(metrics);
            Double judged = metrics.validationLoss();
            descent.epochEnded(judged == null ? metrics.loss() : judged);
            best = best.or(metrics, parameters);
            epoch++;
            step = 0;
            sums = Sums.ZERO;
        }
        listener.epoch(metrics);
        offer(Keeper.Occasion.EPOCH);
    }

    private double secondsOfEpoch() {
        return sums.seconds() + (System.nanoTime() - epochStart) / 1e9;
    }

    private EpochMetrics metrics() {
        Evaluation judged = validation.isEmpty() ? null : Evaluation.of(work, model, validation);
        return new EpochMetrics(
                epoch,
                descent.rate(steps - 1),
                sums.loss() / sums.clips(),
                (double) sums.right() / sums.clips(),
                sums.norm() / sums.steps(),
                judged == null ? null : judged.loss(),
                judged == null ? null : judged.accuracy(),
                secondsOfEpoch(),
                Double.isNaN(sums.saturation()) ? null : (Double) (sums.saturation() / sums.steps()));
    }
}
