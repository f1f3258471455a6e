package ttrnn.report;

import java.util.List;
import java.util.Locale;

/** Line charts and bars as SVG, in the colours of the page they stand in; each point tells its value to whoever points at it. */
final class Chart {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 210;
    private static final int LEFT = 60;
    private static final int RIGHT = 10;
    private static final int BOTTOM = 24;
    private static final int TOP = 10;
    private static final int COLOURS = 6;
    /** Width of a letter under a chart, roughly. */
    private static final int LETTER = 8;
    /** Points that carry a text of their own; beyond it the curve alone must do. */
    private static final int TOLD = 250;
    /** Points of a curve that are drawn. */
    private static final int DRAWN = 1000;

    /** A line: its name, and a value for each x = 1, 2, …; NaN where there is none. */
    record Line(String name, double[] values) {}

    private final String title;
    private final String xLabel;
    private final List<Line> lines;
    private final double top;
    private final int points;
    private final boolean share;

    private Chart(String title, String xLabel, List<Line> lines, double top, boolean share) {
        this.title = title;
        this.xLabel = xLabel;
        this.lines = lines;
        this.top = top;
        this.share = share;
        this.points =
                lines.stream().mapToInt(line -> line.values().length).max().orElse(1);
    }

    /** A chart whose y axis starts at zero. */
    static String of(String title, String xLabel, List<Line> lines) {
        double most = 0;
        for (Line line : lines) {
            for (double value : line.values()) {
                most = Double.isNaN(value) ? most : Math.max(most, value);
            }
        }
        return new Chart(title, xLabel, lines, roundedUp(most), false).figure();
    }

    /** A chart of shares, whose y axis goes from 0 to 1. */
    static String ofShares(String title, String xLabel, List<Line> lines) {
        return new Chart(title, xLabel, lines, 1, true).figure();
    }

    private String figure() {
        StringBuilder svg = new StringBuilder("<figure><figcaption><b>" + Html.escape(title) + "</b>");
        for (int n = 0; n < lines.size() && lines.size() > 1; n++) {
            svg.append("<span class=\"l").append(n % COLOURS).append("\">— ");
            svg.append(Html.escape(lines.get(n).name())).append("</span>");
        }
        svg.append("</figcaption>\n<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT);
        svg.append("\" role=\"img\" aria-label=\"").append(Html.escape(title)).append("\">\n");
        double step = tick(top);
        for (int n = 0; n * step <= top * 1.0001; n++) {
            grid(svg, y(n * step), number(n * step, step));
        }
        for (int x : xTicks()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>",
                    x(x - 1),
                    HEIGHT - 6,
                    x));
        }
        svg.append(
                String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>%n", 2, HEIGHT - 6, Html.escape(xLabel)));
        for (int n = 0; n < lines.size(); n++) {
            curve(svg, lines.get(n), n % COLOURS);
        }
        return svg.append("</svg></figure>\n").toString();
    }

