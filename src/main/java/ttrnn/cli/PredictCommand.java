package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ttrnn.dataset.ClipReader;
import ttrnn.tensor.FrameSequence;
import ttrnn.train.Evaluation;
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
        footer = {"  ttrnn predict run clip.mpg", "  ttrnn predict run folder --top 3 --json"})
final class PredictCommand implements CliCommand {
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

    @Override
    public CommandResult run(Output output, Interruption interruption) throws Exception {
        if (top < 1) {
            throw CliException.usage("--top", "must be at least 1, not " + top);
        }
        ModelFile file = ModelArgument.read(model);
        List<Path> files = files();
        ClipReader reader =
                new ClipReader(file.preprocessing(), clip -> FrameSources.open(clip, DecodeLimits.defaults()));
        List<Map<String, Object>> answers = new ArrayList<>();
        List<Map<String, Object>> bad = new ArrayList<>();
        Table table = Table.of("clip", "class", "probability");
        try (Progress progress = output.progress("predict", "clips", files.size())) {
            for (Path clip : files) {
                float[] p;
                try {
                    p = probabilities(file, reader, clip);
                } catch (IOException e) {
                    String reason = String.valueOf(e.getMessage());
                    if (clips.contains(clip)) {
                        throw CliException.data(clip.toString(), reason);
                    }
                    bad.add(Map.of("clip", clip.toString(), "reason", reason));
                    output.message(clip + ": " + reason);
                    progress.step(1);
                    continue;
                }
                answers.add(answer(clip, file.classes(), p));
                int[] best = best(p);
                for (int k = 0; k < Math.min(top, best.length); k++) {
                    table.row(k == 0 ? clip : "", file.classes().get(best[k]), Format.percent(p[best[k]]));
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
        json.put("clips", answers);
        json.put("bad", bad);
        return new CommandResult(json, table.toString());
    }

    private static float[] probabilities(ModelFile file, ClipReader reader, Path clip) throws IOException {
        FrameSequence frames = file.view()
                .of(reader.read(clip, file.config().maxLength(), file.config().cutEnd()));
        return Evaluation.probabilities(
                        file.model(), List.of(frames), file.config().inputScale())
                .get(0);
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

    private static Map<String, Object> answer(Path clip, List<String> classes, float[] p) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("clip", clip.toString());
        answer.put("label", classes.get(best(p)[0]));
        Map<String, Object> probabilities = new LinkedHashMap<>();
        for (int j : best(p)) {
            probabilities.put(classes.get(j), p[j]);
        }
        answer.put("probabilities", probabilities);
        return answer;
    }

    /** Classes, most probable first. */
    private static int[] best(float[] p) {
        return IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -p[j]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
