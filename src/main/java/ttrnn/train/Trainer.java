package ttrnn.train;

import java.util.ArrayList;
import java.util.List;
import ttrnn.autograd.Elementwise;
import ttrnn.autograd.Gradients;
import ttrnn.autograd.Losses;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.nn.Classifier;
import ttrnn.nn.DropoutMasks;
import ttrnn.nn.FrameRows;
import ttrnn.nn.Parameter;
import ttrnn.nn.optim.GradientClipping;
import ttrnn.nn.optim.Optimizer;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;

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
    }

    private final TrainConfig config;
    private final Classifier model;
    private final List<Example> training;
    private final List<Example> validation;
    private final Augmentation augmentation;
    private final TrainListener listener;
    private final List<Parameter> parameters;
    private final Optimizer optimizer;
    private final LearningRate rate;
    private final Rng rng;
    private final int stepsPerEpoch;
    private int steps;

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
        if (training.isEmpty()) {
            throw new IllegalArgumentException("training: there are no clips to train on");
        }
        this.config = config;
        this.model = model;
        this.training = List.copyOf(training);
        this.validation = List.copyOf(validation);
        this.augmentation = augmentation;
        this.listener = listener;
        this.parameters = model.parameters();
        this.optimizer = config.get(Settings.OPTIMIZER).create(parameters, config.optimizerSettings());
        this.rng = new Rng(config.seed());
        this.stepsPerEpoch = (training.size() + config.batchSize() - 1) / config.batchSize();
        this.rate = new LearningRate(
                config.get(Settings.LEARNING_RATE), config.scheduleSettings(), stepsPerEpoch, config.epochs());
    }

    /** Runs all epochs, or as many as the listener lets. */
    public Result run() {
        List<EpochMetrics> epochs = new ArrayList<>();
        Best best = new Best();
        for (int epoch = 1; epoch <= config.epochs(); epoch++) {
            long start = System.nanoTime();
            Sums sums = new Sums();
            for (List<Example> batch : batches(epoch)) {
                step(epoch, batch, sums);
                if (listener.stopRequested()) {
                    return new Result(epochs, epoch, false);
                }
            }
            EpochMetrics metrics = metrics(epoch, sums, start);
            epochs.add(metrics);
            Double judged = metrics.validationLoss();
            rate.epochEnded(judged == null ? metrics.loss() : judged);
            best.offer(metrics);
            listener.epoch(metrics);
        }
        return new Result(epochs, best.restore(), true);
    }

    private void step(int epoch, List<Example> batch, Sums sums) {
        Tape tape = Tape.recording();
        FrameRows rows = new FrameRows(
                batch.stream().map(example -> augmented(epoch, example)).toList(), (float) config.inputScale());
        int[] labels = batch.stream().mapToInt(Example::label).toArray();
        Variable scores = model.scores(tape, rows, dropout(epoch, batch));
        Variable crossEntropy = Losses.crossEntropy(scores, labels, 1f / batch.size());
        Gradients gradients = tape.backward(objective(tape, crossEntropy));
        double loss = crossEntropy.value().item();
        if (config.get(Settings.CLIP_VALUE) > 0) {
            GradientClipping.clipValue(parameters, gradients, config.get(Settings.CLIP_VALUE));
        }
        double norm = config.get(Settings.CLIP_NORM) > 0
                ? GradientClipping.clipNorm(parameters, gradients, config.get(Settings.CLIP_NORM))
                : GradientClipping.norm(parameters, gradients);
        if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
            throw new TrainException("training: the " + (Double.isFinite(loss) ? "gradient" : "loss")
                    + " is no longer finite in epoch " + epoch + ", step " + (steps + 1)
                    + "; lower the learning rate or limit the gradient with clip-norm");
        }
        optimizer.step(gradients, rate.at(steps));
        steps++;
        sums.add(batch.size(), loss, norm, right(scores, labels));
        listener.step(epoch, sums.clips, loss);
    }

    private Variable objective(Tape tape, Variable crossEntropy) {
        double l2 = config.get(Settings.L2);
        if (l2 == 0) {
            return crossEntropy;
        }
        Variable squares = Reductions.sumOfSquares(tape.leaf(model.head().weight()));
        return Elementwise.add(crossEntropy, Elementwise.scale(squares, (float) l2));
    }

    /** The clips of an epoch in their order, cut into batches. */
    private List<List<Example>> batches(int epoch) {
        List<Example> ordered = training;
        if (config.get(Settings.SHUFFLE)) {
            int[] order = rng.split("order").split(epoch).permutation(training.size());
            ordered = new ArrayList<>();
            for (int index : order) {
                ordered.add(training.get(index));
            }
        }
        List<List<Example>> batches = new ArrayList<>();
        for (int from = 0; from < ordered.size(); from += config.batchSize()) {
            batches.add(ordered.subList(from, Math.min(from + config.batchSize(), ordered.size())));
        }
        return batches;
    }

    private FrameSequence augmented(int epoch, Example example) {
        Rng own = rng.split("augmentation").split(epoch).split(example.id());
        return augmentation.apply(example.frames(), own);
    }

    private DropoutMasks dropout(int epoch, List<Example> batch) {
        Rng ofEpoch = rng.split("dropout").split(epoch);
        return new DropoutMasks(
                batch.stream().map(example -> ofEpoch.split(example.id())).toList());
    }

    private EpochMetrics metrics(int epoch, Sums sums, long start) {
        Evaluation judged = validation.isEmpty() ? null : Evaluation.of(model, validation, config.inputScale());
        return new EpochMetrics(
                epoch,
                rate.at(steps - 1),
                sums.loss / sums.clips,
                (double) sums.right / sums.clips,
                sums.norm / stepsPerEpoch,
                judged == null ? null : judged.loss(),
                judged == null ? null : judged.accuracy(),
                (System.nanoTime() - start) / 1e9);
    }

    private static int right(Variable scores, int[] labels) {
        int classes = scores.shape().dimension(1);
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            float[] row = new float[classes];
            System.arraycopy(scores.data(), i * classes, row, 0, classes);
            right += Evaluation.best(row) == labels[i] ? 1 : 0;
        }
        return right;
    }

    private static final class Sums {
        private int clips;
        private double loss;
        private double norm;
        private int right;

        void add(int batch, double meanLoss, double gradientNorm, int rightOnes) {
            clips += batch;
            loss += meanLoss * batch;
            norm += gradientNorm;
            right += rightOnes;
        }
    }

    /** The weights that did best in validation: by accuracy, then by loss, then the later ones. */
    private final class Best {
        private int epoch;
        private double accuracy = -1;
        private double loss = Double.POSITIVE_INFINITY;
        private List<float[]> weights = List.of();

        void offer(EpochMetrics metrics) {
            Double itsAccuracy = metrics.validationAccuracy();
            Double itsLoss = metrics.validationLoss();
            if (itsAccuracy == null || itsLoss == null) {
                epoch = metrics.epoch();
                return;
            }
            if (itsAccuracy > accuracy || (itsAccuracy == accuracy && itsLoss <= loss)) {
                epoch = metrics.epoch();
                accuracy = itsAccuracy;
                loss = itsLoss;
                weights = parameters.stream().map(p -> p.value().data().clone()).toList();
            }
        }

        /** Puts the best weights back into the model and returns their epoch. */
        int restore() {
            for (int i = 0; i < weights.size(); i++) {
                float[] current = parameters.get(i).value().data();
                System.arraycopy(weights.get(i), 0, current, 0, current.length);
            }
            return epoch;
        }
    }
}
