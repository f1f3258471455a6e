package ttrnn.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of a disk is free. */
public final class FreeSpace {
    private FreeSpace() {}

    /** Bytes that are free where {@code folder}, which need not exist, will lie. */
    public static long of(Path folder) throws IOException {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            Path parent = existing.getParent();
            if (parent == null) {
                break;
            }
            existing = parent;
        }
        return Files.getFileStore(existing).getUsableSpace();
    }
}
