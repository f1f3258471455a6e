package ttrnn.dataset;

import java.nio.file.Path;
import java.util.List;

/**
 * The clips under a folder.
 *
 * @param folder the source folder
 * @param layout how labels and groups were taken from the names
 * @param why a sentence on how the layout was chosen
 * @param clips the clips, sorted by id
 * @param notes sentences on what was left out, for the user
 */
public record FoundClips(Path folder, Layout layout, String why, List<ClipEntry> clips, List<String> notes) {
    public FoundClips {
        clips = List.copyOf(clips);
        notes = List.copyOf(notes);
    }
}
