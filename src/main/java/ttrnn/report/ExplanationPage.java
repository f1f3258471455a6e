package ttrnn.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ttrnn.io.AtomicFile;
import ttrnn.io.Json;
import ttrnn.tensor.FrameSequence;
import ttrnn.train.AnswerOverTime;
import ttrnn.train.Explanation;

/**
 * Why a model says what it says of some clips: the frames with what mattered in them, how much each frame mattered, and the
 * probabilities as they develop.
 *
 * @param classes names in the order of the model
 * @param width of a frame in pixels
 * @param height of a frame in pixels
 * @param clips the clips
 */
public record ExplanationPage(List<String> classes, int width, int height, List<Clip> clips) {
    /** Classes whose probabilities are drawn. */
    private static final int LINES = 5;
    /** Share of the pixels that may be drawn in full colour. */
    private static final double STRONG = 0.01;
    /** What is left of a frame's own brightness under the colours. */
    private static final double FAINT = 0.6;

    private static final int[] FOR = {255, 80, 0};
    private static final int[] AGAINST = {0, 110, 255};

    /** A clip with what is said of it. */
    public record Clip(String name, FrameSequence frames, Explanation explanation, AnswerOverTime course) {}

    public ExplanationPage {
        classes = List.copyOf(classes);
        clips = List.copyOf(clips);
    }

    /** Writes the page, and its numbers beside it as {@code NAME.json}. */
    public void write(Path page) throws IOException {
        Path folder = page.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        String name = page.getFileName().toString().replaceFirst("\\.html?$", "");
        AtomicFile.write(page.resolveSibling(name + ".json"), Json.pretty(json()));
        AtomicFile.write(page, html());
    }

    /** The page. */
    public String html() {
        StringBuilder body = new StringBuilder("<p class=\"dim\">Under each strip the same frames with what mattered: "
                + "<span class=\"l1\">orange</span> speaks for the class, <span class=\"l0\">blue</span> against it. "
                + "Integrated gradients from a clip of middle grey.</p>\n");
        clips.forEach(clip -> body.append(section(clip)));
        return Html.page("What mattered", body.toString());
    }

    private String section(Clip clip) {
        Explanation explanation = clip.explanation();
        int[] chosen = Strip.chosen(clip.frames().length());
        byte[][] frames = new byte[chosen.length][width * height * 3];
        byte[][] heat = new byte[chosen.length][];
        double strong = strong(explanation);
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < chosen.length; i++) {
            clip.frames().read(chosen[i], 1, frames[i], 0);
            heat[i] = heat(frames[i], explanation.pixels(chosen[i]), strong);
            numbers.append(i == 0 ? "" : ", ").append(chosen[i] + 1);
        }
        String name = Html.escape(clip.name());
        return "<h2>" + name + "</h2>\n<div class=\"clip\"><p><b>"
                + Html.escape(classes.get(explanation.label())) + "</b></p>"
                + ShownClips.img("frames of " + clip.name(), chosen.length, Strip.of(frames, width, height))
                + "<div style=\"height:3px\"></div>"
                + ShownClips.img("what mattered in them", chosen.length, Strip.of(heat, width, height))
                + "<p class=\"dim\">Frames " + numbers + " of " + clip.frames().length() + "</p>"
                + ShownClips.probabilities(classes, explanation.probabilities(), null)
                + "</div>\n<div class=\"charts\">"
                + Chart.signedBars("What each frame adds for the class", "frame", explanation.frames())
                + Chart.ofShares("Probabilities after so many frames", "frame", course(clip)) + "</div>\n";
    }

    /** The amount that is drawn in full colour. */
    private static double strong(Explanation explanation) {
        List<float[]> frames = new ArrayList<>();
        int count = 0;
        for (int t = 0; t < explanation.length(); t++) {
            frames.add(explanation.pixels(t));
            count += frames.get(t).length;
        }
        double[] amounts = new double[count];
        int at = 0;
        for (float[] frame : frames) {
            for (float pixel : frame) {
                amounts[at++] = Math.abs(pixel);
            }
        }
        Arrays.sort(amounts);
        double strong = amounts[(int) ((1 - STRONG) * (count - 1))];
        return strong > 0 ? strong : 1;
    }

    /** A frame in faint grey with its relevance in colour. */
    static byte[] heat(byte[] frame, float[] pixels, double strong) {
        byte[] heat = new byte[frame.length];
        for (int i = 0; i < pixels.length; i++) {
            double grey = FAINT * ((frame[3 * i] & 0xff) + (frame[3 * i + 1] & 0xff) + (frame[3 * i + 2] & 0xff)) / 3;
            double share = Math.sqrt(Math.min(1, Math.abs(pixels[i]) / strong));
            int[] colour = pixels[i] > 0 ? FOR : AGAINST;
            for (int c = 0; c < 3; c++) {
                heat[3 * i + c] = (byte) Math.round((1 - share) * grey + share * colour[c]);
            }
        }
        return heat;
    }

    /** The most probable classes at the end; between the judged lengths the last answer stands. */
    private List<Chart.Line> course(Clip clip) {
        int[] ranking = RunData.ranking(clip.explanation().probabilities());
        List<Chart.Line> lines = new ArrayList<>();
        for (int j : Arrays.copyOf(ranking, Math.min(LINES, ranking.length))) {
            double[] values = new double[clip.frames().length()];
            Arrays.fill(values, Double.NaN);
            for (int i = 0; i < clip.course().lengths().size(); i++) {
                int from = clip.course().lengths().get(i) - 1;
                Arrays.fill(
                        values,
                        from,
                        values.length,
                        clip.course().probabilities().get(i)[j]);
            }
            lines.add(new Chart.Line(classes.get(j), values));
        }
        return lines;
    }

    private Map<String, Object> json() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Clip clip : clips) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("clip", clip.name());
            json.put("label", classes.get(clip.explanation().label()));
            json.put("probabilities", clip.explanation().probabilities());
            json.put("margin", clip.explanation().margin());
            json.put("greyMargin", clip.explanation().greyMargin());
            json.put("frames", clip.explanation().frames());
            List<Map<String, Object>> course = new ArrayList<>();
            for (int i = 0; i < clip.course().lengths().size(); i++) {
                course.add(Map.of(
                        "frames",
                        clip.course().lengths().get(i),
                        "probabilities",
                        clip.course().probabilities().get(i)));
            }
            json.put("course", course);
            all.add(json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("classes", classes);
        json.put("clips", all);
        return json;
    }
}
