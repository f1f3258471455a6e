package ttrnn.train;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.Split;
import ttrnn.dataset.SplitOptions;
import ttrnn.nn.Classifier;

/** A training from a store to the files of a run. */
public final class TrainRun {
    /**
     * How it ended.
     *
     * @param result epochs and the best of them
     * @param training the training clips, judged with dropout off
     * @param validation null without validation clips
     * @param test null without test clips
     * @param model what was written
     * @param resources what was estimated, and what was used
     */
    public record Summary(
            Trainer.Result result,
            Evaluation training,
            @Nullable Evaluation validation,
            @Nullable Evaluation test,
            ModelFile model,
            Resources resources) {}

    private final ClipStore store;
    private final TrainConfig config;
    /** A model with given weights; null to draw them when the training begins. */
    private final @Nullable Classifier begun;

    private final List<String> classes;
    private final Split split;
    private @Nullable Session current;
    private boolean running;

    /** A training that begins with random weights. */
    public TrainRun(ClipStore store, TrainConfig config) {
        this(store, config, null);
    }

    /**
     * Checks that configuration and store fit, and divides the clips.
     *
     * @param init a model whose weights to begin with; null for random ones
     */
    public TrainRun(ClipStore store, TrainConfig config, @Nullable ModelFile init) {
        this.store = store;
        this.config = config;
        this.classes = store.classes();
        if (config.frameSize() != store.frameSize()) {
            throw new IllegalArgumentException("inputModes: " + config.inputModes() + " make "
                    + config.frameSize() + ", but a frame of " + store.path() + " has " + store.width()
                    + "x" + store.height() + "x3 = " + store.frameSize()
                    + " values; choose input modes of that product, or prepare with another size");
        }
        if (classes.size() < 2) {
            throw new IllegalArgumentException("classes: " + store.path() + " has one class only, " + classes.get(0)
                    + "; a model tells two or more apart, so prepare clips of other classes too");
        }
        if (!config.severalLabels()) {
            store.clips().stream()
                    .filter(clip -> clip.labels().size() > 1)
                    .findFirst()
                    .ifPresent(TrainRun::refuseSeveral);
        }
        config.checkShapes();
        this.begun = init == null ? null : begin(init);
        this.split = split(store, config);
    }

    private TrainRun(TrainRun other, Split split) {
        this.store = other.store;
        this.config = other.config;
        this.classes = other.classes;
        this.begun = other.begun;
        this.split = split;
    }

    /** The same training, in which the test clips are not looked at. */
    public TrainRun withoutTest() {
        return new TrainRun(this, new Split(split.train(), split.validation(), List.of(), split.notes()));
    }

    private static void refuseSeveral(ClipRecord clip) {
        throw new IllegalArgumentException("labels: clip " + clip.id() + " has several classes, "
                + String.join(", ", clip.labels())
                + ", and this training takes one a clip; say labels several (--labels several), or prepare a list of the"
                + " clips (.csv) with one label each");
    }

    /** The new model has the other's weights, and what that learnt of its frames. */
    private Classifier begin(ModelFile init) {
        Classifier model = Models.create(config, classes.size());
        Models.start(model, init, classes);
        Preparations.check(config, init.model().constants());
        return Preparations.of(
                config, store.width(), store.height(), init.model().constants(), model);
    }

    /** A new model; what it is to know of the frames it learns from the training clips. */
    private Classifier create() {
        Classifier model = Models.create(config, classes.size());
        return Preparations.learn(config, store.width(), store.height(), examples(split.train()), model);
    }

    private static Split split(ClipStore store, TrainConfig config) {
        if (config.get(Settings.SPLIT).equals("all")) {
            if (!config.get(Settings.TEST_GROUPS).isEmpty() || config.get(Settings.FOLDS) > 0) {
                throw new IllegalArgumentException(
                        "split: with all clips in the training there are no test groups and no folds");
            }
            List<String> ids = store.clips().stream().map(ClipRecord::id).toList();
            return new Split(ids, List.of(), List.of(), List.of());
        }
        Split split = Split.of(store.clips(), splitOptions(config));
        if (config.get(Settings.VALIDATE)) {
            return split;
        }
        List<String> both = new ArrayList<>(split.train());
        both.addAll(split.validation());
        return new Split(both, List.of(), split.test(), split.notes());
    }

    private static SplitOptions splitOptions(TrainConfig config) {
        return new SplitOptions(
                SplitOptions.Kind.of(config.get(Settings.SPLIT)),
                config.seed(),
                config.get(Settings.TEST_GROUPS),
                config.get(Settings.VALIDATION_GROUPS),
                config.get(Settings.FOLDS),
                Math.max(0, config.get(Settings.FOLD)));
    }

