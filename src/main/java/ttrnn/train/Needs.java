package ttrnn.train;

import java.io.IOException;
import java.nio.file.Path;
import ttrnn.io.FreeSpace;

/**
 * What a training needs beside what there is.
 *
 * @param heapBytes heap at its worst, estimated, if every batch is taken whole
 * @param leastHeapBytes heap at its worst if batches that do not fit are taken clip by clip
 * @param heapMaxBytes heap that this Java may take
 * @param diskBytes disk for the files of the run, at their most
 * @param diskFreeBytes disk that is free where they will be
 */
public record Needs(long heapBytes, long leastHeapBytes, long heapMaxBytes, long diskBytes, long diskFreeBytes) {
    /** Of a training whose run will be in {@code folder}, which need not exist, with {@code kept} checkpoints. */
    public static Needs of(TrainPlan plan, Path folder, int kept) throws IOException {
        return new Needs(
                plan.peakHeapBytes(),
                plan.leastHeapBytes(),
                Runtime.getRuntime().maxMemory(),
                plan.diskBytes(kept),
                FreeSpace.of(folder));
    }

    /** Whether the heap does not suffice. */
    public boolean heapIsShort() {
        return leastHeapBytes > heapMaxBytes;
    }

    /** Whether some batches have to be taken clip by clip. */
    public boolean heapIsTight() {
        return heapBytes > heapMaxBytes && !heapIsShort();
    }

    /** Whether the disk does not suffice. */
    public boolean diskIsShort() {
        return diskBytes > diskFreeBytes;
    }
}
