package ttrnn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import ttrnn.io.Json;
import ttrnn.train.TrainConfig;

/**
 * The options that decide a training. What is not given comes from the configuration file, else from the defaults; all of
 * them end in one {@link TrainConfig}, which checks them.
 */
final class TrainOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "Settings from a JSON file; options override them.")
    @Nullable
    Path config;

    @Option(names = "--model", paramLabel = "NAME", description = "tt-gru (default).")
    @Nullable
    String model;

    @Option(
            names = "--input-modes",
            paramLabel = "M,…",
            split = ",",
            description = "Factors of the frame size, height * width * 3 (default: 8,20,20,18).")
    @Nullable
    List<Integer> inputModes;

    @Option(
            names = "--output-modes",
            paramLabel = "N,…",
            split = ",",
            description = "Factors of the hidden size (default: 4,4,4,4).")
    @Nullable
    List<Integer> outputModes;

    @Option(
            names = "--ranks",
            paramLabel = "R,…",
            split = ",",
            description = "Inner ranks of the tensor train, or one number for all (default: 4).")
    @Nullable
    List<Integer> ranks;

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
        put(given, "inputModes", inputModes);
        put(given, "outputModes", outputModes);
        put(given, "ranks", ranks);
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
            return settings.with(Json.parse(Json.line(given)));
        } catch (IOException e) {
            throw CliException.usage("", String.valueOf(e.getMessage()));
        }
    }

    /** {@code base} with the settings of a file. */
    static TrainConfig read(Path file, TrainConfig base) {
        try {
            return base.with(Json.parse(Files.readString(file, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException e) {
            String reason = Files.exists(file) ? String.valueOf(e.getMessage()) : "no such file";
            throw CliException.usage(file.toString(), reason);
        }
    }

    private static void put(Map<String, Object> given, String name, @Nullable Object value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
