package ttrnn.train;

import java.io.Closeable;
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
 * {@code events.jsonl} (an epoch a line, as it happens), {@code predictions.jsonl} (the final answer for each clip), {@code model.safetensors}, and {@code checkpoints/} to go on
 * from. Each is written whole or not at all. While it is open no other process can take the folder.
 */
public final class RunFolder implements Closeable {
    private static final String CONFIG = "config.json";
    private static final List<String> FILES = List.of(
            ModelFile.NAME,
            CONFIG,
            "run.json",
            "metrics.csv",
            "events.jsonl",
            "predictions.jsonl",
            "report.html",
            "report.json",
            "report-runs.csv",
            "report-epochs.csv",
            "report-classes.csv",
            "report-confusion.csv",
            "report-clips.csv",
            "report-data.csv");

    private final Path folder;
    private final RunLock lock;
    private final Checkpoints checkpoints;
    /** Whether the folder did not exist before. */
    private final boolean made;
    /** Whether a run that is there is to go on. */
    private final boolean resumed;

    private RunFolder(Path folder, RunLock lock, boolean made, boolean resumed) {
        this.folder = folder;
        this.lock = lock;
        this.checkpoints = new Checkpoints(checkpoints(folder));
        this.made = made;
        this.resumed = resumed;
    }

    /**
     * A folder for a new run, made if it does not exist.
     *
     * @throws IllegalArgumentException if it holds a run already
     */
    public static RunFolder create(Path folder) throws IOException {
        refuseUsed(folder);
        return open(folder, false);
    }

    /**
     * The folder of a run that is to go on where it was interrupted, or to begin if there is none.
     *
     * @throws IllegalArgumentException if another process is at work there
     */
    public static RunFolder resume(Path folder) throws IOException {
        refuseFile(folder);
        return open(folder, true);
    }

    /**
     * Refuses a folder in which another process is at work, before anything is done for the run there.
     *
     * @throws IllegalArgumentException if it is so
     */
    public static void refuseBusy(Path folder) throws IOException {
        if (Files.exists(lock(folder))) {
            RunLock.take(lock(folder), folder).close();
        }
    }

    /** The same as {@link #create}, but the files of a run that is there are removed first. */
    public static RunFolder replace(Path folder) throws IOException {
        refuseFile(folder);
        RunFolder opened = open(folder, false);
        opened.removeFiles();
        return opened;
    }

    private static RunFolder open(Path folder, boolean resumed) throws IOException {
        boolean made = !Files.exists(folder);
        Files.createDirectories(checkpoints(folder));
        RunFolder opened = new RunFolder(folder, RunLock.take(lock(folder), folder), made, resumed);
        boolean swept = false;
        try {
            sweep(folder);
            sweep(checkpoints(folder));
            swept = true;
            return opened;
        } finally {
            if (!swept) {
                opened.close();
            }
        }
    }

    /** Removes what a killed process left half-written. */
    private static void sweep(Path folder) throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = files.filter(AtomicFile::isTemporary).toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
    }

    private static Path checkpoints(Path folder) {
        return folder.resolve("checkpoints");
    }

    private static Path lock(Path folder) {
        return checkpoints(folder).resolve("lock");
    }

    /** Where the settings of a run in {@code folder} are, or will be. */
    public static Path configOf(Path folder) {
        return folder.resolve(CONFIG);
    }

    /** Removes the files of the run, and its folder if it was made for the run. */
    void discard() throws IOException {
        removeFiles();
        if (made) {
            Files.deleteIfExists(lock(folder));
            deleteIfEmpty(checkpoints(folder));
            deleteIfEmpty(folder);
        }
    }

    private void removeFiles() throws IOException {
        checkpoints.discard();
        for (String name : FILES) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        boolean empty;
        try (Stream<Path> files = Files.list(folder)) {
            empty = files.findAny().isEmpty();
        }
        if (empty) {
            Files.delete(folder);
        }
    }

    /**
     * Checks that {@code folder} can take a run, before any work is done for it.
     *
     * @throws IllegalArgumentException if it holds a run already or is a file
     */
    public static void refuseUsed(Path folder) throws IOException {
        refuseFile(folder);
        if (!new Checkpoints(checkpoints(folder)).files().isEmpty() && !Files.exists(folder.resolve(ModelFile.NAME))) {
            throw new IllegalArgumentException(
                    "run: " + folder
                            + " holds a run that was not finished; go on with it by --resume, name another folder, or remove it");
        }
        for (String name : FILES) {
            if (Files.exists(folder.resolve(name))) {
                throw new IllegalArgumentException(
                        "run: " + folder + " holds a run already (" + name + "); name another folder, or remove it");
            }
        }
    }

    private static void refuseFile(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("run: " + folder + " is a file; name a folder");
        }
    }

    /** Lets other processes have the folder. */
    @Override
    public void close() throws IOException {
        lock.close();
    }

    /** Size of all its files. */
    long bytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
        }
        return bytes;
    }

    Checkpoints checkpoints() {
        return checkpoints;
    }

    boolean resumed() {
        return resumed;
    }

    /** The folder itself. */
    public Path path() {
        return folder;
    }

    /** Where the model is. */
    public Path model() {
        return folder.resolve(ModelFile.NAME);
    }

    /** Writes config.json, from which the run can be repeated. */
    public void writeConfig(TrainConfig config) throws IOException {
        AtomicFile.write(configOf(folder), Json.pretty(config.toMap()));
    }

    /** What a run was made from and made on, beside its result. */
    public void writeRun(Map<String, Object> content) throws IOException {
        AtomicFile.write(folder.resolve("run.json"), Json.pretty(content));
    }

    /** Writes a line of JSON for each answer. */
    void writePredictions(List<? extends Map<String, Object>> answers) throws IOException {
        AtomicFile.write(
                folder.resolve("predictions.jsonl"),
                answers.stream().map(answer -> Json.line(answer) + "\n").collect(Collectors.joining()));
    }

    /** Writes the epochs so far: the events and the metrics. */
    public void writeEpochs(List<EpochMetrics> epochs) throws IOException {
        if (epochs.isEmpty()) {
            return;
        }
        StringBuilder events = new StringBuilder();
        for (EpochMetrics epoch : epochs) {
            Map<String, @Nullable Object> event = new LinkedHashMap<>();
            event.put("event", "epoch");
            event.putAll(epoch.toMap());
            events.append(Json.line(event)).append('\n');
        }
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
