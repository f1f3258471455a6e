package ttrnn.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import ttrnn.dataset.ClipEntry;

/** A {@link ClipEntry} that can be sent. */
record ClipTask(
        String id,
        ArrayList<String> labels,
        @Nullable String group,
        @Nullable String part,
        String source,
        String file) implements Serializable {
    static ClipTask of(ClipEntry clip) {
        return new ClipTask(
                clip.id(),
                new ArrayList<>(clip.labels()),
                clip.group(),
                clip.part(),
                clip.source(),
                clip.file().toAbsolutePath().toString());
    }

    ClipEntry toEntry() {
        return new ClipEntry(id, List.copyOf(labels), group, part, source, Path.of(file));
    }
}
