package ttrnn.train.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ttrnn.kernel.Parallel;
import ttrnn.nn.Classifier;
import ttrnn.train.ModelType;
import ttrnn.train.Models;
import ttrnn.train.Settings;

class FibonacciExperimentTest {
    private static final int THREADS = Parallel.threads();
    private static final double CHANCE = 0.25;

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(THREADS);
    }

    @Test
    void fewEpochsBeatChanceWhateverTheThreads() {
        FibonacciExperiment experiment = new FibonacciExperiment(
                List.of(ModelType.GRU, ModelType.TT_GRU), List.of(FibonacciSettings.AS_PUBLISHED), List.of(0L, 7L), 1);
        List<List<Double>> accuracies = new ArrayList<>();
        for (int threads = 1; threads <= 3; threads++) {
            Parallel.setThreads(threads);
            List<Integer> epochs = Collections.synchronizedList(new ArrayList<>());
            List<ExperimentRow> table = experiment.run(new FibonacciExperiment.Listener() {
                @Override
                public void epoch(ModelType model, FibonacciSettings settings, long seed) {
                    epochs.add(1);
                }
            });
            assertThat(epochs).hasSize(4);
            assertThat(experiment.epochs()).isEqualTo(4);
            assertThat(table).extracting(ExperimentRow::model).containsExactly(ModelType.GRU, ModelType.TT_GRU);
            accuracies.add(
                    table.stream().flatMap(row -> row.accuracies().stream()).toList());
        }
        assertThat(accuracies.get(0))
                .allSatisfy(accuracy -> assertThat(accuracy).isBetween(CHANCE + 0.1, 1.0));
        assertThat(accuracies.get(1)).isEqualTo(accuracies.get(0));
        assertThat(accuracies.get(2)).isEqualTo(accuracies.get(0));
    }

    @Test
    void aRowHasMeanAndDeviationOfASample() {
        List<FibonacciExperiment.Score> scores = List.of(
                new FibonacciExperiment.Score(0.5, 1),
                new FibonacciExperiment.Score(0.75, 2),
                new FibonacciExperiment.Score(1, 6));
        ExperimentRow row = ExperimentRow.of(ModelType.GRU, FibonacciSettings.TTRNN, scores, 0.893);
        assertThat(row.mean()).isEqualTo(0.75);
        assertThat(row.deviation()).isEqualTo(0.25, within(1e-12));
        assertThat(row.seconds()).isEqualTo(3);
        ExperimentRow single = ExperimentRow.of(ModelType.GRU, FibonacciSettings.TTRNN, scores.subList(0, 1), 0.893);
        assertThat(single.deviation()).isNull();
    }

    @ParameterizedTest
    @EnumSource(FibonacciSettings.class)
    void theModelsHaveThePublishedSizes(FibonacciSettings settings) {
        List<Long> inputs = new ArrayList<>();
        for (ModelType model : FibonacciExperiment.MODELS) {
            Classifier classifier = Models.create(settings.config(model).with(Settings.SEED, 1L), 4);
            inputs.add(classifier.parameters().stream()
                    .filter(p -> p.name().startsWith("rnn.core.") || p.name().equals("rnn.kernel"))
                    .mapToLong(p -> p.value().size())
                    .sum());
            assertThat(settings.config(model).epochs()).isEqualTo(101);
            assertThat(settings.config(model).batchSize()).isEqualTo(16);
        }
        assertThat(inputs).containsExactly(32768L, 1152L, 98304L, 1920L, 131072L, 2304L);
    }

    @Test
    void onlyThePublishedTtGruSeesAllOfItsInputs() {
        for (ModelType model : FibonacciExperiment.MODELS) {
            assertThat(FibonacciSettings.AS_PUBLISHED.config(model).get(Settings.DROPOUT))
                    .as("%s", model)
                    .isEqualTo(model == ModelType.TT_GRU ? 0 : 0.25);
        }
    }

    @Test
    void messagesSayWhatIsWrong() {
        List<FibonacciSettings> settings = List.of(FibonacciSettings.values());
        assertThatThrownBy(() -> new FibonacciExperiment(List.of(ModelType.TT_MLP), settings, List.of(0L)))
                .hasMessage("experiment: model must be one of [rnn, tt-rnn, gru, tt-gru, lstm, tt-lstm], got tt-mlp");
        assertThatThrownBy(() -> new FibonacciExperiment(FibonacciExperiment.MODELS, settings, List.of()))
                .hasMessage("experiment: at least one seed is needed");
        assertThatThrownBy(() -> new FibonacciExperiment(FibonacciExperiment.MODELS, settings, List.of(0L), 0))
                .hasMessage("experiment: at least one epoch is needed, got 0");
    }
}
