package ttrnn.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import ttrnn.io.AtomicFile;
import ttrnn.train.EpochMetrics;
import ttrnn.train.experiment.StudyRow;
import ttrnn.train.experiment.StudyRun;

/** Curves of a study's rows over the epochs, as pictures (SVG) that stand alone. */
public final class StudyCurves {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 210;
    private static final int LINE = 15;
    private static final List<String> COLOURS =
            List.of("#2563a8", "#c2571a", "#2c8a4b", "#8a3fa0", "#a8892a", "#5b6570");

    private StudyCurves() {}

    /** Writes {@code accuracy.svg}, {@code saturation.svg} and {@code gradient.svg}: means over the runs of each row. */
    public static void write(List<StudyRow> rows, Path folder) throws IOException {
        Map<String, String> pictures = new LinkedHashMap<>();
        pictures.put(
                "accuracy",
                picture(
                        "Accuracy on clips held out",
                        rows,
                        epoch -> Comparison.orNaN(epoch.validationAccuracy()),
                        true));
        pictures.put(
                "saturation",
                picture("Share of saturated gates", rows, epoch -> Comparison.orNaN(epoch.gateSaturation()), true));
        pictures.put("gradient", picture("Norm of the gradient", rows, EpochMetrics::gradientNorm, false));
        for (Map.Entry<String, String> picture : pictures.entrySet()) {
            AtomicFile.write(folder.resolve(picture.getKey() + ".svg"), picture.getValue());
        }
    }

    private static String picture(
            String title, List<StudyRow> rows, ToDoubleFunction<EpochMetrics> value, boolean share) {
        List<Chart.Line> lines = new ArrayList<>();
        for (StudyRow row : rows) {
            lines.add(new Chart.Line(row.name(), means(row.runs(), value)));
        }
        String figure = share ? Chart.ofShares(title, "epoch", lines) : Chart.of(title, "epoch", lines);
        String chart = figure.substring(figure.indexOf("<svg"), figure.indexOf("</svg>") + "</svg>".length());
        int height = HEIGHT + LINE * (lines.size() + 1) + 8;
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + WIDTH
                        + "\" height=\"" + height + "\" font-family=\"sans-serif\" font-size=\"11\">\n<style>"
                        + ".grid{stroke:#ddd} polyline{fill:none;stroke-width:2} circle{fill:none;stroke:none} text{fill:#555}");
        for (int n = 0; n < COLOURS.size(); n++) {
            svg.append(".l").append(n).append("{stroke:").append(COLOURS.get(n)).append('}');
        }
        svg.append("</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
        svg.append("<text x=\"8\" y=\"16\" font-weight=\"bold\">")
                .append(Html.escape(title))
                .append("</text>\n");
        for (int n = 0; n < lines.size(); n++) {
            int y = 16 + LINE * (n + 1);
            svg.append("<line class=\"l").append(n % COLOURS.size()).append("\" stroke-width=\"2\" x1=\"8\" x2=\"28\"");
            svg.append(" y1=\"").append(y - 4).append("\" y2=\"").append(y - 4).append("\"/><text x=\"34\" y=\"");
            svg.append(y).append("\">").append(Html.escape(lines.get(n).name())).append("</text>\n");
        }
        return svg.append("<g transform=\"translate(0 ")
                .append(height - HEIGHT)
                .append(")\">")
                .append(chart.replace("<svg ", "<svg width=\"" + WIDTH + "\" height=\"" + HEIGHT + "\" "))
                .append("</g></svg>\n")
                .toString();
    }

    /** Mean over the runs, epoch by epoch, as long as all of them go. */
    private static double[] means(List<StudyRun> runs, ToDoubleFunction<EpochMetrics> value) {
        int epochs = runs.stream().mapToInt(run -> run.epochs().size()).min().orElse(0);
        double[] means = new double[epochs];
        for (int i = 0; i < epochs; i++) {
            for (StudyRun run : runs) {
                means[i] += value.applyAsDouble(run.epochs().get(i)) / runs.size();
            }
        }
        return means;
    }
}
