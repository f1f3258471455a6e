package ttrnn.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;

/** The clips that a model got most wrong, and those it was most surely right about, as strips of frames. */
final class ShownClips {
    private static final int SHOWN = 6;
    private static final int CLASSES = 3;
    private static final int BAR = 60;

    private ShownClips() {}

    static String html(RunData run) {
        List<RunData.Answer> wrong = new ArrayList<>();
        List<RunData.Answer> right = new ArrayList<>();
        for (RunData.Answer answer : run.judged()) {
            (answer.right() ? right : wrong).add(answer);
        }
        Comparator<RunData.Answer> bySurety = Comparator.comparingDouble(answer -> -best(answer));
        wrong.sort(bySurety.thenComparing(RunData.Answer::clip));
        right.sort(bySurety.thenComparing(RunData.Answer::clip));
        String note = run.store() == null
                ? "<p class=\"dim\">Without pictures: " + Html.escape(run.storeNote()) + "</p>\n"
                : "";
        return "<h3>Most wrong</h3>\n" + note
                + (wrong.isEmpty() ? "<p>No clip was told wrong.</p>\n" : clips(run, wrong))
                + "<h3>Most surely right</h3>\n"
                + (right.isEmpty() ? "<p>No clip was told right.</p>\n" : clips(run, ofDifferentClasses(right)));
    }

    private static double best(RunData.Answer answer) {
        return answer.probabilities()[RunData.ranking(answer.probabilities())[0]];
    }

    /** The surest of each class first, so that not all are of the easiest one. */
    private static List<RunData.Answer> ofDifferentClasses(List<RunData.Answer> sorted) {
        List<RunData.Answer> chosen = new ArrayList<>();
        for (RunData.Answer answer : sorted) {
            if (chosen.stream().noneMatch(other -> other.label().equals(answer.label()))) {
                chosen.add(answer);
            }
        }
        return chosen;
    }

    private static String clips(RunData run, List<RunData.Answer> answers) {
        StringBuilder html = new StringBuilder("<div class=\"clips\">\n");
        for (RunData.Answer answer : answers.subList(0, Math.min(SHOWN, answers.size()))) {
            html.append("<div class=\"clip\"><p><b>")
                    .append(Html.escape(answer.label()))
                    .append("</b>");
            if (!answer.right()) {
                html.append(", taken for <b>")
                        .append(Html.escape(answer.predicted()))
                        .append("</b>");
            }
            html.append(" <span class=\"dim\">")
                    .append(Html.escape(answer.clip()))
                    .append("</span></p>");
            String picture = picture(run.store(), answer.clip());
            if (picture != null) {
                html.append(picture);
            }
            html.append(probabilities(run.classes(), answer.probabilities(), answer.label()))
                    .append("</div>\n");
        }
        return html.append("</div>\n").toString();
    }

    /** The most probable classes, and the true one, which may be null, with bars. */
    static String probabilities(List<String> classes, float[] p, @Nullable String truth) {
        StringBuilder html = new StringBuilder("<p>");
        int shown = 0;
        for (int j : RunData.ranking(p)) {
            boolean isTrue = classes.get(j).equals(truth);
            if (shown++ < CLASSES || isTrue) {
                html.append(String.format(
                        Locale.ROOT,
                        "<span class=\"p%s\"><i style=\"width:%dpx\"></i>%s %s</span>",
                        isTrue ? " true" : "",
                        1 + Math.round(BAR * p[j]),
                        Html.escape(classes.get(j)),
                        Html.percent(p[j])));
            }
        }
        return html.append("</p>").toString();
    }

    /** A strip of so many frames; one of fewer is shown narrower, so that all frames are of one size. */
    static String img(String alt, int frames, String address) {
        return String.format(
                Locale.ROOT,
                "<img alt=\"%s\" style=\"width:%.1f%%\" src=\"%s\">",
                Html.escape(alt),
                100.0 * frames / Strip.FRAMES,
                address);
    }

    private static @Nullable String picture(@Nullable ClipStore store, String id) {
        ClipRecord clip = store == null ? null : store.clip(id);
        return store == null || clip == null
                ? null
                : img(
                        "frames of " + id,
                        Math.min(Strip.FRAMES, clip.frames()),
                        Strip.of(store.frames(clip), clip.width(), clip.height()));
    }
}
