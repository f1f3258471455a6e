package ttrnn.dataset;

import java.util.List;

/**
 * What a preparation left.
 *
 * @param clips clips in the store, or of the shard if others are open
 * @param frames their frames
 * @param bytes size of all files of the store
 * @param skipped clips that were there already
 * @param bad clips that could not be decoded whole, sorted by name
 * @param notes sentences for the user
 * @param open shards that are to be prepared before the store is complete
 */
public record PrepareResult(
        int clips, long frames, long bytes, int skipped, List<BadClip> bad, List<String> notes, List<Shard> open) {
    public PrepareResult {
        bad = List.copyOf(bad);
        notes = List.copyOf(notes);
        open = List.copyOf(open);
    }
}
