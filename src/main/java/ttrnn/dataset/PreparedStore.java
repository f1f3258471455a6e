package ttrnn.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ttrnn.io.AtomicFile;
import ttrnn.io.JsonObject;

/**
 * A store while it is being filled: what is there, what is missing, and the steps that make it complete. Closed before
 * {@link #finish}, it keeps what was done so far; with nothing done, it takes away what it made.
 */
final class PreparedStore implements Closeable {
    private final StoreFolder folder;
    private final FoundClips found;
    private final PrepareSettings settings;
    private final Shard shard;
    private final boolean made;
    private final PrepareJournal journal;
    private final Map<String, ClipRecord> records = new TreeMap<>();
    private final List<BadClip> bad = new ArrayList<>();
    private boolean finished;

    private PreparedStore(
            StoreFolder folder,
            FoundClips found,
            PrepareSettings settings,
            Shard shard,
            boolean made,
            PrepareJournal journal) {
        this.folder = folder;
        this.found = found;
        this.settings = settings;
        this.shard = shard;
        this.made = made;
        this.journal = journal;
    }

    static PreparedStore open(FoundClips found, Path path, PrepareSettings settings, Shard shard) throws IOException {
        StoreFolder folder = new StoreFolder(path);
        StorePlace.check(path, found.folder());
        boolean made = !Files.exists(path);
        Map<String, Object> wanted = settings.stored(found.layout());
        JsonObject there = made ? null : folder.readSettings();
        if (there != null) {
            StorePlace.checkSettings(folder, there, wanted);
        }
        Files.createDirectories(path);
        PrepareJournal journal = PrepareJournal.open(folder.work(shard));
        PreparedStore store = new PreparedStore(folder, found, settings, shard, made, journal);
        try {
            if (there == null) {
                folder.writeSettings(wanted);
            }
            store.takeStock();
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Finds out which clips are there already, and sweeps what a killed run left half-written. */
    private void takeStock() throws IOException {
        Map<String, ClipRecord> known = new HashMap<>();
        for (Path manifest : new TreeSet<>(List.of(folder.manifest(), folder.manifest(shard)))) {
            if (Files.exists(manifest)) {
                folder.readManifest(manifest).forEach(clip -> known.put(clip.id(), clip));
            }
        }
        checkNoStrangers(known.keySet());
        journal.read().forEach(clip -> known.put(clip.id(), clip));
        boolean stale = false;
        for (ClipEntry clip : found.clips()) {
            if (!shard.has(clip.id())) {
                continue;
            }
            ClipRecord record = known.get(clip.id());
            if (record != null && usable(clip, record)) {
                records.put(clip.id(), relabelled(record, clip));
            } else {
                stale |= record != null;
            }
        }
        journal.reset(records.values());
        if (stale) {
            // Its frames are about to be replaced: until they are, there is no complete store.
            Files.deleteIfExists(folder.manifest());
            Files.deleteIfExists(folder.manifest(shard));
        }
        sweep();
    }

    /** Removes what a killed run left half-written; of other shards, which may be at work, nothing. */
    private void sweep() throws IOException {
        if (shard.isAll()) {
            folder.sweep();
            return;
        }
        for (ClipEntry clip : found.clips()) {
            if (shard.has(clip.id())) {
                Files.deleteIfExists(AtomicFile.temporaryOf(folder.frames(clip.id())));
            }
        }
    }

    private void checkNoStrangers(Set<String> ids) {
        Set<String> strangers = new TreeSet<>(ids);
        found.clips().forEach(clip -> strangers.remove(clip.id()));
        if (!strangers.isEmpty()) {
            throw DatasetException.usage("store " + folder.path() + " holds " + strangers.size() + " clips that "
                    + found.folder() + " does not have, such as "
                    + strangers.iterator().next()
                    + ": choose another --out, or remove the store");
        }
    }

    private boolean usable(ClipEntry clip, ClipRecord record) throws IOException {
        SourceFile file = SourceFile.of(clip.file());
        return record.sourceBytes() == file.bytes()
                && (record.sourceHash() == null || record.sourceHash().equals(file.hash()))
                && record.width() == settings.width()
                && record.height() == settings.height()
                && (record.damage() == null || settings.onBadClip() == OnBadClip.KEEP_READABLE)
                && folder.hasFrames(record);
    }

    /** Labels, groups and parts come from names and lists, which may have changed while the clip's file did not. */
    private static ClipRecord relabelled(ClipRecord record, ClipEntry clip) {
        return new ClipRecord(
                record.id(),
                clip.labels(),
                clip.group(),
                clip.part(),
                record.frames(),
                record.framesPerSecond(),
                record.width(),
                record.height(),
                clip.source(),
                record.sourceBytes(),
                record.sourceHash(),
                record.sha256(),
                record.decoder(),
                record.damage());
    }

    StoreFolder folder() {
        return folder;
    }

    /** The clips still to be decoded, sorted by id. */
    List<ClipEntry> missing() {
        return found.clips().stream()
                .filter(clip -> shard.has(clip.id()) && !records.containsKey(clip.id()))
                .toList();
    }

    /** How many clips this preparation is about. */
    int total() {
        return (int) found.clips().stream().filter(clip -> shard.has(clip.id())).count();
    }

    /** A clip's frames are in place. */
    void add(ClipRecord clip) throws IOException {
        journal.add(clip);
        records.put(clip.id(), clip);
    }

    void bad(BadClip clip) {
        bad.add(clip);
    }

    /** Completes the store, or this shard of it: the manifest appears, the journal goes. */
    PrepareResult finish(int skipped) throws IOException {
        Set<String> named = new HashSet<>();
        bad.forEach(clip -> named.add(clip.clip()));
        for (ClipRecord clip : records.values()) {
            if (clip.damage() != null && named.add(clip.source())) {
                bad.add(new BadClip(clip.source(), clip.damage(), clip.frames()));
            }
        }
        bad.sort(Comparator.comparing(BadClip::clip));
        return shard.isAll() ? finishAll(skipped) : finishShard(skipped);
    }

    private PrepareResult finishAll(int skipped) throws IOException {
        checkNotAllBad(records.values(), bad);
        folder.sweep();
        folder.writeBad(folder.bad(), bad);
        folder.writeManifest(folder.manifest(), records.values());
        folder.dropShards();
        journal.remove();
        finished = true;
        return result(records.values(), skipped, notes(), List.of());
    }

    private PrepareResult finishShard(int skipped) throws IOException {
        folder.writeBad(folder.bad(shard), bad);
        folder.writeManifest(folder.manifest(shard), records.values());
        journal.remove();
        finished = true;
        List<Shard> open = ShardMerge.missing(folder, shard.of());
        if (!open.isEmpty()) {
            return result(records.values(), skipped, List.of(), open);
        }
        ShardMerge whole = ShardMerge.read(folder, shard.of());
        checkNotAllBad(whole.clips(), whole.bad());
        whole.write(folder);
        whole.clips().forEach(clip -> records.put(clip.id(), clip));
        return result(whole.clips(), skipped, notes(), open);
    }

    private void checkNotAllBad(Collection<ClipRecord> kept, List<BadClip> lost) {
        if (kept.isEmpty() && !lost.isEmpty()) {
            throw DatasetException.data(
                    (lost.size() == 1 ? "the only clip" : "all " + lost.size() + " clips") + " of " + found.folder()
                            + " cannot be decoded, " + lost.get(0).clip() + ": "
                            + lost.get(0).reason());
        }
    }

    private PrepareResult result(Collection<ClipRecord> clips, int skipped, List<String> notes, List<Shard> open)
            throws IOException {
        long frames = clips.stream().mapToLong(ClipRecord::frames).sum();
        return new PrepareResult(clips.size(), frames, folder.bytes(), skipped, bad, notes, open);
    }

    private List<String> notes() {
        Set<String> lost = new TreeSet<>();
        found.clips().forEach(clip -> lost.addAll(clip.labels()));
        records.values().forEach(clip -> lost.removeAll(clip.labels()));
        return lost.stream()
                .map(label -> "class " + label + " is not in the store: all its clips are bad")
                .toList();
    }

    @Override
    public void close() throws IOException {
        if (finished) {
            return;
        }
        if (!records.isEmpty() || !journal.read().isEmpty()) {
            journal.close();
            return;
        }
        if (shard.isAll()) {
            StoreFolder.removeAll(folder.attempts());
        }
        journal.remove();
        if (shard.isAll() && !Files.exists(folder.manifest())) {
            folder.sweep();
            Files.deleteIfExists(folder.settingsFile());
            if (made) {
                Files.deleteIfExists(folder.path());
            }
        }
    }
}
