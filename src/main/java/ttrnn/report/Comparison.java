package ttrnn.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import ttrnn.train.EpochMetrics;

/** Runs side by side: a table that sorts, and their curves in one chart. */
final class Comparison {
    private static final String[][] COLUMNS = {
        {"run", "run"},
        {"model", "model"},
        {"parameters", "weights"},
        {"heapBytes", "memory"},
        {"secondsPerEpoch", "s/epoch"},
        {"secondsPer100Epochs", "100 epochs"},
        {"epochs", "epochs"},
        {"bestEpoch", "best epoch"},
        {"trainAccuracy", "training"},
        {"validationAccuracy", "validation"},
        {"testAccuracy", "test"}
    };

    private Comparison() {}

    /** A row a run; what is not known is null. */
    static List<Map<String, @Nullable Object>> rows(List<RunData> runs) throws IOException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RunData run : runs) {
            double seconds = run.secondsPerEpoch();
            double used = run.resource("heapBytesAfterCollection");
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("run", run.name());
            row.put("model", run.config().toString());
            row.put("parameters", known(run.parameters()));
            // A short training may end before the first collection: then the peak is all that is known.
            row.put("heapBytes", known(used > 0 ? used : run.resource("heapBytesPeak")));
            row.put("secondsPerEpoch", seconds);
            row.put("secondsPer100Epochs", 100 * seconds);
            row.put("epochs", run.epochs().size());
            row.put("bestEpoch", run.bestEpoch());
            row.put("trainAccuracy", known(run.accuracy("train")));
            row.put("validationAccuracy", known(run.accuracy("validation")));
            row.put("testAccuracy", known(run.accuracy("test")));
            rows.add(row);
        }
        return rows;
    }

    private static @Nullable Object known(double value) {
        if (Double.isNaN(value)) {
            return null;
        }
        return value == Math.rint(value) && value > 1 ? (Object) (long) value : (Object) value;
    }

    static String html(List<RunData> runs) throws IOException {
        StringBuilder html = new StringBuilder(
                "<h2>Comparison</h2>\n<div class=\"scroll\"><table class=\"sortable\">" + "<thead><tr>");
        for (String[] column : COLUMNS) {
            html.append(column[0].equals("model") ? "<th class=\"text\"" : "<th")
                    .append(" scope=\"col\"><button type=\"button\">")
                    .append(Html.escape(column[1]));
            html.append("</button></th>");
        }
        html.append("</tr></thead><tbody>\n");
        List<Map<String, @Nullable Object>> rows = rows(runs);
        for (int n = 0; n < rows.size(); n++) {
            html.append("<tr>");
            for (String[] column : COLUMNS) {
                Object value = rows.get(n).get(column[0]);
                String text = text(column[0], value);
                html.append(
                        value == null ? "<td class=\"none\"" : value instanceof String ? "<td class=\"text\"" : "<td");
                html.append(" data-value=\"").append(value == null ? "" : Html.escape(String.valueOf(value)));
                html.append("\">");
                boolean link = column[0].equals("run") && runs.size() > 1;
                html.append(link ? "<a href=\"#run" + (n + 1) + "\">" : "").append(Html.escape(text));
                html.append(link ? "</a></td>" : "</td>");
            }
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n<p class=\"dim\">Memory: what the heap held after a collection, at most. "
                + "Accuracies are those of the weights of the best epoch, dropout off.</p>\n");
        if (runs.size() > 1) {
            html.append("<div class=\"charts\">")
                    .append(Chart.of("Training loss", "epoch", lines(runs, EpochMetrics::loss)))
                    .append(Chart.ofShares("Training accuracy", "epoch", lines(runs, EpochMetrics::accuracy)));
            boolean judged = runs.stream().anyMatch(run -> run.epochs().get(0).validationLoss() != null);
            if (judged) {
                html.append(Chart.of("Validation loss", "epoch", lines(runs, e -> orNaN(e.validationLoss()))))
                        .append(Chart.ofShares(
                                "Validation accuracy", "epoch", lines(runs, e -> orNaN(e.validationAccuracy()))));
            }
            html.append("</div>\n");
        }
        return html.toString();
    }

    private static String text(String column, @Nullable Object value) {
        if (value == null) {
            return "–";
        }
        if (value instanceof String string) {
            return string.replace(" -> ", " → ");
        }
        double number = ((Number) value).doubleValue();
        if (column.endsWith("Accuracy")) {
            return Html.percent(number);
        }
        return switch (column) {
            case "heapBytes" -> Html.bytes(number);
            case "secondsPerEpoch" -> String.format(Locale.ROOT, number < 10 ? "%.2f" : "%.1f", number);
            case "secondsPer100Epochs" -> Html.seconds(number);
            default -> String.format(Locale.ROOT, "%,d", (long) number);
        };
    }

    private static List<Chart.Line> lines(List<RunData> runs, ToDoubleFunction<EpochMetrics> value) {
        return runs.stream()
                .map(run -> new Chart.Line(
                        run.name(), run.epochs().stream().mapToDouble(value).toArray()))
                .toList();
    }

    static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
