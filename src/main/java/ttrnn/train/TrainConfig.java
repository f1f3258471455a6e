package ttrnn.train;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import ttrnn.dataset.Truncate;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;
import ttrnn.nn.optim.OptimizerSettings;

/**
 * Everything that decides a training but the data: a value for each of {@link Settings}. Immutable; as JSON its fields have
 * the settings' names, and a file may leave out what it does not change.
 */
public final class TrainConfig {
    private final Map<Setting<?>, Object> values;

    private TrainConfig(Map<Setting<?>, Object> values) {
        this.values = values;
        Settings.ALL.forEach(this::check);
    }

    private <T> void check(Setting<T> setting) {
        setting.check(get(setting));
    }

    /** The settings of this project: what is not said otherwise. */
    public static TrainConfig defaults() {
        Map<Setting<?>, Object> values = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.ALL) {
            values.put(setting, setting.otherwise());
        }
        return new TrainConfig(values);
    }

    /** The value of a setting. */
    @SuppressWarnings("unchecked") // with() puts in values of the setting's own type alone
    public <T> T get(Setting<T> setting) {
        return (T) Objects.requireNonNull(values.get(setting));
    }

    /** A copy with another value. */
    public <T> TrainConfig with(Setting<T> setting, T value) {
        Map<Setting<?>, Object> copy = new LinkedHashMap<>(values);
        copy.put(setting, value);
        return new TrainConfig(copy);
    }

    /** A copy in which the fields of {@code json} replace ours; an unknown field is an error. */
    public TrainConfig with(JsonObject json) throws IOException {
        Map<Setting<?>, Object> copy = new LinkedHashMap<>(values);
        for (String name : json.names()) {
            Setting<?> setting = Settings.of(name);
            copy.put(setting, setting.read(json));
        }
        return new TrainConfig(copy);
    }

    /** Kind of model. */
    public ModelType model() {
        return get(Settings.MODEL);
    }

    /** Factors of the size of an input. */
    public List<Integer> inputModes() {
        return get(Settings.INPUT_MODES);
    }

    /** Factors of the hidden size. */
    public List<Integer> outputModes() {
        return get(Settings.OUTPUT_MODES);
    }

    /** Inner ranks, or one for all. */
    public List<Integer> ranks() {
        return get(Settings.RANKS);
    }

    /** Values of a frame: the product of the input modes. */
    public int frameSize() {
        return product(inputModes());
    }

    /** The product of the output modes. */
    public int hiddenSize() {
        return product(outputModes());
    }

    private static int product(List<Integer> modes) {
        return modes.stream().reduce(1, Math::multiplyExact);
    }

    /**
     * Checks that the modes and ranks fit each other.
     *
     * @throws IllegalArgumentException naming the setting that does not fit
     */
    public void checkShapes() {
        Architecture.of(this);
    }

    /** What values of the input, less 128, are multiplied with. */
    public double inputScale() {
        return get(Settings.INPUT_SCALE);
    }

    /** Frames of a clip that are used at most. */
    public int maxLength() {
        return get(Settings.MAX_LENGTH);
    }

    /** Frames that are used of a clip of so many. */
    public int usedFrames(int length) {
        int kept = maxLength() == 0 ? length : Math.min(length, maxLength());
        return StridedFrames.length(kept, get(Settings.STRIDE));
    }

    /** Whether a clip may have several classes. */
    public boolean severalLabels() {
        return get(Settings.LABELS).equals("several");
    }

    /** Which end of a clip longer than {@link #maxLength} is cut off. */
    public Truncate cutEnd() {
        return get(Settings.TRUNCATE).equals("start") ? Truncate.START : Truncate.END;
    }

    /** How often each clip is learnt from. */
    public int epochs() {
        return get(Settings.EPOCHS);
    }

    /** Clips of a step. */
    public int batchSize() {
        return get(Settings.BATCH_SIZE);
    }

    /** What all randomness follows from. */
    public long seed() {
        return get(Settings.SEED);
    }

    OptimizerSettings optimizerSettings() {
        return OptimizerSettings.defaults()
                .withMomentum(get(Settings.MOMENTUM), get(Settings.NESTEROV))
                .withEpsilon(get(Settings.EPSILON), get(Settings.ADAM_FORM))
                .withWeightDecay(get(Settings.WEIGHT_DECAY));
    }

    ScheduleSettings scheduleSettings() {
        int epochs = get(Settings.RATE_EPOCHS);
        return new ScheduleSettings(
                get(Settings.SCHEDULE), get(Settings.RATE_FACTOR), epochs, epochs, get(Settings.WARM_UP_EPOCHS));
    }

    /** The fields by name, as they are written. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        Settings.ALL.forEach(setting -> put(map, setting));
        return map;
    }

    private <T> void put(Map<String, Object> map, Setting<T> setting) {
        map.put(setting.name(), setting.write(get(setting)));
    }

    /** One line of JSON. */
    public String toJson() {
        return Json.line(toMap());
    }

    /** For example {@code tt-gru [8, 20, 20, 18] -> [4, 4, 4, 4], ranks [4]}, or {@code gru 57600 -> 256}. */
    @Override
    public String toString() {
        return model().isTensorTrain()
                ? String.format(Locale.ROOT, "%s %s -> %s, ranks %s", model(), inputModes(), outputModes(), ranks())
                : String.format(Locale.ROOT, "%s %d -> %d", model(), frameSize(), hiddenSize());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainConfig config && values.equals(config.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