    /** Which clips are for training, validation and test. */
    public Split split() {
        return split;
    }

    /** What it will cost. */
    public TrainPlan plan() {
        Set<String> training = Set.copyOf(split.train());
        Set<String> validation = Set.copyOf(split.validation());
        List<Integer> lengths = new ArrayList<>();
        long judged = 0;
        int longest = 0;
        for (ClipRecord clip : store.clips()) {
            int used = config.usedFrames(clip.frames());
            if (training.contains(clip.id())) {
                lengths.add(used);
            }
            judged += validation.contains(clip.id()) ? used : 0;
            longest = Math.max(longest, used);
        }
        lengths.sort(Comparator.reverseOrder());
        long longestBatch =
                lengths.stream().limit(config.batchSize()).mapToLong(n -> n).sum();
        double mean = lengths.stream().mapToInt(n -> n).average().orElse(0);
        return new TrainPlan(config, classes.size(), lengths.size(), mean, longest, longestBatch, judged);
    }

    /** How long steps take on this machine, seen in some seconds on clips of the store; changes nothing of the training. */
    public Calibration calibrate() {
        return Calibration.of(config, classes.size(), examples(split.train()), plan());
    }

    /**
     * Trains, judges, and writes the run, or goes on with it; then closes the folder. A run that fails before its first step
     * leaves no file behind, a later one what is needed to go on.
     *
     * @throws TrainException.Stopped if the listener wished so; the state is saved
     */
    public Summary run(RunFolder folder, RunOptions options, TrainListener listener) throws IOException {
        return run(folder, options, listener, ClipWork::here);
    }

    /** The same with what is computed of clips computed by others. */
    public Summary run(RunFolder folder, RunOptions options, TrainListener listener, ClipWork.Factory workers)
            throws IOException {
        boolean keep = folder.resumed();
        runs(true, null);
        try (HeapUse heap = new HeapUse()) {
            Session session = session(folder, options, listener, workers);
            runs(true, session);
            try {
                Summary summary = trainAndJudge(session, heap);
                keep = true;
                return summary;
            } finally {
                keep |= session.keeper().steps() > 0;
            }
        } finally {
            runs(false, null);
            if (!keep) {
                folder.discard();
            }
            folder.close();
        }
    }

    private synchronized void runs(boolean now, @Nullable Session session) {
        running = now;
        current = session;
    }

    /** A training in its folder. */
    private record Session(
            RunFolder folder,
            RunOptions options,
            Provenance provenance,
            ModelFile model,
            RunKeeper keeper,
            ClipWork work,
            Trainer trainer) {
        @Nullable
        Evaluation judge(List<Example> examples) {
            return examples.isEmpty() ? null : Evaluation.of(work, model.model(), examples);
        }
    }

    private Session session(RunFolder folder, RunOptions options, TrainListener listener, ClipWork.Factory workers)
            throws IOException {
        Origin origin = new Origin(options.version(), config, Provenance.dataHash(store));
        Classifier model = begun == null ? create() : begun;
        CheckpointFile earlier = folder.resumed() ? folder.checkpoints().newest(listener::message) : null;
        Checkpoint from = earlier == null ? null : accepted(earlier, origin, options, listener);
        Instant started =
                (earlier == null ? Instant.now() : Instant.parse(earlier.started())).truncatedTo(ChronoUnit.SECONDS);
        folder.writeConfig(config);
        ModelFile file = new ModelFile(config, classes, store.settings(), model);
        Provenance provenance =
                new Provenance(store, config, split, options.version(), started, model.parameterCount());
        folder.writeRun(provenance.atBegin());
        RunKeeper keeper =
                new RunKeeper(folder, options, origin, started.toString(), file, new StoreWatch(store), from, listener);
        ClipWork work = workers.of(file);
        Trainer trainer =
                new Trainer(config, model, examples(split.train()), examples(split.validation()), work, keeper, keeper);
        if (from != null) {
            trainer.restore(from);
            listener.message("goes on after " + trainer.position());
        } else if (folder.resumed()) {
            listener.message("there is nothing to go on from in " + folder.path() + ", so this begins anew");
        }
        return new Session(folder, options, provenance, file, keeper, work, trainer);
    }

