package ttrnn.video;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Brings decoded pictures from the order of decoding to the order of their times. All times are known beforehand, so a
 * picture goes out as soon as those before it have; only pictures that wait are held.
 */
final class ShowOrder {
    /** H.264 lets 16 pictures wait; more come only of damaged times. */
    private static final int MOST_HELD = 17;

    private static final byte[][] NOTHING = {};

    /** One that waits: its planes, and whether it was decoded before any damage. */
    record Held(byte[][] planes, long time, boolean whole) {}

    private final int[] ranks;
    private final Map<Integer, Held> held = new HashMap<>();
    private final ArrayDeque<byte[][]> free = new ArrayDeque<>();
    private int next;
    private int fed;
    private boolean gap;

    ShowOrder(VideoTrack.Pictures pictures) {
        int[] order = IntStream.range(0, pictures.count())
                .boxed()
                .sorted((a, b) -> Long.compare(pictures.time(a), pictures.time(b)))
                .mapToInt(Integer::intValue)
                .toArray();
        ranks = new int[order.length];
        for (int rank = 0; rank < order.length; rank++) {
            ranks[order[rank]] = rank;
        }
    }

    /** Planes that nobody uses; without planes if new ones must be made. */
    byte[][] planes() {
        return free.isEmpty() ? NOTHING : free.remove();
    }

    /** Takes the picture that is next in the order of decoding; null for one that was lost. */
    void put(@Nullable Held picture) {
        int rank = ranks[fed++];
        if (picture != null && rank >= next) {
            held.put(rank, picture);
        }
    }

    /** Gives planes back that were taken by {@link #poll}. */
    void release(byte[][] planes) {
        free.add(planes);
    }

    /** The next picture to show, null if it is not decoded yet. */
    @Nullable
    Held poll() {
        while (next < ranks.length) {
            Held picture = held.remove(next);
            if (picture != null) {
                next++;
                return picture;
            }
            // A lost picture is passed over once all are decoded, or once so many wait that it cannot come.
            if (fed < ranks.length && held.size() <= MOST_HELD) {
                return null;
            }
            next++;
            gap = true;
        }
        return null;
    }

    /** Whether a picture was passed over. */
    boolean gap() {
        return gap;
    }
}
