package ttrnn.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import ttrnn.train.EpochMetrics;

/** All of one run, from the numbers on top to where it comes from. */
final class RunSection {
    private RunSection() {}

    static String html(RunData run) throws IOException {
        StringBuilder html = new StringBuilder(numbers(run));
        html.append("<h3>Training</h3>\n").append(Curves.html(run.epochs()));
        if (!run.answers().isEmpty()) {
            html.append(confusion(run))
                    .append(classes(run))
                    .append(ShownClips.html(run))
                    .append(answers(run));
        }
        return html.append(resources(run))
                .append(DataSection.html(run))
                .append(provenance(run))
                .toString();
    }

    private static String numbers(RunData run) throws IOException {
        StringBuilder html = new StringBuilder(
                "<p class=\"dim\">" + Html.escape(run.config().toString().replace(" -> ", " → ")) + "</p>\n");
        if (run.run() == null) {
            return html + "<p><b>This training has not ended:</b> "
                    + run.epochs().size() + " of " + run.config().epochs() + " epochs so far.</p>\n";
        }
        String part = run.judgedPart();
        html.append("<div class=\"numbers\">")
                .append(Html.number(
                        Html.percent(run.accuracy(part)),
                        (part.equals("train") ? "training" : part) + " accuracy, "
                                + run.judged().size() + " clips"))
                .append(Html.number(
                        Html.percent(1.0 / run.classes().size()),
                        "chance, " + run.classes().size() + " classes"));
        EpochMetrics best = run.best();
        if (best.validationAccuracy() != null && !part.equals("validation")) {
            html.append(Html.number(Html.percent(best.validationAccuracy()), "validation accuracy"));
        }
        return html.append(Html.number(
                        String.valueOf(run.bestEpoch()),
                        "epoch that counts, of " + run.epochs().size()))
                .append(Html.number(Html.seconds(run.secondsPerEpoch()), "an epoch"))
                .append(Html.number(String.format(Locale.ROOT, "%,d", (long) run.parameters()), "weights"))
                .append("</div>\n")
                .toString();
    }

    private static String confusion(RunData run) {
        int[][] counts = run.confusion();
        StringBuilder table = new StringBuilder("<h3>Confusion</h3>\n<p class=\"dim\">Rows: true class. Columns: the "
                + "model's answer.</p>\n<div class=\"scroll\"><table class=\"confusion\"><thead><tr><th></th>");
        for (String name : run.classes()) {
            table.append("<th class=\"name\" scope=\"col\">")
                    .append(Html.escape(name))
                    .append("</th>");
        }
        table.append("</tr></thead><tbody>\n");
        for (int i = 0; i < counts.length; i++) {
            int total = Arrays.stream(counts[i]).sum();
            table.append("<tr><th scope=\"row\">")
                    .append(Html.escape(run.classes().get(i)))
                    .append("</th>");
            for (int j = 0; j < counts[i].length; j++) {
                int share = total == 0 ? 0 : 100 * counts[i][j] / total;
                table.append(String.format(
                        Locale.ROOT,
                        "<td%s style=\"background:color-mix(in srgb, var(--c%d) %d%%, transparent)\">%s</td>",
                        i == j ? " class=\"right\"" : "",
                        i == j ? 0 : 1,
                        share * 7 / 10,
                        counts[i][j] == 0 ? "" : String.valueOf(counts[i][j])));
            }
            table.append("</tr>\n");
        }
        return table + "</tbody></table></div>\n";
    }

    private static String classes(RunData run) {
        StringBuilder table =
                new StringBuilder("<h3>Classes</h3>\n<div class=\"scroll\"><table class=\"sortable\">" + "<thead><tr>");
        for (String name : List.of("class", "clips", "right", "recall", "precision", "F1", "mostly taken for")) {
            table.append(name.startsWith("mostly") ? "<th class=\"text\"" : "<th")
                    .append(" scope=\"col\"><button type=\"button\">")
                    .append(name)
                    .append("</button></th>");
        }
        table.append("</tr></thead><tbody>\n");
        for (ClassScore score : ClassScore.of(run)) {
            table.append("<tr>");
            cell(table, score.name(), score.name());
            cell(table, String.valueOf(score.clips()), String.valueOf(score.clips()));
            cell(table, String.valueOf(score.right()), String.valueOf(score.right()));
            for (double value : new double[] {score.recall(), score.precision(), score.f1()}) {
                cell(table, Double.isNaN(value) ? "" : String.valueOf(value), Html.percent(value));
            }
            table.append("<td class=\"text\" data-value=\"")
                    .append(Html.escape(score.takenFor()))
                    .append("\">")
                    .append(Html.escape(score.takenFor()))
                    .append("</td>");
            table.append("</tr>\n");
        }
        return table + "</tbody></table></div>\n";
    }

    private static void cell(StringBuilder table, String value, String text) {
        table.append("<td data-value=\"")
                .append(Html.escape(value))
                .append("\">")
                .append(Html.escape(text));
        table.append("</td>");
    }

    private static String answers(RunData run) {
        StringBuilder table = new StringBuilder("<details><summary>Each " + Html.escape(run.judgedPart())
                + " clip and its answer</summary><div class=\"scroll\"><table class=\"words\"><thead>"
                + Html.row("th", List.of("clip", "class", "answer", "probability")) + "</thead><tbody>");
        for (RunData.Answer answer : run.judged()) {
            int best = RunData.ranking(answer.probabilities())[0];
            table.append(Html.row(
                    "td",
                    List.of(
                            answer.clip(),
                            answer.label(),
                            answer.predicted(),
                            Html.percent(answer.probabilities()[best]))));
        }
        return table + "</tbody></table></div></details>\n";
    }

    private static String resources(RunData run) throws IOException {
        double time = run.resource("secondsPerEpochEstimated");
        double heap = run.resource("heapBytesEstimated");
        if (Double.isNaN(heap)) {
            return "";
        }
        StringBuilder table = new StringBuilder("<h3>Time and memory</h3>\n<div class=\"scroll\"><table><thead>"
                + Html.row("th", List.of("", "estimated", "used", "used / estimated")) + "</thead><tbody>");
        row(table, "seconds an epoch", time, run.secondsPerEpoch(), false);
        double used = run.resource("heapBytesAfterCollection");
        row(table, "heap in use after a collection", heap, used > 0 ? used : Double.NaN, true);
        row(table, "heap at its peak, garbage included", Double.NaN, run.resource("heapBytesPeak"), true);
        row(table, "heap that Java may take", Double.NaN, run.resource("heapBytesMax"), true);
        row(table, "disk", run.resource("diskBytesEstimated"), run.resource("diskBytes"), true);
        return table + "</tbody></table></div>\n";
    }

    private static void row(StringBuilder table, String name, double estimated, double used, boolean bytes) {
        double ratio = used / estimated;
        table.append(Html.row(
                "td",
                List.of(
                        name,
                        text(estimated, bytes),
                        text(used, bytes),
                        Double.isNaN(ratio) || Double.isInfinite(ratio)
                                ? ""
                                : String.format(Locale.ROOT, "%.2f", ratio))));
    }

    private static String text(double value, boolean bytes) {
        return Double.isNaN(value) ? "" : bytes ? Html.bytes(value) : Html.seconds(value);
    }

    private static String provenance(RunData run) throws IOException {
        List<List<String>> settings = new ArrayList<>();
        run.settings().forEach((name, value) -> settings.add(List.of(name, String.valueOf(value))));
        return "<h3>Where it comes from</h3>\n" + Html.pairs(run.provenance()) + "<details><summary>Settings</summary>"
                + Html.pairs(settings) + "</details>\n";
    }
}
