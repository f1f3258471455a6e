package ttrnn.dataset;

import java.util.List;

/**
 * What a preparation left.
 *
 * @param clips clips in the store
 * @param frames frames in the store
 * @param bytes size of all files of the store
 * @param skipped clips that were there already
 * @param bad clips that could not be decoded whole, sorted by name
 * @param notes sentences for the user
 */
public record PrepareResult(int clips, long frames, long bytes, int skipped, List<BadClip> bad, List<String> notes) {
    public PrepareResult {
        bad = List.copyOf(bad);
        notes = List.copyOf(notes);
    }
}
