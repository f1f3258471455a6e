package ttrnn.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that are used again and again, so that a training step need not allocate and clear hundreds of megabytes. What is
 * taken is of exactly the size asked for and may hold anything. It may be given back; if not, it is free again at the next
 * {@link #reset}. Arrays that nobody took between two resets are dropped, and large ones as soon as another size is wanted:
 * batches of other lengths need other sizes, and those of the last batch must not stay beside them. Thread-safe.
 */
public final class Buffers {
    /** Elements from which on an array is large. */
    private static final int LARGE = 1 << 16;

    private final Map<Integer, Deque<float[]>> free = new HashMap<>();
    private final Map<Integer, Deque<byte[]>> freeBytes = new HashMap<>();
    /** Free since before the last reset, to be dropped at the next. */
    private final Map<Integer, Deque<float[]>> idle = new HashMap<>();

    private final Map<Integer, Deque<byte[]>> idleBytes = new HashMap<>();
    /** Taken and to be kept until the next reset. */
    private final List<float[]> lent = new ArrayList<>();

    /** An array that is free again at the next reset. */
    public float[] untilReset(int size) {
        float[] array = take(size);
        synchronized (this) {
            lent.add(array);
        }
        return array;
    }

    /** An array to be given back. */
    public float[] take(int size) {
        float[] array;
        synchronized (this) {
            array = poll(free, idle, size);
            if (array == null && size >= LARGE) {
                drop(free, drop(idle, size));
            }
        }
        return array == null ? new float[size] : array;
    }

    /** Drops large arrays, the largest first, until they have {@code elements}; returns how many are still lacking. */
    private static long drop(Map<Integer, Deque<float[]>> arrays, long elements) {
        long left = elements;
        while (left > 0) {
            int largest = 0;
            for (Map.Entry<Integer, Deque<float[]>> sized : arrays.entrySet()) {
                largest = sized.getValue().isEmpty() ? largest : Math.max(largest, sized.getKey());
            }
            if (largest < LARGE) {
                return left;
            }
            arrays.getOrDefault(largest, new ArrayDeque<>()).poll();
            left -= largest;
        }
        return 0;
    }

    /** An array to be given back. */
    public byte[] takeBytes(int size) {
        byte[] array;
        synchronized (this) {
            array = poll(freeBytes, idleBytes, size);
        }
        return array == null ? new byte[size] : array;
    }

    private static <A> @Nullable A poll(Map<Integer, Deque<A>> first, Map<Integer, Deque<A>> second, int size) {
        Deque<A> arrays = first.get(size);
        if (arrays == null || arrays.isEmpty()) {
            arrays = second.get(size);
        }
        return arrays == null ? null : arrays.poll();
    }

    /** Gives back what was taken; the caller must not use it any more. */
    public synchronized void give(float[] array) {
        free.computeIfAbsent(array.length, size -> new ArrayDeque<>()).push(array);
    }

    /** Gives back what was taken; the caller must not use it any more. */
    public synchronized void give(byte[] array) {
        freeBytes.computeIfAbsent(array.length, size -> new ArrayDeque<>()).push(array);
    }

    /** Frees what was lent until now. */
    public synchronized void reset() {
        age(free, idle);
        age(freeBytes, idleBytes);
        lent.forEach(this::give);
        lent.clear();
    }

    private static <A> void age(Map<Integer, Deque<A>> free, Map<Integer, Deque<A>> idle) {
        idle.clear();
        idle.putAll(free);
        free.clear();
    }
}
