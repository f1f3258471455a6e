package ttrnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import ttrnn.dataset.ClipRecord;
import ttrnn.dataset.ClipStore;

/**
 * Notices when frames are changed while a training reads them, by size and time of their files: the model would be one of
 * no data that anybody has. Reading itself notices other shapes only.
 */
final class StoreWatch {
    private final ClipStore store;
    private final Map<String, String> seen = new LinkedHashMap<>();

    StoreWatch(ClipStore store) {
        this.store = store;
        for (ClipRecord clip : store.clips()) {
            seen.put(clip.id(), state(clip));
        }
    }

    /** Size and time of a clip's file; empty if it cannot be told now, and then reading will say more. */
    private String state(ClipRecord clip) {
        Path file = store.file(clip);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " " + attributes.lastModifiedTime();
        } catch (NoSuchFileException e) {
            return "missing";
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Checks all clips.
     *
     * @throws TrainException if one was changed
     */
    void check() {
        for (ClipRecord clip : store.clips()) {
            String before = seen.getOrDefault(clip.id(), "");
            String now = state(clip);
            if (!before.isEmpty() && !now.isEmpty() && !before.equals(now)) {
                throw new TrainException("training: the frames of clip " + clip.id() + " in " + store.path()
                        + " were changed while the training ran; run the store's prepare again, then go on with --resume"
                        + " from before the change");
            }
        }
    }
}
