package ttrnn.dataset;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A clip that was found, not opened yet.
 *
 * @param id path under the source folder with {@code /}, without extension; with it where two clips would collide
 * @param label name of the class
 * @param group what must not be torn apart by a split, a scene or a person; null if the layout has none
 * @param source path under the source folder with {@code /} and extension
 * @param file where the clip lies
 */
public record ClipEntry(String id, String label, @Nullable String group, String source, Path file) {}
