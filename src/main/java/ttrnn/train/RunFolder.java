package ttrnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ttrnn.io.AtomicFile;
import ttrnn.io.Json;

/**
 * The files of a run: {@code config.json}, {@code run.json} (split and provenance), {@code metrics.csv} (an epoch a row),
 * {@code events.jsonl} (an epoch a line, as it happens) and {@code model.safetensors}. Each is written whole or not at all.
 */
public final class RunFolder {
    private static final List<String> FILES =
            List.of(ModelFile.NAME, "config.json", "run.json", "metrics.csv", "events.jsonl", "report.html");

    private final Path folder;
    /** Whether the folder did not exist before. */
    private final boolean made;

    private final StringBuilder events = new StringBuilder();

    private RunFolder(Path folder, boolean made) {
        this.folder = folder;
        this.made = made;
    }

    /**
     * A folder for a new run, made if it does not exist.
     *
     * @throws IllegalArgumentException if it holds a run already
     */
    public static RunFolder create(Path folder) throws IOException {
        refuseUsed(folder);
        boolean made = !Files.exists(folder);
        Files.createDirectories(folder);
        return new RunFolder(folder, made);
    }

    /** The same, but the files of a run that is there are removed first. */
    public static RunFolder replace(Path folder) throws IOException {
        new RunFolder(folder, false).discard();
        return create(folder);
    }

    /** Removes the files of the run, and its folder if it was made for the run. */
    public void discard() throws IOException {
        for (String name : FILES) {
            Files.deleteIfExists(folder.resolve(name));
        }
        if (made && isEmpty(folder)) {
            Files.delete(folder);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /**
     * Checks that {@code folder} can take a run, before any work is done for it.
     *
     * @throws IllegalArgumentException if it holds a run already or is a file
     */
    public static void refuseUsed(Path folder) {
        for (String name : FILES) {
            if (Files.exists(folder.resolve(name))) {
                throw new IllegalArgumentException(
                        "run: " + folder + " holds a run already (" + name + "); name another folder, or remove it");
            }
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("run: " + folder + " is a file; name a folder");
        }
    }

    public Path path() {
        return folder;
    }

    public Path model() {
        return folder.resolve(ModelFile.NAME);
    }

    public void writeConfig(TrainConfig config) throws IOException {
        AtomicFile.write(folder.resolve("config.json"), Json.pretty(config.toMap()));
    }

    /** What a run was made from and made on, beside its result. */
    public void writeRun(Map<String, Object> content) throws IOException {
        AtomicFile.write(folder.resolve("run.json"), Json.pretty(content));
    }

    /** Appends an epoch to the events and rewrites the metrics. */
    public void writeEpochs(List<EpochMetrics> epochs) throws IOException {
        if (epochs.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("event", "epoch");
        event.putAll(epochs.get(epochs.size() - 1).toMap());
        events.append(Json.line(event)).append('\n');
        AtomicFile.write(folder.resolve("events.jsonl"), events.toString());
        AtomicFile.write(folder.resolve("metrics.csv"), csv(epochs));
    }

    private static String csv(List<EpochMetrics> epochs) {
        StringBuilder text =
                new StringBuilder(String.join(",", epochs.get(0).toMap().keySet()));
        for (EpochMetrics epoch : epochs) {
            text.append('\n')
                    .append(epoch.toMap().values().stream()
                            .map(value -> value == null ? "" : Json.line(value))
                            .collect(Collectors.joining(",")));
        }
        return text.append('\n').toString();
    }
}
