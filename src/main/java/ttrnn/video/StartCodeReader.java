package ttrnn.video;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts an MPEG video stream at its start codes 00 00 01 xx. A segment runs from a start code up to the next one and
 * stays in {@link #data} until {@link #next} is called again; bytes before the first start code are dropped.
 */
final class StartCodeReader {
    private static final int INITIAL_BYTES = 1 << 15;

    private final ElementaryStream in;
    private final int maxSegmentBytes;
    private byte[] data = new byte[INITIAL_BYTES];
    private int start;
    private int end;
    private int filled;
    private boolean ended;

    /** @param maxSegmentBytes longest segment; a longer one is an error */
    StartCodeReader(ElementaryStream in, int maxSegmentBytes) {
        this.in = in;
        this.maxSegmentBytes = maxSegmentBytes;
    }

    /** Moves to the next segment; false at the end of the stream. */
    boolean next() throws IOException {
        start = findStartCode(end);
        while (start < 0) {
            // Keep three bytes: a start code may straddle the border.
            end = Math.max(end, filled - 3);
            if (!fill()) {
                return false;
            }
            start = findStartCode(end);
        }
        int from = start + 4;
        end = findStartCode(from);
        while (end < 0) {
            int searched = Math.max(from, filled - 3) - start;
            end = start;
            boolean more = fill();
            start = end;
            if (!more) {
                end = filled;
                return true;
            }
            from = start + 4;
            end = findStartCode(start + searched);
        }
        return true;
    }

    /** The xx of the start code. */
    int code() {
        return data[start + 3] & 0xff;
    }

    /** The array the segment stands in, from {@link #start} to {@link #end}, start code included. */
    byte[] data() {
        return data;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    int length() {
        return end - start;
    }

    /** Whether the segment was ended by the end of the stream and not by another start code. */
    boolean last() {
        return ended && end == filled;
    }

    private int findStartCode(int from) {
        byte[] bytes = data;
        for (int i = from + 2; i < filled - 1; i++) {
            int b = bytes[i];
            if ((b & 0xfe) != 0) {
                i += 2;
            } else if (b == 1 && bytes[i - 1] == 0 && bytes[i - 2] == 0) {
                return i - 2;
            }
        }
        return -1;
    }

    /** Drops what lies before {@link #end} and reads more; moves {@link #end} to 0. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        System.arraycopy(data, end, data, 0, filled - end);
        filled -= end;
        end = 0;
        if (filled == data.length) {
            if (data.length >= maxSegmentBytes) {
                throw new ClipException("a part of a picture is longer than " + maxSegmentBytes
                        + " bytes; the clip is damaged, or the limit is too low");
            }
            data = Arrays.copyOf(data, Math.min(2 * data.length, maxSegmentBytes));
        }
        int count = in.read(data, filled, data.length - filled);
        if (count <= 0) {
            ended = true;
            return false;
        }
        filled += count;
        return true;
    }
}
