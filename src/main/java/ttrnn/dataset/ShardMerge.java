package ttrnn.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import ttrnn.io.Json;

/**
 * All shards of a store together. Two machines may end at the same time and both find the set complete: they write the same
 * bytes, so it does not matter who was first.
 *
 * @param clips of all shards, sorted by id
 * @param bad of all shards, sorted by name
 */
record ShardMerge(Collection<ClipRecord> clips, List<BadClip> bad) {
    /** The shards that have not written their lists yet. */
    static List<Shard> missing(StoreFolder folder, int of) {
        List<Shard> missing = new ArrayList<>();
        for (int i = 1; i <= of; i++) {
            Shard shard = new Shard(i, of);
            if (!Files.exists(folder.manifest(shard))) {
                missing.add(shard);
            }
        }
        return missing;
    }

    static ShardMerge read(StoreFolder folder, int of) throws IOException {
        TreeMap<String, ClipRecord> clips = new TreeMap<>();
        List<BadClip> bad = new ArrayList<>();
        for (int i = 1; i <= of; i++) {
            Shard shard = new Shard(i, of);
            folder.readManifest(folder.manifest(shard)).forEach(clip -> clips.put(clip.id(), clip));
            Path list = folder.bad(shard);
            if (Files.exists(list)) {
                for (String line : Files.readAllLines(list, StandardCharsets.UTF_8)) {
                    bad.add(BadClip.of(Json.parse(line)));
                }
            }
        }
        bad.sort(Comparator.comparing(BadClip::clip));
        return new ShardMerge(clips.values(), bad);
    }

    void write(StoreFolder folder) throws IOException {
        try {
            folder.writeBad(folder.bad(), bad);
            folder.writeManifest(folder.manifest(), clips);
        } catch (IOException e) {
            String wanted = StoreFolder.lines(clips);
            if (!Files.exists(folder.manifest())
                    || !Files.readString(folder.manifest()).equals(wanted)) {
                throw e;
            }
        }
    }
}
