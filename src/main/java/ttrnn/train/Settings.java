package ttrnn.train;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ttrnn.dataset.SplitOptions;
import ttrnn.nn.GateActivation;
import ttrnn.nn.SampledFrames;
import ttrnn.nn.SequenceClassifier;
import ttrnn.nn.init.Initializer;
import ttrnn.nn.optim.Adam;
import ttrnn.nn.optim.OptimizerType;

/** All that decides a training but the data: what {@link TrainConfig} holds. */
public final class Settings {
    /** A larger recurrent matrix, [hidden, gates hidden], would not fit into an array. */
    private static final long LARGEST_HIDDEN = 1 << 14;
    /** Instead of the number of a fold. */
    public static final int ALL_FOLDS = -1;

    public static final Setting<ModelType> MODEL = Setting.choice("model", ModelType.TT_GRU, "Kind of model");
    public static final Setting<List<Integer>> INPUT_MODES = modes(
            "inputModes", "M,…", List.of(8, 20, 20, 18), 1L << 30, "Factors of the frame size, height * width * 3");
    public static final Setting<List<Integer>> OUTPUT_MODES =
            modes("outputModes", "N,…", List.of(4, 4, 4, 4), LARGEST_HIDDEN, "Factors of the hidden size");
    public static final Setting<List<Integer>> RANKS = Setting.sizes(
            "ranks",
            "R,…",
            List.of(4),
            ranks -> !ranks.isEmpty() && ranks.stream().allMatch(r -> r > 0),
            "positive whole numbers",
            "Inner ranks of the tensor train, or one number for all");
    public static final Setting<String> GATE_TRAINS = Setting.oneOf(
            "gateTrains", "shared", List.of("shared", "separate"), "One train for all gates, or one for each");
    public static final Setting<Integer> LAYERS =
            Setting.whole("layers", "N", 1, 1, 1000, "Recurrent layers, one upon the other");
    public static final Setting<Boolean> BIDIRECTIONAL =
            Setting.flag("bidirectional", false, "Run each layer forward and backward");
    public static final Setting<Integer> FRAMES = Setting.whole(
            "frames",
            "N",
            6,
            1,
            1_000_000,
            "tt-mlp: frames of a clip that are used, from the middles of N equal parts");
    public static final Setting<SampledFrames.Pooling> POOLING =
            Setting.choice("pooling", SampledFrames.Pooling.CONCATENATE, "tt-mlp: what becomes of these frames");
    public static final Setting<SequenceClassifier.Pooling> STEP_POOLING = Setting.choice(
            "stepPooling", SequenceClassifier.Pooling.LAST, "The states that are classified: the last, or their mean");
    public static final Setting<GateActivation> GATE_ACTIVATION =
            Setting.choice("gateActivation", GateActivation.HARD_SIGMOID, "What squashes the gates");
    static final String AFTER = "after";
    public static final Setting<String> RESET = Setting.oneOf(
            "gruReset",
            "before",
            List.of("before", AFTER),
            "gru: whether the reset gate comes before the recurrent product, as published, or after it, as in PyTorch");
    public static final Setting<Initializer> INITIALIZER =
            Setting.choice("initializer", Initializer.SCALED, "How the input matrix starts");
    public static final Setting<Double> FORGET_BIAS = Setting.number(
            "forgetBias",
            1,
            value -> Math.abs(value) <= 100,
            "from -100 to 100",
            "Where the bias of the LSTM's forget gate starts");
    public static final Setting<Double> INPUT_SCALE = Setting.number(
            "inputScale",
            1.0 / 64,
            value -> value > 0 && value <= 1e3,
            "more than 0 and at most 1000",
            "Factor on pixel value - 128; 1 as published");
    public static final Setting<String> LABELS = Setting.oneOf(
            "labels",
            "one",
            List.of("one", "several"),
            "Classes of a clip; several: logistic outputs, binary cross-entropy, mean average precision");
    public static final Setting<Boolean> MASK_GREY = Setting.flag(
            "maskGrey", false, "Leave out frames all of whose values are 128, as the authors' masking of zeros does");
    public static final Setting<ClipView.Input> INPUT = Setting.choice(
            "input",
            ClipView.Input.FRAMES,
            "What the model sees: the frames, 128 + their difference from an earlier one, its size (motion),"
                    + " light, colour and motion of each pixel (mixed), or these and the texture of pairs of pixels");
    public static final Setting<Integer> LAG = Setting.whole(
            "lag", "N", 1, 1, 1000, "difference, motion, centre: frames between the two that are compared");
    public static final Setting<Boolean> CENTRE =
            Setting.flag("centre", false, "Move the frames, around the edges, so that what moves is in the middle");
    public static final Setting<Integer> PATCH = Setting.whole(
            "patch",
            "P",
            0,
            0,
            1 << 10,
            "Order of the input: patches of PxP pixels, row by row, and the pixels of each; 0 for pixels row by row");
    public static final Setting<Normalization> NORMALIZE = Setting.choice(
            "normalize",
            Normalization.NONE,
            "What is taken off a value instead of 128: the training clips' mean at its place, and for standard it is"
                    + " then divided by their deviation / 64");
    public static final Setting<Integer> MAX_LENGTH =
            Setting.whole("maxLength", "L", 0, 0, "Frames used of a clip at most; 0 for all");
    public static final Setting<String> TRUNCATE =
            Setting.oneOf("truncate", "end", List.of("start", "end"), "Which end of a longer clip is cut off");
    public static final Setting<Integer> STRIDE = Setting.whole(
            "stride",
            "N",
            1,
            1,
            1_000_000,
            "Uses every N-th of these frames; training clips begin at any of the first N, drawn at random, if crop is not 0");
    public static final Setting<Integer> EPOCHS = Setting.whole("epochs", "N", 60, 1, "Passes over the training clips");
    public static final Setting<Integer> BATCH_SIZE = Setting.whole("batchSize", "N", 16, 1, "Clips a step");
    public static final Setting<OptimizerType> OPTIMIZER =
            Setting.choice("optimizer", OptimizerType.ADAM, "What moves the weights");
    public static final Setting<Double> LEARNING_RATE = Setting.number(
            "learningRate",
            2e-3,
            value -> value > 0 && value <= 10,
            "more than 0 and at most 10",
            "Learning rate at its highest");
    public static final Setting<Schedule> SCHEDULE =
            Setting.choice("schedule", Schedule.COSINE, "Course of the learning rate");
    public static final Setting<Double> WARM_UP_EPOCHS = Setting.number(
            "warmUpEpochs",
            0,
            value -> value >= 0 && value <= 1e6,
            "0 or more",
            "Epochs, or a part of one, over which the rate first rises");
    public static final Setting<Double> RATE_FACTOR = Setting.number(
            "rateFactor",
            0.1,
            value -> value > 0 && value < 1,
            "more than 0 and less than 1",
            "step, plateau: factor on the rate");
    public static final Setting<Integer> RATE_EPOCHS = Setting.whole(
            "rateEpochs",
            "N",
            20,
            1,
            "step: epochs between two steps; plateau: epochs without a lower loss before one");
    public static final Setting<Double> MOMENTUM =
            Setting.share("momentum", 0, "sgd: share of the step before that goes on");
    public static final Setting<Boolean> NESTEROV =
            Setting.flag("nesterov", false, "sgd: momentum that looks ahead (Nesterov)");
    public static final Setting<Double> EPSILON = Setting.number(
            "epsilon",
            1e-8,
            value -> value > 0 && value <= 1,
            "more than 0 and at most 1",
            "adam, adamw, rmsprop: what is added to the root of the mean square");
    public static final Setting<Adam.Form> ADAM_FORM = Setting.choice(
            "adamForm", Adam.Form.KERAS, "adam, adamw: epsilon after the bias correction (paper) or before it (keras)");
    public static final Setting<Double> WEIGHT_DECAY = Setting.number(
            "weightDecay",
            0.01,
            value -> value >= 0 && value <= 10,
            "from 0 to 10",
            "adamw: share of the matrices that decays each step, times the rate");
    public static final Setting<Double> DROPOUT =
            Setting.share("dropout", 0, "Share of the input dropped in training, one mask a clip and layer");
    public static final Setting<Double> RECURRENT_DROPOUT = Setting.share(
            "recurrentDropout", 0.25, "Share of the state dropped in training, one mask a clip and layer");
    public static final Setting<Double> L2 = Setting.number(
            "l2",
            1e-3,
            value -> value >= 0 && value < 1e3,
            "0 or more",
            "Factor on the squared weights of the head in the objective");
    public static final Setting<Double> LABEL_SMOOTHING = Setting.share(
            "labelSmoothing", 0, "Share of a training clip's target that all classes have in equal parts");
    public static final Setting<Double> SHIFT = Setting.number(
            "shift",
            0,
            value -> value >= 0 && value <= 1,
            "from 0 to 1",
            "Shifts training clips at random around the edges, by this share of their size at most");
    public static final Setting<Double> CROP =
            Setting.share("crop", 0, "Leaves out frames of training clips at random, this share at either end at most");
    public static final Setting<Double> ZOOM = Setting.number(
            "zoom",
            0,
            value -> value >= 0 && value <= 1,
            "from 0 to 1",
            "Enlarges training clips at random or makes them smaller, by this share at most");
    public static final Setting<Boolean> FLIP =
            Setting.flag("flip", false, "Show every other training clip, drawn at random, in a mirror");
    public static final Setting<Boolean> MIRROR =
            Setting.flag("mirror", false, "Judge a clip by the mean of its answer and that of its mirror image");
    public static final Setting<Double> CLIP_NORM = Setting.number(
            "clipNorm", 1, value -> value >= 0, "0 (no limit) or more", "Largest norm of the gradient; 0 for no limit");
    public static final Setting<Double> CLIP_VALUE = Setting.number(
            "clipValue",
            0,
            value -> value >= 0,
            "0 (no limit) or more",
            "Largest size of each element of the gradient; 0 for no limit");
    public static final Setting<NonFinite> ON_NON_FINITE = Setting.choice(
            "onNonFinite", NonFinite.STOP, "What to do when the loss or a gradient is infinite or no number");
    public static final Setting<Integer> PATIENCE = Setting.whole(
            "patience", "N", 0, 0, "End after so many epochs that were not the best in validation; 0 for never");
    public static final Setting<Long> SEED = Setting.seed("seed", 1, "Of weights, order, dropout and split");
    public static final Setting<Boolean> SHUFFLE =
            Setting.flag("shuffle", true, "Change the order of the clips from epoch to epoch (default: yes)");
    public static final Setting<String> SPLIT = Setting.oneOf(
            "split",
            "group",
            Stream.concat(SplitOptions.Kind.options().stream(), Stream.of("all"))
                    .toList(),
            "Whether whole groups are held out, single clips, what the data set's own lists say, or nothing (all)");
    public static final Setting<List<String>> TEST_GROUPS = Setting.names(
            "testGroups", "G,…", "Groups held out for test (default: a fifth of them, drawn from the seed)");
    public static final Setting<List<String>> VALIDATION_GROUPS =
            Setting.names("validationGroups", "G,…", "Groups for validation, beside --test-groups (default: none)");

