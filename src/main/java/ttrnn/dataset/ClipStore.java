package ttrnn.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import ttrnn.io.JsonObject;
import ttrnn.tensor.FrameSequence;

/**
 * A complete store of frames, open for reading. It holds a line for each clip and no frames; those are read from disk
 * when they are asked for. Immutable and thread-safe; nothing needs to be closed.
 */
public final class ClipStore {
    private final StoreFolder folder;
    private final PrepareSettings settings;
    private final Map<String, ClipRecord> clips;

    private ClipStore(StoreFolder folder, PrepareSettings settings, Map<String, ClipRecord> clips) {
        this.folder = folder;
        this.settings = settings;
        this.clips = clips;
    }

    /**
     * Opens the store in {@code path} and checks that each clip has a file of the size that it must have.
     *
     * @throws DatasetException in one line: what is wrong with which file, and what to do
     */
    public static ClipStore open(Path path) {
        StoreFolder folder = new StoreFolder(path);
        try {
            PrepareSettings settings = PrepareSettings.read(settings(folder));
            Map<String, ClipRecord> clips = new TreeMap<>();
            for (ClipRecord clip : folder.readManifest()) {
                check(folder, clip, settings.width(), settings.height());
                clips.put(clip.id(), clip);
            }
            if (clips.isEmpty()) {
                throw DatasetException.data("store " + path + " has no clips: run its prepare again");
            }
            return new ClipStore(folder, settings, clips);
        } catch (IOException e) {
            throw DatasetException.data("cannot read store " + path + ": " + e.getMessage(), e);
        }
    }

    private static JsonObject settings(StoreFolder folder) throws IOException {
        Path path = folder.path();
        if (!Files.isDirectory(path)) {
            throw DatasetException.usage("no such store: " + path + (Files.exists(path) ? " is a file" : "")
                    + "; make one with prepare SRC --out " + path);
        }
        JsonObject json = folder.readSettings();
        if (json == null) {
            throw DatasetException.usage(
                    path + " is no store, it has no store.json: make one with prepare SRC --out STORE");
        }
        if (!Files.exists(folder.manifest())) {
            throw DatasetException.data("store " + path + " is not complete: run its prepare again, it goes on where"
                    + " it was interrupted");
        }
        return json;
    }

    /** The clips of a complete store, whatever the state of their frames. */
    static List<ClipRecord> manifest(StoreFolder folder) throws IOException {
        settings(folder);
        return folder.readManifest();
    }

    private static void check(StoreFolder folder, ClipRecord clip, int width, int height) throws IOException {
        Path file = folder.frames(clip.id());
        String again = "; run the store's prepare again";
        if (clip.width() != width || clip.height() != height) {
            throw DatasetException.data("clip " + clip.id() + " has frames of " + clip.width() + "x" + clip.height()
                    + " in a store of " + width + "x" + height + again);
        }
        if (!Files.isRegularFile(file)) {
            throw DatasetException.data("clip " + clip.id() + ": its frames are missing, no file " + file + again);
        }
        long size = Files.size(file);
        if (size != StoreFolder.fileSize(clip)) {
            throw DatasetException.data("clip " + clip.id() + ": " + file + " has " + size + " bytes, " + clip.frames()
                    + " frames need " + StoreFolder.fileSize(clip) + again);
        }
    }

    /** The folder of the store. */
    public Path path() {
        return folder.path();
    }

    /** All clips, sorted by id. */
    public List<ClipRecord> clips() {
        return List.copyOf(clips.values());
    }

    /** The clip of that id, null if the store has none. */
    public @Nullable ClipRecord clip(String id) {
        return clips.get(id);
    }

    /** The labels, sorted: the index of a label here is the class of a model's output. */
    public List<String> classes() {
        return clips.values().stream()
                .flatMap(clip -> clip.labels().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** How its frames were made from the clips. */
    public PrepareSettings settings() {
        return settings;
    }

    /** Width of all frames in pixels. */
    public int width() {
        return settings.width();
    }

    /** Height of all frames in pixels. */
    public int height() {
        return settings.height();
    }

    /** Bytes of one frame, {@code height * width * 3}. */
    public int frameSize() {
        return height() * width() * 3;
    }

    /** The file {@code [frames, height, width, 3]} of a clip. */
    public Path file(ClipRecord clip) {
        try {
            return folder.frames(clip.id());
        } catch (IOException e) {
            throw DatasetException.usage("clip " + clip.id() + " is not of this store");
        }
    }

    /** All frames of a clip, read from disk as they are asked for. */
    public FrameSequence frames(ClipRecord clip) {
        return frames(clip, 0, Truncate.END);
    }

    /**
     * The frames of a clip, read from disk as they are asked for, from several threads if need be. Reading throws an
     * {@link java.io.UncheckedIOException} that names clip and file if the disk fails or the file was changed.
     *
     * @param maxLength frames at most; 0 for all
     * @param truncate which end of a longer clip is cut off
     */
    public FrameSequence frames(ClipRecord clip, int maxLength, Truncate truncate) {
        if (maxLength < 0) {
            throw new IllegalArgumentException("frames: maxLength must be positive, or 0 for all, got " + maxLength);
        }
        int length = maxLength == 0 ? clip.frames() : Math.min(maxLength, clip.frames());
        int first = truncate == Truncate.START ? clip.frames() - length : 0;
        return new StoredFrames(clip, file(clip), first, length);
    }
}
