package ttrnn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import ttrnn.io.Json;
import ttrnn.train.TrainConfig;

/**
 * The options that decide a training. What is not given comes from the configuration file, else from the defaults; all of
 * them end in one {@link TrainConfig}, which checks them.
 */
final class TrainOptions {
    /** How {@link TrainConfig} and the JSON reader begin to speak of a field. */
    private static final Pattern FIELD = Pattern.compile("(?:the field \"(\\w+)\"|(\\w+):) (.*)");

    @Option(names = "--config", paramLabel = "FILE", description = "Settings from a JSON file; options override them.")
    @Nullable
    Path config;

    @Option(names = "--model", paramLabel = "NAME", description = "tt-gru (default).")
    @Nullable
    String model;

    @Option(
            names = "--input-modes",
            paramLabel = "M,…",
            converter = IntListConverter.class,
            description = "Factors of the frame size, height * width * 3 (default: 8,20,20,18).")
    @Nullable
    IntList inputModes;

    @Option(
            names = "--output-modes",
            paramLabel = "N,…",
            converter = IntListConverter.class,
            description = "Factors of the hidden size (default: 4,4,4,4).")
    @Nullable
    IntList outputModes;

    @Option(
            names = "--ranks",
            paramLabel = "R,…",
            converter = IntListConverter.class,
            description = "Inner ranks of the tensor train, or one number for all (default: 4).")
    @Nullable
    IntList ranks;

    @Option(names = "--gate-activation", paramLabel = "NAME", description = "hard-sigmoid (default) or sigmoid.")
    @Nullable
    String gateActivation;

    @Option(
            names = "--initializer",
            paramLabel = "NAME",
            description = "How the cores start: scaled (default), glorot, or published.")
    @Nullable
    String initializer;

    @Option(
            names = "--input-scale",
            paramLabel = "X",
            description = "Factor on pixel value - 128 (default: 0.015625; 1 as published).")
    @Nullable
    Double inputScale;

    @Option(names = "--max-length", paramLabel = "L", description = "Frames used of a clip at most (default: all).")
    @Nullable
    Integer maxLength;

    @Option(
            names = "--truncate",
            paramLabel = "END",
            description = "Which end of a longer clip is cut off: end (default) or start.")
    @Nullable
    String truncate;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training clips (default: 60).")
    @Nullable
    Integer epochs;

    @Option(names = "--batch-size", paramLabel = "N", description = "Clips a step (default: 16).")
    @Nullable
    Integer batchSize;

    @Option(names = "--learning-rate", paramLabel = "X", description = "Of Adam (default: 0.002).")
    @Nullable
    Double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "Course of the learning rate: cosine (default) or constant.")
    @Nullable
    String schedule;

    @Option(
            names = "--recurrent-dropout",
            paramLabel = "P",
            description = "Share of the state dropped in training (default: 0.25).")
    @Nullable
    Double recurrentDropout;

    @Option(
            names = "--l2",
            paramLabel = "X",
            description = "Factor on the squared weights of the head in the objective (default: 0.001).")
    @Nullable
    Double l2;

    @Option(
            names = "--shift",
            paramLabel = "X",
            description = "Shifts training clips at random, by this share of their size at most (default: 0).")
    @Nullable
    Double shift;

    @Option(
            names = "--crop",
            paramLabel = "X",
            description = "Leaves out frames of training clips at random, this share at most (default: 0).")
    @Nullable
    Double crop;

    @Option(
            names = "--clip-norm",
            paramLabel = "X",
            description = "Largest norm of the gradient (default: 1; 0: none).")
    @Nullable
    Double clipNorm;

    @Option(names = "--seed", paramLabel = "N", description = "Of weights, order, dropout and split (default: 1).")
    @Nullable
    Long seed;

    @Option(names = "--no-shuffle", description = "Keep the clips in the order of their names.")
    boolean noShuffle;

    @Option(
            names = "--split",
            paramLabel = "KIND",
            description = "Hold out whole groups: group (default), or single clips: random.")
    @Nullable
    String split;

    @Option(
            names = "--test-groups",
            paramLabel = "G,…",
            split = ",",
            description = "Groups held out for test (default: a fifth of them, drawn from the seed).")
    @Nullable
    List<String> testGroups;

    @Option(
            names = "--validation-groups",
            paramLabel = "G,…",
            split = ",",
            description = "Groups for validation, beside --test-groups (default: none).")
    @Nullable
    List<String> validationGroups;

    /** The configuration that file and options make of {@code base}. */
    TrainConfig toConfig(TrainConfig base) {
        TrainConfig settings = base;
        if (config != null) {
            settings = read(config, settings);
        }
        Map<String, Object> given = new LinkedHashMap<>();
        put(given, "model", model);
        put(given, "inputModes", inputModes == null ? null : inputModes.values());
        put(given, "outputModes", outputModes == null ? null : outputModes.values());
        put(given, "ranks", ranks == null ? null : ranks.values());
        put(given, "gateActivation", gateActivation);
        put(given, "initializer", initializer);
        put(given, "inputScale", inputScale);
        put(given, "maxLength", maxLength);
        put(given, "truncate", truncate);
        put(given, "epochs", epochs);
        put(given, "batchSize", batchSize);
        put(given, "learningRate", learningRate);
        put(given, "schedule", schedule);
        put(given, "recurrentDropout", recurrentDropout);
        put(given, "l2", l2);
        put(given, "shift", shift);
        put(given, "crop", crop);
        put(given, "clipNorm", clipNorm);
        put(given, "seed", seed);
        put(given, "shuffle", noShuffle ? false : null);
        put(given, "split", split);
        put(given, "testGroups", testGroups);
        put(given, "validationGroups", validationGroups);
        try {
            settings = settings.with(Json.parse(Json.line(given)));
        } catch (IOException | IllegalArgumentException e) {
            throw ofOption(String.valueOf(e.getMessage()));
        }
        checkTrain(settings);
        return settings;
    }

    /** What a configuration says of its field is true of the option of that name. */
    private static CliException ofOption(String message) {
        Matcher matcher = FIELD.matcher(message);
        if (!matcher.matches()) {
            return CliException.usage("", message);
        }
        String field = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return CliException.usage(option(field), matcher.group(3));
    }

    /** {@code batchSize} is {@code --batch-size}. */
    private static String option(String field) {
        return "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static void checkTrain(TrainConfig config) {
        int inputs = config.inputModes().size();
        int outputs = config.outputModes().size();
        int inner = config.ranks().size();
        if (inputs != outputs) {
            throw CliException.usage(
                    "--output-modes",
                    outputs + " output modes " + config.outputModes() + " for " + inputs + " input modes "
                            + config.inputModes() + "; give one for each");
        }
        if (inner != 1 && inner != inputs - 1) {
            throw CliException.usage(
                    "--ranks",
                    inner + " ranks " + config.ranks() + " for " + inputs + " modes; give the " + (inputs - 1)
                            + " inner ones, or one number for all");
        }
    }

    /** {@code base} with the settings of a file. */
    static TrainConfig read(Path file, TrainConfig base) {
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            String reason =
                    Files.isDirectory(file) ? "is a folder" : Files.exists(file) ? "cannot be read" : "no such file";
            throw CliException.usage(
                    file.toString(), reason + "; name a JSON file of settings, such as config.json of a run");
        }
        try {
            return base.with(Json.parse(text));
        } catch (IOException | IllegalArgumentException e) {
            throw CliException.usage(file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
