package ttrnn.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;
import ttrnn.dataset.Split;
import ttrnn.dataset.SplitOptions;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
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
     */
    public record Summary(
            Trainer.Result result,
            Evaluation training,
            @Nullable Evaluation validation,
            @Nullable Evaluation test,
            ModelFile model) {}

    private final ClipStore store;
    private final TrainConfig config;
    /** A model with given weights; null to draw them when the training begins. */
    private final @Nullable Classifier begun;

    private final List<String> classes;
    private final Split split;

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
        config.checkShapes();
        this.begun = init == null ? null : begin(init);
        this.split = Split.of(store.clips(), splitOptions(config));
    }

    private Classifier begin(ModelFile init) {
        Classifier model = Models.create(config, classes.size());
        Models.start(model, init, classes);
        return model;
    }

    private static SplitOptions splitOptions(TrainConfig config) {
        return new SplitOptions(
                SplitOptions.Kind.of(config.get(Settings.SPLIT)),
                config.seed(),
                config.get(Settings.TEST_GROUPS),
                config.get(Settings.VALIDATION_GROUPS),
                0,
                0);
    }

    public Split split() {
        return split;
    }

    /** Trains, judges, and writes the run; a run that fails leaves no file behind. */
    public Summary run(RunFolder folder, String version, TrainListener listener) throws IOException {
        boolean done = false;
        try {
            Summary summary = trainAndJudge(folder, version, listener);
            done = true;
            return summary;
        } finally {
            if (!done) {
                folder.discard();
            }
        }
    }

    private Summary trainAndJudge(RunFolder folder, String version, TrainListener listener) throws IOException {
        Instant started = Instant.now();
        List<Example> training = examples(split.train());
        List<Example> validation = examples(split.validation());
        folder.writeConfig(config);
        Classifier model = begun == null ? Models.create(config, classes.size()) : begun;
        Augmentation augmentation =
                new Augmentation(config.get(Settings.SHIFT), config.get(Settings.CROP), store.width(), store.height());
        Recorder recorder = new Recorder(folder, listener);
        Trainer.Result result = new Trainer(config, model, training, validation, augmentation, recorder).run();
        if (!result.complete()) {
            throw new TrainException("training: stopped in epoch " + result.bestEpoch());
        }
        ModelFile file = new ModelFile(config, classes, store.settings(), model);
        file.write(folder.model());
        Summary summary = new Summary(
                result,
                Evaluation.of(model, training, config.inputScale()),
                judge(model, validation),
                judge(model, examples(split.test())),
                file);
        folder.writeRun(provenance(summary, version, started));
        return summary;
    }

    private @Nullable Evaluation judge(Classifier model, List<Example> examples) {
        return examples.isEmpty() ? null : Evaluation.of(model, examples, config.inputScale());
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
        List<Example> examples = new ArrayList<>();
        for (String id : ids) {
            ClipRecord clip = store.clip(id);
            if (clip == null) {
                throw new IllegalArgumentException("clips: " + store.path() + " has no clip " + id);
            }
            int label = classes.indexOf(clip.label());
            if (label < 0) {
                throw new IllegalArgumentException("classes: clip " + id + " of " + store.path() + " has the class "
                        + clip.label() + ", which the model does not know; it knows " + classes);
            }
            examples.add(new Example(id, store.frames(clip, config.maxLength(), config.cutEnd()), label));
        }
        return examples;
    }

    private Map<String, Object> provenance(Summary summary, String version, Instant started) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("version", version);
        run.put("java", System.getProperty("java.version"));
        run.put("jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        run.put("kernels", Kernels.describe());
        run.put("threads", Parallel.threads());
        run.put("cores", Runtime.getRuntime().availableProcessors());
        run.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
        run.put("ended", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        run.put("store", store.path().toString());
        run.put("storeSha256", hash());
        run.put("classes", classes);
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("train", split.train());
        parts.put("validation", split.validation());
        parts.put("test", split.test());
        run.put("split", parts);
        run.put("parameters", summary.model().model().parameterCount());
        run.put("bestEpoch", summary.result().bestEpoch());
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("train", numbers(summary.training()));
        Evaluation validation = summary.validation();
        if (validation != null) {
            results.put("validation", numbers(validation));
        }
        Evaluation test = summary.test();
        if (test != null) {
            results.put("test", numbers(test));
        }
        run.put("results", results);
        return run;
    }

    private static Map<String, Object> numbers(Evaluation evaluation) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("clips", evaluation.clips());
        numbers.put("accuracy", evaluation.accuracy());
        numbers.put("loss", evaluation.loss());
        return numbers;
    }

    /** One hash of all clips: their ids and the hashes of their frames. */
    private String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (ClipRecord clip : store.clips()) {
                digest.update((clip.id() + " " + clip.sha256() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JVM has SHA-256
        }
    }

    /** Writes each epoch as it ends. */
    private static final class Recorder implements TrainListener {
        private final RunFolder folder;
        private final TrainListener listener;
        private final List<EpochMetrics> epochs = new ArrayList<>();

        Recorder(RunFolder folder, TrainListener listener) {
            this.folder = folder;
            this.listener = listener;
        }

        @Override
        public void step(int epoch, int clips, double loss) {
            listener.step(epoch, clips, loss);
        }

        @Override
        public void epoch(EpochMetrics metrics) {
            epochs.add(metrics);
            try {
                folder.writeEpochs(epochs);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listener.epoch(metrics);
        }

        @Override
        public boolean stopRequested() {
            return listener.stopRequested();
        }
    }
}
