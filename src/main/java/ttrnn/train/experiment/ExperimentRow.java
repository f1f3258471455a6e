package ttrnn.train.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.train.ModelType;

/**
 * A row of an experiment's table.
 *
 * @param accuracies on the test data, one a seed
 * @param mean of the accuracies
 * @param deviation of the accuracies (of a sample, divided by one less than their number); null for a single one
 * @param seconds mean of training and test
 * @param published the published accuracy
 */
public record ExperimentRow(
        ModelType model,
        FibonacciSettings settings,
        List<Double> accuracies,
        double mean,
        @Nullable Double deviation,
        double seconds,
        double published) {
    public ExperimentRow {
        accuracies = List.copyOf(accuracies);
    }

    static ExperimentRow of(
            ModelType model, FibonacciSettings settings, List<FibonacciExperiment.Score> scores, double published) {
        List<Double> accuracies =
                scores.stream().map(FibonacciExperiment.Score::accuracy).toList();
        double mean = mean(accuracies);
        double squares = 0;
        for (double accuracy : accuracies) {
            squares += (accuracy - mean) * (accuracy - mean);
        }
        Double deviation = accuracies.size() < 2 ? null : StrictMath.sqrt(squares / (accuracies.size() - 1));
        double seconds =
                mean(scores.stream().map(FibonacciExperiment.Score::seconds).toList());
        return new ExperimentRow(model, settings, accuracies, mean, deviation, seconds, published);
    }

    private static double mean(List<Double> values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.size();
    }
}
