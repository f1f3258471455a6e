package ttrnn.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import ttrnn.io.FileBytes;
import ttrnn.io.NpyHeader;
import ttrnn.io.NpyType;
import ttrnn.kernel.Parallel;

/**
 * Reads every byte of a store's frames and compares it with what the manifest says.
 *
 * @param clips how many clips the manifest has
 * @param bytes of all frames that were read
 * @param damaged clips whose frames are not as they were written, sorted
 * @param strangers files among the frames that belong to no clip, sorted paths under the store
 */
public record StoreCheck(int clips, long bytes, List<Damage> damaged, List<String> strangers) {
    private static final int BLOCK = 1 << 16;

    public StoreCheck {
        damaged = List.copyOf(damaged);
        strangers = List.copyOf(strangers);
    }

    /** A clip, and what is wrong with its frames. */
    public record Damage(String clip, String reason) {}

    /**
     * Checks the store in {@code path}, complete or not.
     *
     * @param progress hears the number of a clip that is through, from any thread
     * @throws DatasetException if there is no store, or its manifest cannot be read
     */
    public static StoreCheck of(Path path, IntConsumer progress) throws IOException {
        StoreFolder folder = new StoreFolder(path);
        List<ClipRecord> clips = ClipStore.manifest(folder);
        ConcurrentSkipListMap<String, Damage> damaged = new ConcurrentSkipListMap<>();
        Parallel.forEach(clips.size(), i -> {
            ClipRecord clip = clips.get(i);
            String reason = reason(folder, clip);
            if (!reason.isEmpty()) {
                damaged.put(clip.id(), new Damage(clip.id(), reason));
            }
            progress.accept(i);
        });
        long bytes = clips.stream()
                .mapToLong(clip -> (long) clip.frames() * clip.frameSize())
                .sum();
        return new StoreCheck(clips.size(), bytes, List.copyOf(damaged.values()), strangers(folder, clips));
    }

    /** Removes the frames of the damaged clips, so that prepare makes them anew. */
    public void removeDamaged(Path path) throws IOException {
        StoreFolder folder = new StoreFolder(path);
        for (Damage damage : damaged) {
            Files.deleteIfExists(folder.frames(damage.clip()));
        }
    }

    private static String reason(StoreFolder folder, ClipRecord clip) {
        try {
            Path file = folder.frames(clip.id());
            if (!Files.isRegularFile(file)) {
                return "its frames are missing";
            }
            long size = Files.size(file);
            if (size != StoreFolder.fileSize(clip)) {
                return "its file has " + size + " bytes, " + clip.frames() + " frames need "
                        + StoreFolder.fileSize(clip);
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                NpyHeader header = NpyHeader.read(channel);
                int[] wanted = {clip.frames(), clip.height(), clip.width(), 3};
                if (header.type() != NpyType.UINT8 || !Arrays.equals(header.dimensions(), wanted)) {
                    return "its file holds " + header + ", not |u1" + Arrays.toString(wanted);
                }
                String hash = hash(channel, header.dataOffset(), size);
                return hash.equals(clip.sha256()) ? "" : "its frames are other bytes than were written";
            }
        } catch (IOException e) {
            return "its file cannot be read: " + e.getMessage();
        }
    }

    private static String hash(FileChannel channel, long from, long to) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        byte[] block = new byte[BLOCK];
        for (long at = from; at < to; at += BLOCK) {
            int count = (int) Math.min(BLOCK, to - at);
            FileBytes.read(channel, at, block, 0, count);
            digest.update(block, 0, count);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<String> strangers(StoreFolder folder, List<ClipRecord> clips) throws IOException {
        Set<Path> known = new TreeSet<>();
        for (ClipRecord clip : clips) {
            known.add(folder.frames(clip.id()));
        }
        List<String> strangers = new ArrayList<>();
        if (Files.isDirectory(folder.frames())) {
            try (Stream<Path> walk = Files.walk(folder.frames())) {
                walk.filter(Files::isRegularFile)
                        .filter(file -> !known.contains(file))
                        .map(file -> folder.path().relativize(file).toString())
                        .sorted()
                        .forEach(strangers::add);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return strangers;
    }
}
