package ttrnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a training needs beside what there is.
 *
 * @param heapBytes heap at its worst, estimated
 * @param heapMaxBytes heap that this Java may take
 * @param diskBytes disk for the files of the run, at their most
 * @param diskFreeBytes disk that is free where they will be
 */
public record Needs(long heapBytes, long heapMaxBytes, long diskBytes, long diskFreeBytes) {
    /** Of a training whose run will be in {@code folder}, which need not exist, with {@code kept} checkpoints. */
    public static Needs of(TrainPlan plan, Path folder, int kept) throws IOException {
        return new Needs(plan.peakHeapBytes(), Runtime.getRuntime().maxMemory(), plan.diskBytes(kept), free(folder));
    }

    private static long free(Path folder) throws IOException {
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

    /** Whether the heap does not suffice. */
    public boolean heapIsShort() {
        return heapBytes > heapMaxBytes;
    }

    /** Whether the disk does not suffice. */
    public boolean diskIsShort() {
        return diskBytes > diskFreeBytes;
    }
}
