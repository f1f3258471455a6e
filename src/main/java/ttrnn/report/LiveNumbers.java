package ttrnn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ttrnn.train.EpochMetrics;

/** What a training has come to, noted by its thread in no time and read by others. */
final class LiveNumbers {
    /** Points of the steps' curve at most; then each stands for twice as many steps. */
    private static final int POINTS = 500;

    private final int epochs;
    private final long clipsPerEpoch;
    private final long beganNanos = System.nanoTime();
    private final List<EpochMetrics> ended = new ArrayList<>();
    private final double[] losses = new double[POINTS];
    private int points;
    private int stepsEach = 1;
    private double pending;
    private int pendingSteps;
    private int epoch = 1;
    private int clips;
    private double loss = Double.NaN;
    private double accuracy = Double.NaN;
    private long done;
    /** Clips that were done before the first step that was seen; not 0 for a run that goes on. */
    private long before = -1;

    private String note = "";
    private long version;

    /**
     * What there was at a moment.
     *
     * @param version another one when the curves are others
     * @param progress texts by their place on the page
     * @param steps losses of the steps, so far as they are kept
     * @param stepsEach steps that a point is the mean of
     */
    record Seen(long version, Map<String, Object> progress, List<EpochMetrics> epochs, double[] steps, int stepsEach) {}

    LiveNumbers(int epochs, int clipsPerEpoch) {
        this.epochs = epochs;
        this.clipsPerEpoch = clipsPerEpoch;
    }

    synchronized void step(int nowEpoch, int nowClips, double nowLoss, double nowAccuracy) {
        epoch = nowEpoch;
        clips = nowClips;
        loss = nowLoss;
        accuracy = nowAccuracy;
        done = (nowEpoch - 1) * clipsPerEpoch + nowClips;
        if (before < 0) {
            before = (nowEpoch - 1) * clipsPerEpoch;
        }
        pending += nowLoss;
        if (++pendingSteps == stepsEach) {
            keep(pending / stepsEach);
            pending = 0;
            pendingSteps = 0;
        }
    }

    private void keep(double mean) {
        losses[points++] = mean;
        version++;
        if (points == POINTS) {
            points = POINTS / 2;
            for (int i = 0; i < points; i++) {
                losses[i] = (losses[2 * i] + losses[2 * i + 1]) / 2;
            }
            stepsEach *= 2;
        }
    }

    synchronized void epoch(EpochMetrics metrics) {
        ended.add(metrics);
        version++;
    }

    synchronized void message(String line) {
        note = line;
    }

    synchronized Seen see() {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        long total = epochs * clipsPerEpoch;
        double rate = before < 0 || seconds <= 0 ? 0 : (done - before) / seconds;
        Runtime runtime = Runtime.getRuntime();
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("share", total == 0 ? 0 : (double) done / total);
        progress.put("percent", total == 0 ? "" : 100 * done / total + " %");
        progress.put("epoch", epoch + " of " + epochs);
        progress.put("clips", clips + " of " + clipsPerEpoch);
        progress.put("rate", rate == 0 ? "–" : String.format(Locale.ROOT, rate < 10 ? "%.2f" : "%.0f", rate));
        progress.put(
                "left",
                rate == 0 ? "–" : Html.seconds(Math.rint((total - done) / rate)).replace(".00", ""));
        progress.put("loss", Double.isNaN(loss) ? "–" : String.format(Locale.ROOT, "%.3f", loss));
        progress.put("accuracy", Html.percent(accuracy));
        progress.put(
                "memory",
                Html.bytes((double) (runtime.totalMemory() - runtime.freeMemory())) + " of "
                        + Html.bytes((double) runtime.maxMemory()));
        progress.put("note", note);
        return new Seen(version, progress, List.copyOf(ended), Arrays.copyOf(losses, points), stepsEach);
    }
}
