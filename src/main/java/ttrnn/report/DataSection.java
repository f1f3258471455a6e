package ttrnn.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.StoreStatistics;

/** What the clips of a run are like. */
final class DataSection {
    private static final int BINS = 20;
    private static final List<String> PARTS = List.of("train", "validation", "test");

    private DataSection() {}

    static String html(RunData run) throws IOException {
        StringBuilder html = new StringBuilder("<h3>Data</h3>\n");
        ClipStore store = run.store();
        if (store == null) {
            html.append("<p class=\"dim\">Not known: ")
                    .append(Html.escape(run.storeNote()))
                    .append("</p>\n");
        } else {
            StoreStatistics statistics = StoreStatistics.of(store.clips());
            html.append("<div class=\"numbers\">")
                    .append(number(statistics.clips(), "clips"))
                    .append(number(statistics.frames(), "frames"))
                    .append(Html.number(store.width() + "×" + store.height(), "pixels"))
                    .append(number(statistics.classes().size(), "classes"))
                    .append(number(statistics.groups().size(), "groups"))
                    .append(Html.number(
                            statistics.length().min() + " – "
                                    + statistics.length().max(),
                            "frames a clip"))
                    .append(Html.number(
                            String.format(
                                    Locale.ROOT, "%.1f", statistics.length().median()),
                            "median"))
                    .append("</div>\n<div class=\"charts\">")
                    .append(lengths(statistics))
                    .append(Chart.bars(
                            "Clips of each class",
                            List.copyOf(statistics.classes().keySet()),
                            List.copyOf(statistics.classes().values())))
                    .append("</div>\n");
        }
        return html.append(parts(run)).toString();
    }

    private static String number(long value, String what) {
        return Html.number(String.format(Locale.ROOT, "%,d", value), what);
    }

    private static String lengths(StoreStatistics statistics) {
        int least = statistics.length().min();
        int range = statistics.length().max() - least + 1;
        int step = (range + BINS - 1) / BINS;
        int[] counts = new int[(range + step - 1) / step];
        for (int frames : statistics.lengths()) {
            counts[(frames - least) / step]++;
        }
        List<String> names = new ArrayList<>();
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            int from = least + i * step;
            names.add(step == 1 ? String.valueOf(from) : from + "–" + (from + step - 1));
            values.add(counts[i]);
        }
        return Chart.bars("Frames of a clip", names, values);
    }

    /** Clips of each class by part. */
    static Map<String, int[]> counts(RunData run) {
        Map<String, int[]> counts = new LinkedHashMap<>();
        run.classes().forEach(name -> counts.put(name, new int[PARTS.size()]));
        for (RunData.Answer answer : run.answers()) {
            int[] row = counts.get(answer.label());
            int part = PARTS.indexOf(answer.part());
            if (row != null && part >= 0) {
                row[part]++;
            }
        }
        return counts;
    }

    private static String parts(RunData run) {
        if (run.answers().isEmpty()) {
            return "";
        }
        StringBuilder table = new StringBuilder("<details><summary>Clips by class and part</summary>"
                + "<div class=\"scroll\"><table><thead>"
                + Html.row("th", List.of("class", "training", "validation", "test")) + "</thead><tbody>");
        int[] sum = new int[PARTS.size()];
        counts(run).forEach((name, row) -> {
            table.append(Html.row(
                    "td", List.of(name, String.valueOf(row[0]), String.valueOf(row[1]), String.valueOf(row[2]))));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += row[i];
            }
        });
        table.append(
                Html.row("th", List.of("all", String.valueOf(sum[0]), String.valueOf(sum[1]), String.valueOf(sum[2]))));
        return table + "</tbody></table></div></details>\n";
    }
}
