package ttrnn.train;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a training was estimated to need, beside what it used.
 *
 * @param heapBytesEstimated least heap that it was thought to need
 * @param heapBytesAfterCollection the most that a collection left in the heap, 0 if there was none
 * @param heapBytesPeak the most that the JVM let the heap grow to
 * @param heapBytesMax what the JVM might have taken
 * @param diskBytesEstimated disk for the files of the run
 * @param diskBytes size of these files when the training had ended
 * @param secondsPerEpochEstimated 0 if nothing was estimated
 * @param secondsPerEpoch median of the epochs
 */
public record Resources(
        long heapBytesEstimated,
        long heapBytesAfterCollection,
        long heapBytesPeak,
        long heapBytesMax,
        long diskBytesEstimated,
        long diskBytes,
        double secondsPerEpochEstimated,
        double secondsPerEpoch) {
    /** The fields by name, as they stand in {@code run.json}. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("heapBytesEstimated", heapBytesEstimated);
        map.put("heapBytesAfterCollection", heapBytesAfterCollection);
        map.put("heapBytesPeak", heapBytesPeak);
        map.put("heapBytesMax", heapBytesMax);
        map.put("diskBytesEstimated", diskBytesEstimated);
        map.put("diskBytes", diskBytes);
        if (secondsPerEpochEstimated > 0) {
            map.put("secondsPerEpochEstimated", secondsPerEpochEstimated);
        }
        map.put("secondsPerEpoch", secondsPerEpoch);
        return map;
    }
}
