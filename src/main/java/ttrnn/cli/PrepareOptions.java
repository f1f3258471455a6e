package ttrnn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import ttrnn.dataset.FoundClips;
import ttrnn.dataset.Layouts;
import ttrnn.dataset.OnBadClip;
import ttrnn.dataset.PrepareResult;
import ttrnn.dataset.PrepareSettings;
import ttrnn.dataset.Sampling;
import ttrnn.dataset.Shard;
import ttrnn.io.FreeSpace;
import ttrnn.train.TrainConfig;
import ttrnn.video.ClipDecoders;
import ttrnn.video.Fit;

/** How clips become frames: the options of every command that prepares, and the preparation itself with its messages. */
final class PrepareOptions {
    @Option(
            names = "--layout",
            paramLabel = "NAME",
            completionCandidates = LayoutNames.class,
            description = "How class and group are told from a clip's path: ${COMPLETION-CANDIDATES}"
                    + " (default: auto, by the names).")
    String layout = Layouts.AUTO;

    @Option(
            names = "--lists",
            paramLabel = "DIR",
            description = "Where the data set's official lists are (default: SRC).")
    @Nullable
    Path lists;

    @Option(
            names = "--list",
            paramLabel = "N",
            description = "Which of several official splits (UCF101, HMDB51: 1, 2, 3; default: ${DEFAULT-VALUE}); given"
                    + " anew, the clips are not decoded again.")
    int list = 1;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            converter = SizeConverter.class,
            description = "Width and height of the stored frames in pixels (default: ${DEFAULT-VALUE}).")
    FrameSize size = new FrameSize(
            PrepareSettings.defaults().width(), PrepareSettings.defaults().height());

    @Option(
            names = "--every",
            paramLabel = "N",
            description = "Keep the frames 0, N, 2N, ... of a clip (default: all frames).")
    int every = 1;

    @Option(
            names = "--fps",
            paramLabel = "F",
            description = "Keep F frames a second, the nearest ones; instead of --every.")
    double framesPerSecond;

    @Option(
            names = "--max-frames",
            paramLabel = "N",
            description = "Of these keep the first N of each clip (default: all); see --window and --max-frames-of.")
    int maxFrames;

    @Option(
            names = "--max-frames-of",
            paramLabel = "WHAT",
            converter = ChoiceConverter.Limit.class,
            completionCandidates = ChoiceConverter.Limit.class,
            description = "What --max-frames counts: stored = the frames that --every or --fps chose (default);"
                    + " clip = the clip's own frames, before others are chosen out of them.")
    String maxFramesOf = "stored";

    @Option(
            names = "--window",
            paramLabel = "WHERE",
            converter = ChoiceConverter.Window.class,
            completionCandidates = ChoiceConverter.Window.class,
            description = "Which frames of a longer clip --max-frames keeps: ${COMPLETION-CANDIDATES}"
                    + " (default: start; random: by the clip's id and --window-seed).")
    Sampling.Window window = Sampling.Window.START;

    @Option(names = "--window-seed", paramLabel = "N", description = "Seed of random windows (default: 0).")
    long windowSeed;

    @Option(
            names = "--uniform",
            paramLabel = "N",
            description = "Keep N frames of each clip, at equal distances; instead of --every and --fps.")
    int uniform;

    @Option(
            names = "--blend",
            description = "With --fps: mix the two frames around each moment instead of taking the nearest.")
    boolean blend;

    @Option(
            names = "--fit",
            paramLabel = "HOW",
            converter = ChoiceConverter.FitHow.class,
            completionCandidates = ChoiceConverter.FitHow.class,
            description = "What to do with pictures of another shape than --size: ${COMPLETION-CANDIDATES}"
                    + " (default: stretch; letterbox = black bars; crop = the middle).")
    Fit fit = Fit.STRETCH;

    @Option(
            names = "--on-bad-clip",
            paramLabel = "WHAT",
            converter = OnBadClipConverter.class,
            completionCandidates = OnBadClipConverter.class,
            description =
                    "What to do with a clip that cannot be decoded whole: fail = stop; skip = leave it out and name"
                            + " it (default); keep-readable = keep the frames before the damage and name it.")
    OnBadClip onBadClip = OnBadClip.SKIP;

    @Option(names = "--no-checks", description = "Begin even if the disk would not suffice by the estimate.")
    boolean noChecks;

    /** Who decodes. */
    Backend backend = Backend.HERE;

    PrepareSettings settings() {
        Sampling sampling = new Sampling(fit, blend, uniform, window, maxFramesOf.equals("clip"), windowSeed);
        return new PrepareSettings(size.width(), size.height(), every, framesPerSecond, maxFrames, onBadClip, sampling);
    }

    /** The options that choose these frames, for example {@code --size 160x120 --every 2}. */
    static String line(PrepareSettings settings) {
        return "--size " + settings.width() + "x" + settings.height()
                + (settings.every() == 1 ? "" : " --every " + settings.every())
                + (settings.framesPerSecond() == 0 ? "" : " --fps " + settings.framesPerSecond())
                + (settings.maxFrames() == 0 ? "" : " --max-frames " + settings.maxFrames())
                + line(settings.sampling());
    }

    private static String line(Sampling sampling) {
        return (sampling.ofClip() ? " --max-frames-of clip" : "")
                + (sampling.window() == Sampling.Window.START
                        ? ""
                        : " --window " + ChoiceConverter.name(sampling.window()))
                + (sampling.window() == Sampling.Window.RANDOM ? " --window-seed " + sampling.seed() : "")
                + (sampling.uniform() == 0 ? "" : " --uniform " + sampling.uniform())
                + (sampling.blend() ? " --blend" : "")
                + (sampling.fit() == Fit.STRETCH ? "" : " --fit " + ChoiceConverter.name(sampling.fit()));
    }

    /** Fails if the frames asked for do not fit the model. */
    void checkFits(TrainConfig config) {
        int values = size.width() * size.height() * 3;
        if (values != config.frameSize()) {
            throw CliException.usage(
                    "--input-modes",
                    config.inputModes() + " make " + config.frameSize() + ", but a frame of " + size
                            + " has " + size + "x3 = " + values
                            + " values; choose input modes of that product, or another --size");
        }
    }

    /** Fills {@code store} with the clips of {@code source}; an interruption stops it with what was done kept. */
    PrepareResult prepare(Path source, Path store, Output output, Interruption interruption) throws IOException {
        return prepare(source, store, Shard.ALL, output, interruption);
    }

    @SuppressWarnings("try") // the hold is only held
    PrepareResult prepare(Path source, Path store, Shard shard, Output output, Interruption interruption)
            throws IOException {
        PrepareSettings settings = settings();
        if (list < 1) {
            throw CliException.usage("--list", "must be at least 1, not " + list);
        }
        FoundClips found = Layouts.find(source, layout, lists, list);
        if (layout.equalsIgnoreCase(Layouts.AUTO)) {
            output.message(found.why());
        } else {
            output.verbose(found.why());
        }
        found.notes().forEach(output::message);
        PrepareProgress progress = new PrepareProgress(output, (int)
                found.clips().stream().filter(clip -> shard.has(clip.id())).count());
        Thread worker = Thread.currentThread();
        try (progress;
                ClipDecoders decoders = new ClipDecoders();
                Interruption.Hold hold = interruption.hold(worker::interrupt)) {
            long free = noChecks ? Long.MAX_VALUE : FreeSpace.of(store);
            PrepareResult result = backend.prepare(found, store, settings, decoders::open, shard, free, progress);
            if (!result.open().isEmpty()) {
                output.message("shard " + shard + " is done; the store is complete when "
                        + result.open().stream().map(Shard::toString).collect(Collectors.joining(", "))
                        + (result.open().size() == 1 ? " is too" : " are too"));
            }
            result.notes().forEach(note -> output.warning(note + "; replace them and run prepare again"));
            return result;
        } catch (IOException | RuntimeException e) {
            if (interruption.requested()) {
                throw interruption.exception(progress.stopped());
            }
            throw e;
        } finally {
            if (interruption.requested()) {
                Thread.interrupted(); // the wish has been heard; what follows may still write
            }
        }
    }
}
