package ttrnn.report;

import java.util.List;
import java.util.Locale;

/** Line charts as SVG, drawn in the colours of the page they stand in. */
final class Chart {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 200;
    private static final int LEFT = 44;
    private static final int BOTTOM = 24;
    private static final int TOP = 10;

    /** A line: its name, and a value for each x = 1, 2, …; NaN where there is none. */
    record Line(String name, double[] values) {}

    private Chart() {}

    /** A chart whose y axis starts at zero. */
    static String of(String title, String xLabel, List<Line> lines) {
        double top = 0;
        int points = 1;
        for (Line line : lines) {
            points = Math.max(points, line.values().length);
            for (double value : line.values()) {
                top = Double.isNaN(value) ? top : Math.max(top, value);
            }
        }
        top = top == 0 ? 1 : top;
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                Html.escape(title)));
        for (int tick = 0; tick <= 4; tick++) {
            double y = y(top * tick / 4, top);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                    LEFT,
                    WIDTH - 8,
                    y,
                    y,
                    LEFT - 6,
                    y + 4,
                    number(top * tick / 4)));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\">1</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s %d</text>%n",
                LEFT,
                HEIGHT - 6,
                WIDTH - 8,
                HEIGHT - 6,
                Html.escape(xLabel),
                points));
        for (int n = 0; n < lines.size(); n++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<polyline class=\"line%d\" points=\"%s\"/>%n",
                    n,
                    points(lines.get(n).values(), points, top)));
        }
        return "<figure><figcaption>" + Html.escape(title) + legend(lines) + "</figcaption>\n" + svg
                + "</svg></figure>\n";
    }

    private static String points(double[] values, int points, double top) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                double x = LEFT + (WIDTH - 8.0 - LEFT) * (points == 1 ? 0.5 : (double) i / (points - 1));
                text.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y(values[i], top)));
            }
        }
        return text.toString().strip();
    }

    private static double y(double value, double top) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top;
    }

    private static String legend(List<Line> lines) {
        StringBuilder legend = new StringBuilder();
        for (int n = 0; n < lines.size(); n++) {
            legend.append(" <span class=\"line")
                    .append(n)
                    .append("\">")
                    .append(Html.escape(lines.get(n).name()))
                    .append("</span>");
        }
        return legend.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 10 ? "%.0f" : "%.2f", value);
    }
}
