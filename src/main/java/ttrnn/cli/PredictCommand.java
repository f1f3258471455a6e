package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.ClipReader;
import ttrnn.io.AtomicFile;
import ttrnn.report.ExplanationPage;
import ttrnn.tensor.FrameSequence;
import ttrnn.train.AnswerOverTime;
import ttrnn.train.ClipAnswer;
import ttrnn.train.Evaluation;
import ttrnn.train.Explanation;
import ttrnn.train.ModelFile;
import ttrnn.video.DecodeLimits;
import ttrnn.video.FrameSources;

/** {@code ttrnn predict}: clips in, classes out. */
@Command(
        name = "predict",
        description = {
            "Says what class new clips are of.",
            "A clip is decoded as the model's training clips were: same size, same choice of frames.",
            "What cannot be read in a folder is passed over with a message; a file that is named must be a clip."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ttrnn predict run clip.mpg",
            "  ttrnn predict run folder --top 3 --json",
            "  ttrnn predict run folder --csv answers.csv --threshold 0.6",
            "  ttrnn predict run clip.mpg --explain why.html",
            "  ttrnn predict run hour.mp4 --window 64 --threshold 0.5    a time line"
        })
final class PredictCommand implements CliCommand, Backend.User {
    /** What an answer is called that is none of the classes. */
    static final String NONE = "(none of these)";

    /** Clips that a page explains at most. */
    private static final int EXPLAINED = 20;
    /** Lengths after which the answer is asked for. */
    private static final int COURSE = 32;

    @Parameters(index = "0", paramLabel = "MODEL", description = "The folder of a run, or a .safetensors file.")
    Path model;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "CLIP",
            description = "Video files, frame arrays .npy [T,H,W,3] of bytes, or folders of them.")
    List<Path> clips;

    @Option(names = "--top", paramLabel = "K", description = "Classes shown a clip (default: 1).")
    int top = 1;

    @Option(
            names = "--threshold",
            paramLabel = "P",
            description = "Where no class is as probable as P, from 0 to 1, the answer is none of these.")
    double threshold;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Slide a window of N frames over each clip, however long, and tell a time line of classes.")
    @Nullable
    Integer window;

    @Option(
            names = "--stride",
            paramLabel = "M",
            description = "Frames from one window to the next (default: half a window).")
    @Nullable
    Integer stride;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the answers, or those of the windows, as CSV.")
    @Nullable
    Path csv;

    @Option(
            names = "--explain",
            paramLabel = "FILE.html",
            description = "Write a page that shows which frames and pixels mattered, and the probabilities over time.")
    @Nullable
    Path explain;

    private Backend backend = Backend.HERE;

    @Override
    public void use(Backend other) {
        backend = other;
    }

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        check();
        ModelFile file = ModelArgument.read(model);
        List<Path> files = files();
        ClipReader reader =
                new ClipReader(file.preprocessing(), clip -> FrameSources.open(clip, DecodeLimits.defaults()));
        List<Map<String, Object>> bad = new ArrayList<>();
        Answers answers = new Answers(file.classes(), top, threshold, window != null);
        List<ExplanationPage.Clip> explained = new ArrayList<>();
        try (Progress progress = output.progress("predict", "clips", files.size())) {
            boolean whole = window == null && explain == null;
            Iterator<ClipAnswer> given = backend.answers(model, file, whole ? files : List.of());
            for (Path clip : files) {
                try {
                    if (whole) {
                        answers.add(clip, given.next().orThrow());
                    } else {
                        predict(file, reader, clip, answers, explained);
                    }
                } catch (IOException e) {
                    String reason = String.valueOf(e.getMessage());
                    if (clips.contains(clip)) {
                        throw CliException.data(clip.toString(), reason);
                    }
                    bad.add(Map.of("clip", clip.toString(), "reason", reason));
                    output.message(clip + ": " + reason);
                }
                progress.step(1);
            }
        }
        if (answers.isEmpty()) {
            throw CliException.data(
                    clips.get(0).toString(),
                    "none of its " + bad.size() + " files is a clip; "
                            + bad.get(0).get("clip") + ": " + bad.get(0).get("reason"));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("clips", answers.json());
        json.put("bad", bad);
        String text = answers.text();
        if (csv != null) {
            write(csv, answers.csv());
            json.put("csv", csv.toString());
            text += "\nanswers: " + csv.toAbsolutePath() + "\n";
        }
        if (explain != null) {
            new ExplanationPage(
                            file.classes(),
                            file.preprocessing().width(),
                            file.preprocessing().height(),
                            explained)
                    .write(explain);
            json.put("explanation", explain.toString());
            text += "\nexplanation: " + explain.toAbsolutePath() + "\n";
        }
        return new CommandResult(json, text);
    }

    private void check() {
        if (top < 1) {
            throw CliException.usage("--top", "must be at least 1, not " + top);
        }
        if (!(threshold >= 0 && threshold <= 1)) {
            throw CliException.usage("--threshold", "must be from 0 to 1, not " + threshold);
        }
        if (window != null && window < 1) {
            throw CliException.usage("--window", "must be at least 1 frame, not " + window);
        }
        if (stride != null && (window == null || stride < 1)) {
            throw CliException.usage(
                    "--stride", window == null ? "goes with --window only" : "must be at least 1 frame, not " + stride);
        }
        if (window != null && explain != null) {
            throw CliException.usage("--explain", "explains whole clips; leave --window out");
        }
    }

    private void predict(
            ModelFile file, ClipReader reader, Path clip, Answers answers, List<ExplanationPage.Clip> explained)
            throws IOException {
        if (window != null) {
            int step = stride == null ? Math.max(1, window / 2) : stride;
            answers.add(clip, FrameWindows.of(file, reader, clip, window, step));
            return;
        }
        FrameSequence frames = file.view()
                .of(reader.read(clip, file.config().maxLength(), file.config().cutEnd()));
        double scale = file.config().inputScale();
        answers.add(
                clip,
                Evaluation.probabilities(file.model(), List.of(frames), scale).get(0));
        if (explain != null && explained.size() < EXPLAINED) {
            explained.add(new ExplanationPage.Clip(
                    clip.toString(),
                    frames,
                    Explanation.of(file.model(), frames, scale, Explanation.POINTS),
                    AnswerOverTime.of(file.model(), frames, scale, COURSE)));
        }
    }

    private static void write(Path target, String text) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        AtomicFile.write(target, text);
    }

    /** The files named, those in folders named sorted. */
    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path clip : clips) {
            if (Files.isDirectory(clip)) {
                int before = files.size();
                try (Stream<Path> walk = Files.walk(clip)) {
                    walk.filter(Files::isRegularFile)
                            .filter(path -> !path.getFileName().toString().startsWith("."))
                            .sorted()
                            .forEach(files::add);
                }
                if (files.size() == before) {
                    throw CliException.usage(clip.toString(), "the folder is empty; name one with clips");
                }
            } else if (Files.exists(clip)) {
                files.add(clip);
            } else {
                throw CliException.usage(clip.toString(), "no such clip or folder");
            }
        }
        return files;
    }

    /** Classes, most probable first. */
    static int[] best(float[] p) {
        return IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -p[j]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The most probable classes, so many at most. */
    static int[] firstOf(float[] p, int count) {
        return Arrays.copyOf(best(p), Math.min(count, p.length));
    }
}
