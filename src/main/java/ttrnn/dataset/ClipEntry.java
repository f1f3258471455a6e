package ttrnn.dataset;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A clip that was found, not opened yet.
 *
 * @param id path under the source folder with {@code /}, without extension; with it where two clips would collide
 * @param labels names of its classes, one at least
 * @param group what must not be torn apart by a split, a scene or a person; null if the layout has none
 * @param part {@code train}, {@code validation} or {@code test} by official lists; null if it is in none
 * @param source path under the source folder with {@code /} and extension
 * @param file where the clip lies: a file, or a folder of pictures
 */
public record ClipEntry(
        String id,
        List<String> labels,
        @Nullable String group,
        @Nullable String part,
        String source,
        Path file) {
    public ClipEntry {
        labels = List.copyOf(labels);
    }

    /** The class, or the first one. */
    public String label() {
        return labels.get(0);
    }
}
