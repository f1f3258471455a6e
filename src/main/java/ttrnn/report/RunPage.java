package ttrnn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import ttrnn.train.EpochMetrics;
import ttrnn.train.Evaluation;

/**
 * A run as one page of HTML that needs nothing else: the numbers, the curves, the confusion matrix, and the answer for
 * each clip.
 *
 * @param title heading
 * @param classes names in the order of the model
 * @param epochs what each epoch was like
 * @param part what was judged, for example {@code test}
 * @param clips ids of the judged clips
 * @param evaluation the judgement
 * @param facts name and value of everything else worth a line
 */
public record RunPage(
        String title,
        List<String> classes,
        List<EpochMetrics> epochs,
        String part,
        List<String> clips,
        Evaluation evaluation,
        Map<String, String> facts) {
    /** The page. */
    public String html() {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + Html.escape(title) + "</title>\n<style>\n" + Html.STYLE + "</style></head><body>\n<h1>"
                + Html.escape(title) + "</h1>\n" + numbersSection() + chartsSection() + confusionSection()
                + answersSection() + factsSection()
                + "</body></html>\n";
    }

    private String numbersSection() {
        return "<div class=\"numbers\">"
                + number(percent(evaluation.accuracy()), part + " accuracy, " + evaluation.clips() + " clips")
                + number(percent(1.0 / classes.size()), "chance, " + classes.size() + " classes")
                + number(String.format(Locale.ROOT, "%.3f", evaluation.loss()), part + " loss") + "</div>\n";
    }

    private static String number(String value, String what) {
        return "<div><b>" + Html.escape(value) + "</b>" + Html.escape(what) + "</div>";
    }

    private String chartsSection() {
        List<Chart.Line> loss = new ArrayList<>(List.of(line("training", EpochMetrics::loss)));
        List<Chart.Line> accuracy = new ArrayList<>(List.of(line("training", EpochMetrics::accuracy)));
        if (epochs.stream().anyMatch(e -> e.validationLoss() != null)) {
            loss.add(line("validation", e -> orNaN(e.validationLoss())));
            accuracy.add(line("validation", e -> orNaN(e.validationAccuracy())));
        }
        return "<h2>Training</h2>\n<div class=\"charts\">" + Chart.of("Loss", "epoch", loss)
                + Chart.of("Accuracy", "epoch", accuracy)
                + Chart.of("Gradient norm", "epoch", List.of(line("mean", EpochMetrics::gradientNorm))) + "</div>\n";
    }

    private Chart.Line line(String name, ToDoubleFunction<EpochMetrics> value) {
        return new Chart.Line(name, epochs.stream().mapToDouble(value).toArray());
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private String confusionSection() {
        int[][] counts = evaluation.confusion(classes.size());
        List<String> header = new ArrayList<>(List.of("true \\ predicted"));
        header.addAll(classes);
        header.add("right");
        StringBuilder table =
                new StringBuilder("<h2>Confusion</h2>\n<div class=\"scroll\"><table>").append(Html.row("th", header));
        for (int i = 0; i < counts.length; i++) {
            int total = Arrays.stream(counts[i]).sum();
            table.append("<tr><th>").append(Html.escape(classes.get(i))).append("</th>");
            for (int j = 0; j < counts[i].length; j++) {
                int share = total == 0 ? 0 : 100 * counts[i][j] / total;
                table.append(String.format(
                        Locale.ROOT,
                        "<td%s style=\"background:color-mix(in srgb, var(--%s) %d%%, transparent)\">%d</td>",
                        i == j ? " class=\"right\"" : "",
                        i == j ? "a" : "b",
                        share / 2,
                        counts[i][j]));
            }
            table.append("<td>")
                    .append(total == 0 ? "–" : percent((double) counts[i][i] / total))
                    .append("</td></tr>\n");
        }
        return table + "</table></div>\n";
    }

    private String answersSection() {
        StringBuilder table = new StringBuilder("<h2>Clips</h2>\n<details><summary>Each " + Html.escape(part)
                        + " clip and its answer</summary><div class=\"scroll\"><table>")
                .append(Html.row("th", List.of("clip", "class", "answer", "probability")));
        for (int i = 0; i < clips.size(); i++) {
            int predicted = evaluation.predicted(i);
            table.append(Html.row(
                    "td",
                    List.of(
                            clips.get(i),
                            classes.get(evaluation.labels().get(i)),
                            classes.get(predicted),
                            percent(evaluation.probabilities().get(i)[predicted]))));
        }
        return table + "</table></div></details>\n";
    }

    private String factsSection() {
        StringBuilder table = new StringBuilder("<h2>Run</h2>\n<div class=\"scroll\"><table>");
        facts.forEach((name, value) -> table.append(Html.row("td", List.of(name, value))));
        return table + "</table></div>\n";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
