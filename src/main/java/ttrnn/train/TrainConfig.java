package ttrnn.train;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ttrnn.dataset.Truncate;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;
import ttrnn.nn.GateActivation;
import ttrnn.nn.init.Initializer;
import ttrnn.tt.TtShape;

/**
 * Everything that decides a training but the data. Immutable; as JSON its fields have the names below, and a file may
 * leave out what it does not change.
 *
 * @param model kind of model
 * @param inputModes their product is the frame size, height * width * 3
 * @param outputModes their product is the hidden size
 * @param ranks inner ranks of the train, or one number for all
 * @param gateActivation what squashes the gates
 * @param initializer how the cores start
 * @param inputScale factor on byte - 128; 1 in the published experiments
 * @param maxLength frames used of a clip at most; 0 for all
 * @param truncate which end of a longer clip is cut off: {@code start} or {@code end}
 * @param epochs passes over the training clips
 * @param batchSize clips a step
 * @param learningRate of Adam
 * @param schedule {@code constant}, or {@code cosine}: down to a hundredth over the epochs
 * @param recurrentDropout share of the state that is dropped in training
 * @param l2 factor on the sum of the head's squared weights, added to the objective
 * @param shift largest shift of a training clip's frames as a share of their size, around the edges
 * @param crop largest share of a training clip's frames that is left out at either end
 * @param clipNorm largest norm of the gradient; 0 for no limit
 * @param seed of weights, order, dropout and split
 * @param shuffle whether the order of clips changes from epoch to epoch
 * @param split {@code group}: whole groups are held out; {@code random}: single clips
 * @param testGroups groups held out for test; none: drawn from the seed
 * @param validationGroups groups for validation, beside named test groups
 */
