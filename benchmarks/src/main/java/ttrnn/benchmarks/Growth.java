package ttrnn.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How cost grows: one step of 16 clips at lengths of 50 to 1,500 frames, then epochs of 16 to 1,600 clips of 50 frames in batches of 16;
 * writes a table and a plot on two logarithmic axes, where linear growth is a line of slope 1.
 */
final class Growth {
    private static final int BATCH = 16;
    private static final int DISTINCT = 2;
    private static final int REPEATS = 3;
    private static final List<Integer> LENGTHS = List.of(50, 100, 200, 450, 900, 1500);
    private static final List<Integer> CLIPS = List.of(16, 48, 160, 480, 1600);

    private record Point(String series, int size, double seconds) {}

    private Growth() {}

    static void main(Options options) throws IOException {
        Path folder = Path.of(options.text("out", "benchmarks/target/growth"));
        Files.createDirectories(folder);
        List<Point> points = new ArrayList<>();
        TrainingStep warm = step(50);
        for (int i = 0; i < 10; i++) {
            warm.run();
        }
        for (int length : LENGTHS) {
            TrainingStep step = step(length);
            step.run();
            add(points, new Point("frames a clip", length, median(step, 1)));
        }
        for (int clips : CLIPS) {
            add(points, new Point("clips", clips, median(warm, clips / BATCH)));
        }
        StringBuilder table = new StringBuilder("series,size,seconds,secondsPerUnit\n");
        for (Point point : points) {
            table.append(String.format(
                    Locale.ROOT,
                    "%s,%d,%.4f,%.6f%n",
                    point.series(),
                    point.size(),
                    point.seconds(),
                    point.seconds() / point.size()));
        }
        Files.writeString(folder.resolve("growth.csv"), table);
        Files.writeString(folder.resolve("growth.svg"), plot(points));
        System.out.println("written: " + folder.resolve("growth.csv") + ", " + folder.resolve("growth.svg"));
    }

    private static TrainingStep step(int length) {
        Setups setup = Setups.UCF11;
        return new TrainingStep(setup.config(), Setups.clips(BATCH, DISTINCT, length, setup.frameSize()));
    }

    private static void add(List<Point> points, Point point) {
        points.add(point);
        System.out.printf(
                Locale.ROOT,
                "%s %d: %.3f s, %.3f ms each%n",
                point.series(),
                point.size(),
                point.seconds(),
                1e3 * point.seconds() / point.size());
    }

    private static double median(TrainingStep step, int steps) {
        double[] seconds = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            for (int n = 0; n < steps; n++) {
                step.run();
            }
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        Arrays.sort(seconds);
        return seconds[REPEATS / 2];
    }

    private static String plot(List<Point> points) {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 400\""
                + " font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"640\" height=\"400\" fill=\"#fff\"/>\n");
        for (int decade = 1; decade <= 4; decade++) {
            double x = x(Math.pow(10, decade) > 3200 ? 3200 : Math.pow(10, decade));
            svg.append(String.format(
                    Locale.ROOT, "<text x=\"%.1f\" y=\"385\" text-anchor=\"middle\">%.0f</text>%n", x, Math.pow(10, decade)));
        }
        for (int decade = -2; decade <= 2; decade++) {
            double y = y(Math.pow(10, decade));
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"60\" x2=\"620\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/><text x=\"55\" y=\"%.1f\""
                            + " text-anchor=\"end\">%s s</text>%n",
                    y,
                    y,
                    y + 4,
                    decade < 0 ? Double.toString(Math.pow(10, decade)) : Long.toString((long) Math.pow(10, decade))));
        }
        String[] colours = {"#1f6feb", "#d1481f"};
        List<String> series = points.stream().map(Point::series).distinct().toList();
        for (int i = 0; i < series.size(); i++) {
            String name = series.get(i);
            StringBuilder line = new StringBuilder();
            for (Point point : points) {
                if (point.series().equals(name)) {
                    line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.size()), y(point.seconds())));
                }
            }
            svg.append(String.format(
                    Locale.ROOT,
                    "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
                            + "<text x=\"80\" y=\"%d\" fill=\"%s\">%s</text>%n",
                    line.toString().trim(),
                    colours[i],
                    30 + 18 * i,
                    colours[i],
                    i == 0 ? "a step of 16 clips against frames a clip" : "an epoch of clips of 50 frames against clips"));
        }
        return svg.append("</svg>\n").toString();
    }

    private static double x(double size) {
        return 60 + 560 * (Math.log10(size) - 1) / 2.5;
    }

    private static double y(double seconds) {
        return 360 - 340 * (Math.log10(seconds) + 2) / 4;
    }
}