    public static final Setting<Integer> FOLDS = Setting.whole(
            "folds",
            "K",
            0,
            0,
            "Cross-validation: divide the groups, or clips, into K parts, each once the test; 0 for none");
    public static final Setting<Integer> FOLD = Setting.whole(
            "fold", "I", ALL_FOLDS, ALL_FOLDS, "The fold that is the test, from 0; -1 for all, one after the other");
    public static final Setting<Boolean> VALIDATE = Setting.flag(
            "validate",
            true,
            "Hold clips out for validation; without, they too are learnt from, and the last weights count (default: yes)");

    /**
     * Settings that belong together.
     *
     * @param title for example {@code The model}
     */
    public record Section(String title, List<Setting<?>> settings) {
        private static Section of(String title, Setting<?>... settings) {
            return new Section(title, List.of(settings));
        }
    }

    /** All settings by what they decide, in the order in which they are told to a user. */
    public static final List<Section> SECTIONS = List.of(
            Section.of(
                    "The model",
                    MODEL,
                    INPUT_MODES,
                    OUTPUT_MODES,
                    RANKS,
                    GATE_TRAINS,
                    LAYERS,
                    BIDIRECTIONAL,
                    FRAMES,
                    POOLING,
                    STEP_POOLING,
                    GATE_ACTIVATION,
                    RESET,
                    INITIALIZER,
                    FORGET_BIAS,
                    LABELS),
            Section.of(
                    "What it sees",
                    MASK_GREY,
                    INPUT,
                    LAG,
                    CENTRE,
                    PATCH,
                    NORMALIZE,
                    INPUT_SCALE,
                    MAX_LENGTH,
                    TRUNCATE,
                    STRIDE),
            Section.of(
                    "How it learns",
                    EPOCHS,
                    BATCH_SIZE,
                    OPTIMIZER,
                    LEARNING_RATE,
                    SCHEDULE,
                    WARM_UP_EPOCHS,
                    RATE_FACTOR,
                    RATE_EPOCHS,
                    MOMENTUM,
                    NESTEROV,
                    EPSILON,
                    ADAM_FORM),
            Section.of(
                    "Against learning by heart",
                    WEIGHT_DECAY,
                    DROPOUT,
                    RECURRENT_DROPOUT,
                    L2,
                    LABEL_SMOOTHING,
                    SHIFT,
                    CROP,
                    ZOOM,
                    FLIP,
                    MIRROR),
            Section.of("Limits and order", CLIP_NORM, CLIP_VALUE, ON_NON_FINITE, PATIENCE, SEED, SHUFFLE),
            Section.of("What is held out", SPLIT, TEST_GROUPS, VALIDATION_GROUPS, FOLDS, FOLD, VALIDATE));

    /** Every setting, in the order in which a configuration is written. */
    public static final List<Setting<?>> ALL = SECTIONS.stream()
            .<Setting<?>>flatMap(section -> section.settings().stream())
            .toList();

    private Settings() {}

    /** The setting of a name such as {@code batchSize}. */
    static Setting<?> of(String name) {
        return ALL.stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown setting \"" + name + "\"; there are "
                        + ALL.stream().map(Setting::name).collect(Collectors.joining(", "))));
    }

    /** Positive, and their product at most {@code most}. */
    private static Setting<List<Integer>> modes(
            String name, String label, List<Integer> otherwise, long most, String description) {
        return Setting.sizes(
                name,
                label,
                otherwise,
                modes -> !modes.isEmpty() && product(modes, most) > 0,
                "positive whole numbers with a product of at most " + most,
                description);
    }

    private static long product(List<Integer> modes, long most) {
        return modes.stream()
                .mapToLong(Integer::longValue)
                .reduce(1, (a, b) -> a < 1 || b < 1 || a * b > most ? 0 : a * b);
    }
}