public record TrainConfig(
        ModelType model,
        List<Integer> inputModes,
        List<Integer> outputModes,
        List<Integer> ranks,
        GateActivation gateActivation,
        Initializer initializer,
        double inputScale,
        int maxLength,
        String truncate,
        int epochs,
        int batchSize,
        double learningRate,
        Schedule schedule,
        double recurrentDropout,
        double l2,
        double shift,
        double crop,
        double clipNorm,
        long seed,
        boolean shuffle,
        String split,
        List<String> testGroups,
        List<String> validationGroups) {
    /** A larger recurrent matrix, [hidden, 3 hidden], would not fit into an array. */
    private static final long LARGEST_HIDDEN = 1 << 14;

    public TrainConfig {
        inputModes = List.copyOf(inputModes);
        outputModes = List.copyOf(outputModes);
        ranks = List.copyOf(ranks);
        testGroups = List.copyOf(testGroups);
        validationGroups = List.copyOf(validationGroups);
        checkModes("inputModes", inputModes, 1L << 30);
        checkModes("outputModes", outputModes, LARGEST_HIDDEN);
        check(!ranks.isEmpty() && ranks.stream().allMatch(r -> r > 0), "ranks", ranks, "positive whole numbers");
        check(inputScale > 0 && inputScale <= 1e3, "inputScale", inputScale, "more than 0 and at most 1000");
        check(maxLength >= 0, "maxLength", maxLength, "a number of frames, or 0 for all");
        check(Set.of("start", "end").contains(truncate), "truncate", truncate, "start or end");
        check(epochs >= 1, "epochs", epochs, "at least 1");
        check(batchSize >= 1, "batchSize", batchSize, "at least 1");
        check(learningRate > 0 && learningRate <= 10, "learningRate", learningRate, "more than 0 and at most 10");
        check(recurrentDropout >= 0 && recurrentDropout < 1, "recurrentDropout", recurrentDropout, "from 0 to below 1");
        check(l2 >= 0 && l2 < 1e3, "l2", l2, "0 or more");
        check(shift >= 0 && shift <= 1, "shift", shift, "from 0 to 1");
        check(crop >= 0 && crop < 1, "crop", crop, "from 0 to below 1");
        check(clipNorm >= 0, "clipNorm", clipNorm, "0 (no limit) or more");
        check(Set.of("group", "random").contains(split), "split", split, "group or random");
    }

    /** Positive, and their product at most {@code most}. */
    private static void checkModes(String field, List<Integer> modes, long most) {
        long product = modes.isEmpty() ? 0 : 1;
        for (int mode : modes) {
            product = mode < 1 || product > most ? 0 : product * mode;
        }
        check(product > 0 && product <= most, field, modes, "positive whole numbers with a product of at most " + most);
    }

    private static void check(boolean good, String field, Object value, String wanted) {
        if (!good) {
            throw new IllegalArgumentException(field + ": must be " + wanted + ", got " + value);
        }
    }

    /** The settings of this project: what is not said otherwise. */
    public static TrainConfig defaults() {
        return new TrainConfig(
                ModelType.TT_GRU,
                List.of(8, 20, 20, 18),
                List.of(4, 4, 4, 4),
                List.of(4),
                GateActivation.HARD_SIGMOID,
                Initializer.SCALED,
                1.0 / 64,
                0,
                "end",
                60,
                16,
                2e-3,
                Schedule.COSINE,
                0.25,
                1e-3,
                0,
                0,
                1,
                1,
                true,
                "group",
                List.of(),
                List.of());
    }

    /** The train of the input matrix, its first output mode carrying the gates. */
    public TtShape trainShape() {
        TtShape shape = TtShape.of(ints(inputModes), ints(outputModes), ints(ranks));
        return shape.withFirstOutputMode(3 * outputModes.get(0));
    }

    /** Which end of a clip longer than {@link #maxLength} is cut off. */
    public Truncate cutEnd() {
        return truncate.equals("start") ? Truncate.START : Truncate.END;
    }

    public int hiddenSize() {
        return outputModes.stream().reduce(1, Math::multiplyExact);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** A copy in which the fields of {@code json} replace ours; an unknown field is an error. */
    public TrainConfig with(JsonObject json) throws IOException {
        Set<String> known = toMap().keySet();
        for (String name : json.names()) {
            if (!known.contains(name)) {
                throw new IOException("unknown setting \"" + name + "\"; there are " + String.join(", ", known));
            }
        }
        return new TrainConfig(
                json.has("model") ? ModelType.of(json.string("model")) : model,
                modes(json, "inputModes", inputModes),
                modes(json, "outputModes", outputModes),
                modes(json, "ranks", ranks),
                json.has("gateActivation")
                        ? choose(GateActivation.values(), "gateActivation", json.string("gateActivation"))
                        : gateActivation,
                json.has("initializer")
                        ? choose(Initializer.values(), "initializer", json.string("initializer"))
                        : initializer,
                json.has("inputScale") ? json.number("inputScale") : inputScale,
                json.has("maxLength") ? json.integer("maxLength", Integer.MIN_VALUE) : maxLength,
                json.has("truncate") ? json.string("truncate") : truncate,
                json.has("epochs") ? json.integer("epochs", Integer.MIN_VALUE) : epochs,
                json.has("batchSize") ? json.integer("batchSize", Integer.MIN_VALUE) : batchSize,
                json.has("learningRate") ? json.number("learningRate") : learningRate,
                json.has("schedule") ? choose(Schedule.values(), "schedule", json.string("schedule")) : schedule,
                json.has("recurrentDropout") ? json.number("recurrentDropout") : recurrentDropout,
                json.has("l2") ? json.number("l2") : l2,
                json.has("shift") ? json.number("shift") : shift,
                json.has("crop") ? json.number("crop") : crop,
                json.has("clipNorm") ? json.number("clipNorm") : clipNorm,
                json.has("seed") ? json.integer("seed") : seed,
                json.has("shuffle") ? json.bool("shuffle") : shuffle,
                json.has("split") ? json.string("split") : split,
                json.has("testGroups") ? json.strings("testGroups") : testGroups,
                json.has("validationGroups") ? json.strings("validationGroups") : validationGroups);
    }

    private static List<Integer> modes(JsonObject json, String field, List<Integer> otherwise) throws IOException {
        if (!json.has(field)) {
            return otherwise;
        }
        // What fits no int is too large for any mode or rank, so the checks below refuse it.
        return Arrays.stream(json.sizes(field))
                .mapToObj(size -> (int) Math.min(size, Integer.MAX_VALUE))
                .toList();
    }

    private static <E extends Enum<E>> E choose(E[] values, String field, String name) {
        for (E value : values) {
            if (value.toString().equals(name)) {
                return value;
            }
        }
        throw new IllegalArgumentException(field + ": \"" + name + "\" is none of "
                + Arrays.stream(values).map(E::toString).collect(Collectors.joining(", ")));
    }

    /** The fields by name, as they are written. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("model", model.toString());
        map.put("inputModes", inputModes);
        map.put("outputModes", outputModes);
        map.put("ranks", ranks);
        map.put("gateActivation", gateActivation.toString());
        map.put("initializer", initializer.toString());
        map.put("inputScale", inputScale);
        map.put("maxLength", maxLength);
        map.put("truncate", truncate);
        map.put("epochs", epochs);
        map.put("batchSize", batchSize);
        map.put("learningRate", learningRate);
        map.put("schedule", schedule.toString());
        map.put("recurrentDropout", recurrentDropout);
        map.put("l2", l2);
        map.put("shift", shift);
        map.put("crop", crop);
        map.put("clipNorm", clipNorm);
        map.put("seed", seed);
        map.put("shuffle", shuffle);
        map.put("split", split);
        map.put("testGroups", testGroups);
        map.put("validationGroups", validationGroups);
        return map;
    }

    /** For example {@code tt-gru [8, 20, 20, 18] -> [4, 4, 4, 4], ranks [4]}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %s -> %s, ranks %s", model, inputModes, outputModes, ranks);
    }

    /** One line of JSON. */
    public String toJson() {
        return Json.line(toMap());
    }
}
