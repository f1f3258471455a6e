package ttrnn.train.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import ttrnn.train.CrossValidation;

/**
 * What the trainings of a row came to, each judged by the clips that it did not learn from.
 *
 * @param name of the row
 * @param changed its settings, as far as they are its own
 * @param runs fold by fold, and seed by seed in each
 * @param difference of the accuracies from those of the first row, run by run; null for that row itself
 */
public record StudyRow(
        String name,
        Map<String, Object> changed,
        List<StudyRun> runs,
        @Nullable Difference difference) {
    /**
     * A difference of means.
     *
     * @param mean of the differences
     * @param low lower end of the 95 % interval of the mean
     * @param high its upper end
     */
    public record Difference(double mean, double low, double high) {
        static Difference of(List<StudyRun> runs, List<StudyRun> first) {
            double[] differences = new double[runs.size()];
            for (int i = 0; i < differences.length; i++) {
                differences[i] = runs.get(i).accuracy() - first.get(i).accuracy();
            }
            double half = CrossValidation.halfInterval(differences);
            double mean = StudyRow.mean(differences);
            return new Difference(mean, mean - half, mean + half);
        }
    }

    public StudyRow {
        runs = List.copyOf(runs);
    }

    private static double mean(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Mean over the runs of one of their numbers. */
    public double mean(ToDoubleFunction<StudyRun> number) {
        return mean(runs.stream().mapToDouble(number).toArray());
    }

    /** The fields by name. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("changed", changed);
        map.put("mean", mean(StudyRun::accuracy));
        map.put(
                "difference",
                difference == null ? null : List.of(difference.mean(), difference.low(), difference.high()));
        map.put("trainingAccuracy", mean(StudyRun::trainingAccuracy));
        map.put("gateSaturationFirst", orNull(mean(StudyRun::saturationFirst)));
        map.put("gateSaturationLast", orNull(mean(StudyRun::saturationLast)));
        map.put("gradientNormFirst", mean(StudyRun::gradientFirst));
        map.put("gradientNormLast", mean(StudyRun::gradientLast));
        map.put("parameters", runs.get(0).parameters());
        map.put("secondsPerEpoch", mean(StudyRun::secondsPerEpoch));
        map.put("heapBytes", (long) mean(StudyRun::heapBytes));
        map.put("accuracies", runs.stream().map(StudyRun::accuracy).toList());
        return map;
    }

    static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
