package ttrnn.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a model said of clips, as JSON, as a table and as CSV. */
final class Answers {
    private final List<String> classes;
    private final int top;
    private final double threshold;
    private final List<Map<String, @Nullable Object>> json = new ArrayList<>();
    private final Table table;
    private final StringBuilder csv;

    /**
     * None yet.
     *
     * @param top classes that the table shows for each
     * @param threshold probability that an answer must have
     * @param windows whether there will be windows of the clips
     */
    Answers(List<String> classes, int top, double threshold, boolean windows) {
        this.classes = classes;
        this.top = top;
        this.threshold = threshold;
        this.table = windows
                ? Table.of("clip", "from", "to", "class", "probability")
                : Table.of("clip", "class", "probability");
        this.csv = new StringBuilder(windows ? "clip,from,to,start,end,label,probability" : "clip,label,probability");
        classes.forEach(name -> csv.append(',').append(Csv.field("p(" + name + ")")));
        csv.append('\n');
    }

    boolean isEmpty() {
        return json.isEmpty();
    }

    /** Adds the answer for a whole clip. */
    void add(Path clip, float[] p) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("clip", clip.toString());
        put(answer, p);
        json.add(answer);
        row(List.of(clip.toString()), p);
        csv.append(Csv.field(clip.toString()));
        csvOf(p);
    }

    /** Adds the time line of a clip. */
    void add(Path clip, FrameWindows slid) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("clip", clip.toString());
        put(answer, slid.mean());
        answer.put("frames", slid.frames());
        answer.put("framesPerSecond", slid.framesPerSecond() > 0 ? slid.framesPerSecond() : null);
        List<Map<String, @Nullable Object>> line = new ArrayList<>();
        List<FrameWindows.Window> parts = slid.timeLine(threshold);
        for (int i = 0; i < parts.size(); i++) {
            FrameWindows.Window part = parts.get(i);
            line.add(json(part, slid.framesPerSecond()));
            row(
                    List.of(i == 0 ? clip.toString() : "", time(part.from(), slid), time(part.to(), slid)),
                    part.probabilities());
        }
        answer.put("timeLine", line);
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (FrameWindows.Window window : slid.windows()) {
            all.add(json(window, slid.framesPerSecond()));
            csv.append(Csv.field(clip.toString()));
            csv.append(',').append(window.from()).append(',').append(window.to());
            csv.append(',').append(seconds(window.from(), slid.framesPerSecond()));
            csv.append(',').append(seconds(window.to(), slid.framesPerSecond()));
            csvOf(window.probabilities());
        }
        answer.put("windows", all);
        json.add(answer);
    }

    private Map<String, @Nullable Object> json(FrameWindows.Window window, double rate) {
        Map<String, @Nullable Object> part = new LinkedHashMap<>();
        part.put("from", window.from());
        part.put("to", window.to());
        part.put("start", rate > 0 ? window.from() / rate : null);
        part.put("end", rate > 0 ? window.to() / rate : null);
        put(part, window.probabilities());
        return part;
    }

    /** {@code label}, null for none of these, and {@code probabilities}, the greatest first. */
    private void put(Map<String, @Nullable Object> target, float[] p) {
        int answer = FrameWindows.answer(p, threshold);
        target.put("label", answer < 0 ? null : classes.get(answer));
        Map<String, Object> probabilities = new LinkedHashMap<>();
        for (int j : PredictCommand.best(p)) {
            probabilities.put(classes.get(j), p[j]);
        }
        target.put("probabilities", probabilities);
    }

    private void row(List<String> first, float[] p) {
        boolean none = FrameWindows.answer(p, threshold) < 0;
        List<Object> cells = new ArrayList<>(first);
        if (none) {
            cells.add(PredictCommand.NONE);
            cells.add("-");
            table.row(cells.toArray());
            if (top == 1) {
                return;
            }
        }
        int[] best = PredictCommand.firstOf(p, top);
        for (int k = 0; k < best.length; k++) {
            List<Object> row = new ArrayList<>();
            for (String cell : first) {
                row.add(k == 0 && !none ? cell : "");
            }
            row.add(classes.get(best[k]));
            row.add(Format.percent(p[best[k]]));
            table.row(row.toArray());
        }
    }

    private void csvOf(float[] p) {
        int answer = FrameWindows.answer(p, threshold);
        csv.append(',').append(answer < 0 ? "" : Csv.field(classes.get(answer)));
        csv.append(',').append(String.format(Locale.ROOT, "%.6f", p[PredictCommand.best(p)[0]]));
        for (float probability : p) {
            csv.append(',').append(String.format(Locale.ROOT, "%.6f", probability));
        }
        csv.append('\n');
    }

    private static String seconds(int frame, double rate) {
        return rate > 0 ? String.format(Locale.ROOT, "%.3f", frame / rate) : "";
    }

    /** As a clock, or as a number of frames if the clip does not say its rate. */
    private static String time(int frame, FrameWindows slid) {
        double rate = slid.framesPerSecond();
        if (!(rate > 0)) {
            return "frame " + frame;
        }
        double seconds = frame / rate;
        return Format.clock((long) seconds) + String.format(Locale.ROOT, ".%d", (int) (10 * (seconds % 1)));
    }

    List<Map<String, @Nullable Object>> json() {
        return json;
    }

    String text() {
        return table.toString();
    }

    /** With a header. */
    String csv() {
        return csv.toString();
    }
}
