package ttrnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import ttrnn.train.EpochMetrics;

/** The charts of a training, the same in the report and on the live page. */
final class Curves {
    private Curves() {}

    static String html(List<EpochMetrics> epochs) {
        List<Chart.Line> loss = new ArrayList<>(List.of(line("training", epochs, EpochMetrics::loss)));
        List<Chart.Line> accuracy = new ArrayList<>(List.of(line("training", epochs, EpochMetrics::accuracy)));
        if (epochs.stream().anyMatch(e -> e.validationLoss() != null)) {
            loss.add(line("validation", epochs, e -> Comparison.orNaN(e.validationLoss())));
            accuracy.add(line("validation", epochs, e -> Comparison.orNaN(e.validationAccuracy())));
        }
        String gates = epochs.stream().anyMatch(e -> e.gateSaturation() != null)
                ? Chart.ofShares(
                        "Saturated gates",
                        "epoch",
                        List.of(line("share", epochs, e -> Comparison.orNaN(e.gateSaturation()))))
                : "";
        return "<div class=\"charts\">" + Chart.of("Loss", "epoch", loss)
                + Chart.ofShares("Accuracy", "epoch", accuracy)
                + Chart.of("Learning rate", "epoch", List.of(line("rate", epochs, EpochMetrics::learningRate)))
                + Chart.of("Gradient norm", "epoch", List.of(line("mean", epochs, EpochMetrics::gradientNorm)))
                + gates
                + Chart.of("Seconds an epoch", "epoch", List.of(line("seconds", epochs, EpochMetrics::seconds)))
                + "</div>\n";
    }

    private static Chart.Line line(String name, List<EpochMetrics> epochs, ToDoubleFunction<EpochMetrics> value) {
        return new Chart.Line(name, epochs.stream().mapToDouble(value).toArray());
    }
}
