package ttrnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ttrnn.io.AtomicFile;
import ttrnn.io.Json;
import ttrnn.io.JsonObject;

/**
 * The files of a store and their form: {@code store.json}, {@code clips.jsonl}, {@code frames/ID.npy}, and
 * {@code .prepare/} while it is being filled.
 */
record StoreFolder(Path path) {
    /** A store with a larger number was written by a newer version. */
    static final int FORMAT = 1;

    private static final int NPY_HEADER = 128;
    private static final int REMOVALS = 50;
    private static final long REMOVAL_NANOS = 20_000_000;

    Path settingsFile() {
        return path.resolve("store.json");
    }

    Path manifest() {
        return path.resolve("clips.jsonl");
    }

    Path frames() {
        return path.resolve("frames");
    }

    /** The list of a shard's clips; of all clips, the manifest itself. */
    Path manifest(Shard shard) {
        return shard.isAll() ? manifest() : path.resolve("clips." + shard.name() + ".jsonl");
    }

    Path bad() {
        return path.resolve("bad.jsonl");
    }

    Path bad(Shard shard) {
        return shard.isAll() ? bad() : path.resolve("bad." + shard.name() + ".jsonl");
    }

    /** Where a preparation keeps what it needs to go on after an interruption. */
    Path work(Shard shard) {
        Path work = path.resolve(".prepare");
        return shard.isAll() ? work : work.resolve(shard.name());
    }

    /** Where several machines write what they then move to its place. */
    Path attempts() {
        return work(Shard.ALL).resolve("attempts");
    }

    /**
     * Removes a folder with all that is in it. Others may still write to it, or remove what they wrote: then it is tried again
     * for a moment.
     */
    static void removeAll(Path folder) throws IOException {
        for (int tries = 0; Files.exists(folder) && tries < REMOVALS; tries++) {
            if (tries > 0) {
                LockSupport.parkNanos(REMOVAL_NANOS);
            }
            removeOnce(folder);
        }
    }

    private static void removeOnce(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(files::add);
        } catch (UncheckedIOException | NoSuchFileException e) {
            return; // removed while it was looked at
        }
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (DirectoryNotEmptyException e) {
                return;
            }
        }
    }

    /** The frames of clip {@code id}; an id that would lead out of the store is refused. */
    Path frames(String id) throws IOException {
        try {
            Path file = frames().resolve(id + ".npy");
            if (id.isEmpty() || !file.equals(file.normalize()) || !file.startsWith(frames())) {
                throw new IOException("the id \"" + id + "\" is no path inside the store");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new IOException("the id \"" + id.replace('\0', '?') + "\" is no path", e);
        }
    }

    /** Size of the file of frames that {@code clip} must have. */
    static long fileSize(ClipRecord clip) {
        return NPY_HEADER + (long) clip.frames() * clip.frameSize();
    }

    /** Whether the frames of {@code clip} are there, by the size of their file. */
    boolean hasFrames(ClipRecord clip) throws IOException {
        Path file = frames(clip.id());
        return Files.isRegularFile(file) && Files.size(file) == fileSize(clip);
    }

    void writeSettings(Map<String, Object> settings) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("settings", settings);
        AtomicFile.write(settingsFile(), Json.pretty(json));
    }

    /** The settings in {@code store.json}, null if there is none. */
    @Nullable
    JsonObject readSettings() throws IOException {
        String text;
        try {
            text = Files.readString(settingsFile());
        } catch (NoSuchFileException e) {
            return null;
        }
        try {
            JsonObject json = Json.parse(text);
            long format = json.integer("format");
            if (format > FORMAT) {
                throw DatasetException.data("store " + path + " has format " + format + ", this version reads up to "
                        + FORMAT + ": use a newer version of ttrnn");
            }
            return json.object("settings");
        } catch (IOException e) {
            throw DatasetException.data(settingsFile() + ": " + e.getMessage() + "; prepare the store anew", e);
        }
    }

    /** Writes a manifest, sorted by id. */
    void writeManifest(Path manifest, Collection<ClipRecord> clips) throws IOException {
        AtomicFile.write(manifest, lines(clips));
    }

    /** Writes {@code bad.jsonl}, the clips that are not in the manifest or not whole; without any there is no such file. */
    void writeBad(Path file, List<BadClip> clips) throws IOException {
        if (clips.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        StringBuilder text = new StringBuilder();
        for (BadClip clip : clips) {
            text.append(Json.line(clip.toJson())).append('\n');
        }
        AtomicFile.write(file, text.toString());
    }

    static String lines(Collection<ClipRecord> clips) {
        StringBuilder text = new StringBuilder();
        clips.stream()
                .sorted(Comparator.comparing(ClipRecord::id))
                .forEach(clip -> text.append(Json.line(clip.toJson())).append('\n'));
        return text.toString();
    }

    /**
     * Reads {@code clips.jsonl}.
     *
     * @throws DatasetException that names file and line, if a line is not as it must be
     */
    List<ClipRecord> readManifest() throws IOException {
        return readManifest(manifest());
    }

    List<ClipRecord> readManifest(Path manifest) throws IOException {
        List<ClipRecord> clips = new ArrayList<>();
        int number = 0;
        String text = new String(Files.readAllBytes(manifest), StandardCharsets.UTF_8);
        for (String line : text.split("\n", -1)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                ClipRecord clip = ClipRecord.of(Json.parse(line));
                frames(clip.id());
                if (!clips.isEmpty() && clips.get(clips.size() - 1).id().compareTo(clip.id()) >= 0) {
                    throw new IOException("the id \"" + clip.id() + "\" stands twice or out of order");
                }
                clips.add(clip);
            } catch (IOException e) {
                throw DatasetException.data(
                        manifest + ", line " + number + ": " + e.getMessage() + "; prepare the store anew", e);
            }
        }
        return clips;
    }

    /** Removes what a killed run left half-written, and folders without frames. */
    void sweep() throws IOException {
        removeAll(attempts());
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(frames())) {
            try (Stream<Path> walk = Files.walk(frames())) {
                walk.sorted(Comparator.reverseOrder()).forEach(files::add);
            }
        }
        for (Path file : files) {
            if (Files.isDirectory(file) ? isEmpty(file) : AtomicFile.isTemporary(file)) {
                Files.delete(file);
            }
        }
    }

    /** Removes the lists and journals of shards, once the whole has been prepared in one go. */
    void dropShards() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> list = Files.list(path)) {
            list.filter(file -> ClipFiles.name(file).matches("(clips|bad)\\.\\d+-of-\\d+\\.jsonl"))
                    .forEach(files::add);
        }
        if (Files.isDirectory(path.resolve(".prepare"))) {
            try (Stream<Path> list = Files.walk(path.resolve(".prepare"))) {
                list.filter(file ->
                                path.relativize(file).toString().matches(".prepare.\\d+-of-\\d+(.clips.jsonl|.lock)?"))
                        .sorted(Comparator.reverseOrder())
                        .forEach(files::add);
            }
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    /** Size of all files of the store. */
    long bytes() throws IOException {
        long bytes = 0;
        try (Stream<Path> walk = Files.walk(path)) {
            for (Path file : (Iterable<Path>) walk::iterator) {
                bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
            }
        }
        return bytes;
    }
}
