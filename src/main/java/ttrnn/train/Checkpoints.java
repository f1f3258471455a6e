package ttrnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ttrnn.io.FreeSpace;

/**
 * The folder {@code checkpoints/} of a run: {@code step-00001234.safetensors} for the newest states, and
 * {@code best.safetensors}, a model file of the epoch that did best so far.
 */
final class Checkpoints {
    private final Path folder;
    /** What could not be read; removed when there is something newer. */
    private final Set<Path> damaged = new HashSet<>();

    Checkpoints(Path folder) {
        this.folder = folder;
    }

    /** Where the best model so far is kept. */
    Path best() {
        return folder.resolve("best.safetensors");
    }

    /** The files of states, newest first. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            // The numbers have one width, and a larger one sorts behind.
            return files.filter(file -> file.getFileName().toString().matches("step-\\d{8,10}\\.safetensors"))
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString().length())
                            .thenComparing(file -> file.getFileName().toString())
                            .reversed())
                    .toList();
        }
    }

    /**
     * Writes a state, and removes those that are no longer needed: all but the newest {@code most}. On a full disk the newest
     * state counts more than the older ones, which make room for it.
     */
    void write(CheckpointFile state, int most) throws IOException {
        Path file = folder.resolve(String.format(
                Locale.ROOT, "step-%08d.safetensors", state.checkpoint().steps()));
        try {
            state.write(file);
        } catch (IOException e) {
            if (!isFull() || !makeRoom()) {
                throw e;
            }
            state.write(file);
        }
        damaged.remove(file);
        List<Path> kept = new ArrayList<>();
        for (Path other : files()) {
            // Newer ones are left from before a damaged one made the training go back.
            boolean newer = !other.equals(file) && kept.isEmpty();
            if (newer || damaged.contains(other) || kept.size() == most) {
                Files.deleteIfExists(other);
            } else {
                kept.add(other);
            }
        }
        damaged.clear();
    }

    /** Whether there is no room for another state like the newest one. */
    private boolean isFull() throws IOException {
        List<Path> files = files();
        return !files.isEmpty() && FreeSpace.of(folder) < Files.size(files.get(0));
    }

    /** Removes all states but the newest that is whole; returns whether there were any. */
    boolean makeRoom() throws IOException {
        List<Path> files = new ArrayList<>(files());
        files.stream().filter(file -> !damaged.contains(file)).findFirst().ifPresent(files::remove);
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        return !files.isEmpty();
    }

    /**
     * The newest state that is whole, null if there is none at all.
     *
     * @param messages is told of each that cannot be used
     * @throws IOException if there are some, but none can be used
     */
    @Nullable
    CheckpointFile newest(Consumer<String> messages) throws IOException {
        IOException first = null;
        for (Path file : files()) {
            try {
                return CheckpointFile.read(file);
            } catch (IOException e) {
                messages.accept("cannot use the checkpoint " + e.getMessage() + "; trying the one before");
                damaged.add(file);
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw new IOException(
                    "no checkpoint of " + folder + " can be used: " + first.getMessage()
                            + "; remove the folder of the run and train anew",
                    first);
        }
        return null;
    }

    /** Removes everything of ours. */
    void discard() throws IOException {
        for (Path file : files()) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(best());
    }
}