    /** The state to go on from, if what the training comes from is the same or the change was accepted. */
    private static Checkpoint accepted(CheckpointFile earlier, Origin now, RunOptions options, TrainListener listener) {
        List<String> changes = earlier.origin().changes(now);
        if (changes.isEmpty()) {
            return earlier.checkpoint();
        }
        String words = String.join("; ", changes);
        if (!options.acceptChanges()) {
            throw new IllegalArgumentException("resume: the run comes from something else: " + words
                    + "; restore that, or go on all the same with --accept-changes");
        }
        listener.message("goes on although " + words);
        return earlier.origin().sameData(now)
                ? earlier.checkpoint()
                : earlier.checkpoint().withoutBest();
    }

    private Summary trainAndJudge(Session session, HeapUse heap) throws IOException {
        Trainer.Result result = session.trainer().run();
        if (!result.complete()) {
            throw new TrainException.Stopped(stopped(session));
        }
        RunFolder folder = session.folder();
        ModelFile file = session.model();
        file.write(folder.model());
        folder.writeEpochs(result.epochs());
        Summary summary = new Summary(
                result,
                Evaluation.of(session.work(), file.model(), examples(split.train())),
                session.judge(examples(split.validation())),
                session.judge(examples(split.test())),
                file,
                resources(session, result, heap));
        List<Map<String, Object>> answers = new ArrayList<>();
        addAnswers("train", split.train(), summary.training(), answers);
        addAnswers("validation", split.validation(), summary.validation(), answers);
        addAnswers("test", split.test(), summary.test(), answers);
        folder.writePredictions(answers);
        folder.writeRun(session.provenance().atEnd(summary));
        return summary;
    }

    private void addAnswers(
            String part, List<String> ids, @Nullable Evaluation evaluation, List<Map<String, Object>> answers) {
        for (int i = 0; evaluation != null && i < ids.size(); i++) {
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("clip", ids.get(i));
            answer.put("part", part);
            answer.put("label", classes.get(evaluation.labels().get(i)));
            answer.put("predicted", classes.get(evaluation.predicted(i)));
            answer.put("probabilities", evaluation.probabilities().get(i));
            answers.add(answer);
        }
    }

    /**
     * For another thread, while {@link #run} does something that takes too long to be waited for, a step or what comes before
     * and after all steps: saves the state before it and then does {@code end}, which should end the process. Does nothing
     * if no training is going on.
     *
     * @param end is given words that say where the training stopped
     */
    public void stopInMidStep(Consumer<String> end) {
        Session session;
        synchronized (this) {
            if (!running) {
                return;
            }
            session = current;
        }
        if (session == null) {
            end.accept("stopped before the first step; --resume begins anew");
        } else {
            session.trainer().stopInMidStep(() -> end.accept(stopped(session)));
        }
    }

    private String stopped(Session session) {
        return "stopped after " + session.trainer().position() + "; the state is saved, train " + store.path()
                + " --out " + session.folder().path() + " --resume goes on";
    }

    private List<Example> examples(List<String> ids) {
        return examples(store, ids, classes, config);
    }

    /**
     * Clips of a store as a model of {@code config} sees them.
     *
     * @param classes of the model; a clip of another class is an error
     */
    public static List<Example> examples(ClipStore store, List<String> ids, List<String> classes, TrainConfig config) {
        ClipView view = ClipView.of(config, store.width(), store.height());
        List<Example> examples = new ArrayList<>();
        for (String id : ids) {
            ClipRecord clip = store.clip(id);
            if (clip == null) {
                throw new IllegalArgumentException("clips: " + store.path() + " has no clip " + id);
            }
            List<Integer> labels = new ArrayList<>();
            for (String label : clip.labels()) {
                if (!classes.contains(label)) {
                    throw new IllegalArgumentException("classes: clip " + id + " of " + store.path() + " has the class "
                            + label + ", which the model does not know; it knows " + classes);
                }
                labels.add(classes.indexOf(label));
            }
            examples.add(new Example(id, view.of(store.frames(clip, config.maxLength(), config.cutEnd())), labels));
        }
        return examples;
    }

    private Resources resources(Session session, Trainer.Result result, HeapUse heap) throws IOException {
        TrainPlan plan = plan();
        RunOptions options = session.options();
        return new Resources(
                plan.heapBytesWithin(Runtime.getRuntime().maxMemory()),
                heap.mostAfterCollection(),
                heap.peak(),
                Runtime.getRuntime().maxMemory(),
                plan.diskBytes(options.keptCheckpoints()),
                session.folder().bytes(),
                options.secondsPerEpoch(),
                result.secondsPerEpoch());
    }
}