    private static void grid(StringBuilder svg, double y, String label) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                        + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
                LEFT,
                WIDTH - RIGHT,
                y,
                y,
                LEFT - 6,
                y + 4,
                label));
    }

    private int[] xTicks() {
        if (points == 1) {
            return new int[] {1};
        }
        int middle = (points + 1) / 2;
        return points < 4 ? new int[] {1, points} : new int[] {1, middle, points};
    }

    private void curve(StringBuilder svg, Line line, int colour) {
        double[] values = line.values();
        int stride = (values.length + DRAWN - 1) / DRAWN;
        StringBuilder polyline = new StringBuilder();
        StringBuilder told = new StringBuilder();
        int known = 0;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                close(svg, polyline, line, colour);
                continue;
            }
            known++;
            if (i % stride != 0 && i != values.length - 1) {
                continue;
            }
            polyline.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), y(values[i])));
            if (values.length <= TOLD) {
                boolean alone = (i == 0 || Double.isNaN(values[i - 1]))
                        && (i == values.length - 1 || Double.isNaN(values[i + 1]));
                told.append(String.format(
                        Locale.ROOT,
                        "<circle class=\"l%d%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"><title>%s</title></circle>%n",
                        colour,
                        alone ? " dot" : "",
                        x(i),
                        y(values[i]),
                        alone ? 3 : 5,
                        Html.escape(line.name() + ", " + xLabel + " " + (i + 1) + ": "
                                + (share ? Html.percent(values[i]) : String.format(Locale.ROOT, "%.4g", values[i])))));
            }
        }
        close(svg, polyline, line, colour);
        svg.append("<g stroke=\"none\" style=\"stroke:none\" data-points=\"")
                .append(known)
                .append("\">");
        svg.append(told.toString().replace("<circle class=\"l", "<circle style=\"stroke:none\" class=\"l"));
        svg.append("</g>\n");
    }

    private static void close(StringBuilder svg, StringBuilder polyline, Line line, int colour) {
        if (!polyline.isEmpty()) {
            svg.append("<polyline class=\"l").append(colour).append("\" data-name=\"");
            svg.append(Html.escape(line.name())).append("\" points=\"");
            svg.append(polyline.toString().strip()).append("\"/>\n");
            polyline.setLength(0);
        }
    }

    /** A bar up or down for each value, at x = 1, 2, …. */
    static String signedBars(String title, String xLabel, double[] values) {
        double most = 0;
        double least = 0;
        for (double value : values) {
            most = Math.max(most, value);
            least = Math.min(least, value);
        }
        double range = most - least == 0 ? 1 : most - least;
        int inner = HEIGHT - BOTTOM - TOP;
        StringBuilder svg = new StringBuilder("<figure><figcaption><b>" + Html.escape(title)
                + "</b></figcaption>\n<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-label=\""
                + Html.escape(title) + "\" data-points=\"" + values.length + "\">\n");
        double step = tick(range);
        for (double n = Math.ceil(least / step); n * step <= most; n++) {
            grid(svg, TOP + inner * (most - n * step) / range, number(n * step, step));
        }
        double width = (double) (WIDTH - RIGHT - LEFT) / values.length;
        for (int i = 0; i < values.length; i++) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s %d: %.3g</title></rect>%n",
                    values[i] < 0 ? "bar" : "bar for",
                    LEFT + i * width,
                    TOP + inner * (most - Math.max(0, values[i])) / range,
                    Math.max(0.5, width - 1),
                    inner * Math.abs(values[i]) / range,
                    Html.escape(xLabel),
                    i + 1,
                    values[i]));
        }
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"2\" y=\"%d\">%s</text><text x=\"%d\" y=\"%d\">1</text>"
                        + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>%n",
                HEIGHT - 6,
                Html.escape(xLabel),
                LEFT,
                HEIGHT - 6,
                WIDTH - RIGHT,
                HEIGHT - 6,
                values.length));
        return svg.append("</svg></figure>\n").toString();
    }

    /** Bars side by side. */
    static String bars(String title, List<String> names, List<Integer> values) {
        StringBuilder svg = new StringBuilder("<figure><figcaption><b>" + Html.escape(title)
                + "</b></figcaption>\n<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT + "\" role=\"img\" aria-label=\""
                + Html.escape(title) + "\">\n");
        double most =
                Math.max(4, roundedUp(values.stream().mapToInt(v -> v).max().orElse(1)));
        double step = Math.max(1, tick(most));
        for (int n = 0; n * step <= most; n++) {
            grid(svg, HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * n * step / most, number(n * step, step));
        }
        double width = (double) (WIDTH - RIGHT - LEFT) / names.size();
        int longest = names.stream().mapToInt(String::length).max().orElse(1);
        int every = (int) Math.ceil(LETTER * (longest + 1) / width);
        for (int i = 0; i < names.size(); i++) {
            double height = (HEIGHT - BOTTOM - TOP) * values.get(i) / most;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s: %d</title></rect>%n",
                    LEFT + i * width + 1,
                    HEIGHT - BOTTOM - height,
                    Math.max(1, width - 2),
                    height,
                    Html.escape(names.get(i)),
                    values.get(i)));
            if (i % every == 0) {
                double middle = LEFT + (i + 0.5) * width;
                boolean fits = middle + LETTER * names.get(i).length() / 2.0 < WIDTH;
                svg.append(String.format(
                        Locale.ROOT,
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">%s</text>%n",
                        fits ? middle : WIDTH,
                        HEIGHT - 6,
                        fits ? "middle" : "end",
                        Html.escape(names.get(i))));
            }
        }
        return svg.append("</svg></figure>\n").toString();
    }

    private double x(int i) {
        return LEFT + (WIDTH - (double) RIGHT - LEFT - 8) * (points == 1 ? 0.5 : (double) i / (points - 1)) + 4;
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * Math.min(value, top) / top;
    }

    /** The distance of about four grid lines: 1, 2 or 5 times a power of ten. */
    private static double tick(double top) {
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(top / 4)));
        double times = top / 4 / power;
        return power * (times <= 1.5 ? 1 : times <= 3.5 ? 2 : times <= 7.5 ? 5 : 10);
    }

    /** The grid line that is not below any value. */
    private static double roundedUp(double most) {
        double step = most == 0 ? 1 : tick(most);
        return most == 0 ? 1 : step * Math.ceil(most / step - 1e-9);
    }

    private static String number(double value, double step) {
        if (value == 0) {
            return "0";
        }
        if (step < 1e-5) {
            return String.format(Locale.ROOT, "%.0e", value);
        }
        int decimals = (int) Math.max(0, -Math.floor(StrictMath.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
