package ttrnn.train.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ttrnn.kernel.Parallel;
import ttrnn.nn.Classifier;
import ttrnn.train.Augmentation;
import ttrnn.train.EpochMetrics;
import ttrnn.train.Evaluation;
import ttrnn.train.ModelType;
import ttrnn.train.Models;
import ttrnn.train.Settings;
import ttrnn.train.TrainConfig;
import ttrnn.train.TrainListener;
import ttrnn.train.Trainer;

/**
 * The authors' Experiment_FiboClass: six models that learn to tell pieces of number sequences apart, see {@link
 * FibonacciData}. A model is judged once, after its last epoch. Source: the code of Yang, Krompass and Tresp 2017, whose
 * results, one run each, are {@link #PUBLISHED}.
 */
public final class FibonacciExperiment {
    /** Published accuracy on the test pieces. */
    private static final Map<ModelType, Double> PUBLISHED = Map.of(
            ModelType.RNN, 0.629,
            ModelType.TT_RNN, 0.765,
            ModelType.GRU, 0.893,
            ModelType.TT_GRU, 0.975,
            ModelType.LSTM, 0.925,
            ModelType.TT_LSTM, 0.935);

    /** The models in the order of the published table. */
    public static final List<ModelType> MODELS = List.of(
            ModelType.RNN, ModelType.TT_RNN, ModelType.GRU, ModelType.TT_GRU, ModelType.LSTM, ModelType.TT_LSTM);

    private static final Augmentation NONE = new Augmentation(0, 0, 1, 1);

    private final List<ModelType> models;
    private final List<FibonacciSettings> settings;
    private final List<Long> seeds;
    private final int epochs;

    /** Watches an experiment; may be called by several threads at once. */
    public interface Listener {
        /** A model has done one more epoch. */
        default void epoch(ModelType model, FibonacciSettings settings, long seed) {}

        /** A model was judged. */
        default void judged(ModelType model, FibonacciSettings settings, long seed, Score score) {}
    }

    /**
     * What one model came to.
     *
     * @param accuracy on the test pieces
     * @param seconds of its training and its test
     */
    public record Score(double accuracy, double seconds) {}

    /** An experiment that trains each model with each of the settings and seeds for the published 101 epochs. */
    public FibonacciExperiment(List<ModelType> models, List<FibonacciSettings> settings, List<Long> seeds) {
        this(models, settings, seeds, FibonacciSettings.EPOCHS);
    }

    /** The same with another number of epochs. */
    public FibonacciExperiment(List<ModelType> models, List<FibonacciSettings> settings, List<Long> seeds, int epochs) {
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("experiment: at least one seed is needed");
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("experiment: at least one epoch is needed, got " + epochs);
        }
        for (ModelType model : models) {
            published(model);
        }
        this.models = List.copyOf(models);
        this.settings = List.copyOf(settings);
        this.seeds = List.copyOf(seeds);
        this.epochs = epochs;
    }

    /** The published accuracy of a model. */
    public static double published(ModelType model) {
        Double accuracy = PUBLISHED.get(model);
        if (accuracy == null) {
            throw new IllegalArgumentException("experiment: model must be one of " + MODELS + ", got " + model);
        }
        return accuracy;
    }

    /** Epochs of all models together. */
    public long epochs() {
        return (long) models.size() * settings.size() * seeds.size() * epochs;
    }

    /**
     * Trains and judges all models, several at once, and returns a row for each model and settings. Each run is a function of
     * its model, settings and seed alone.
     */
    public List<ExperimentRow> run(Listener listener) {
        List<FibonacciData> data = seeds.stream().map(FibonacciData::of).toList();
        int rows = models.size() * settings.size();
        Score[] scores = new Score[rows * seeds.size()];
        Parallel.forEach(scores.length, n -> {
            ModelType model = models.get(n / seeds.size() / settings.size());
            FibonacciSettings chosen = settings.get(n / seeds.size() % settings.size());
            long seed = seeds.get(n % seeds.size());
            TrainConfig config =
                    chosen.config(model).with(Settings.EPOCHS, epochs).with(Settings.SEED, seed);
            scores[n] = score(config, data.get(n % seeds.size()), () -> listener.epoch(model, chosen, seed));
            listener.judged(model, chosen, seed, scores[n]);
        });
        List<ExperimentRow> table = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            ModelType model = models.get(row / settings.size());
            List<Score> own = List.of(scores).subList(row * seeds.size(), (row + 1) * seeds.size());
            table.add(ExperimentRow.of(model, settings.get(row % settings.size()), own, published(model)));
        }
        return table;
    }

    /** Trains a model of any configuration on the data, and judges it. */
    public static Score score(TrainConfig config, FibonacciData data, Runnable epochEnded) {
        long start = System.nanoTime();
        Classifier model = Models.create(config, NumberSequence.values().length);
        TrainListener listener = new TrainListener() {
            @Override
            public void epoch(EpochMetrics metrics) {
                epochEnded.run();
            }
        };
        new Trainer(config, model, data.training(), List.of(), NONE, listener).run();
        double accuracy = Evaluation.of(model, data.test(), config.inputScale()).accuracy();
        return new Score(accuracy, (System.nanoTime() - start) / 1e9);
    }
}
