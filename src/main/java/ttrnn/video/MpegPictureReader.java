package ttrnn.video;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the coded pictures of an MPEG-1 or MPEG-2 stream one at a time: picture header, coding extensions, slices.
 * User data is left out.
 */
final class MpegPictureReader {
    private static final int PICTURE = 0x00;
    private static final int LAST_SLICE = 0xaf;
    private static final int SEQUENCE = 0xb3;
    private static final int EXTENSION = 0xb5;
    private static final int SEQUENCE_END = 0xb7;
    private static final int GROUP = 0xb8;
    private static final int SEQUENCE_EXTENSION = 1;
    private static final int QUANT_MATRIX_EXTENSION = 3;
    private static final int CODING_EXTENSION = 8;

    private final StartCodeReader segments;
    private final int maxPictureBytes;
    private byte[] picture = new byte[1 << 15];
    private int length;
    private int[] starts = new int[64];
    private int segmentCount;
    private @Nullable MpegSequence sequence;
    private byte[] sequenceHeader = {};
    private boolean sequenceStarted;
    private boolean groupStarted;
    private boolean reread;
    private boolean endedByStream;
    private int codingType;
    private int displayIndex;
    private boolean codedAsFields;
    private boolean concealmentVectors;

    MpegPictureReader(ElementaryStream in, int maxPictureBytes) {
        this.segments = new StartCodeReader(in, maxPictureBytes);
        this.maxPictureBytes = maxPictureBytes;
    }

    /** Collects the next picture that follows a sequence header; false at the end of the stream. */
    boolean next() throws IOException {
        length = 0;
        boolean inPicture = false;
        boolean slices = false;
        sequenceStarted = false;
        groupStarted = false;
        while (reread || segments.next()) {
            reread = false;
            int code = segments.code();
            boolean slice = code > PICTURE && code <= LAST_SLICE;
            if (inPicture && (code == PICTURE || code == SEQUENCE || code == GROUP || code == SEQUENCE_END)) {
                if (slices) {
                    reread = true;
                    endedByStream = false;
                    return true;
                }
                inPicture = false;
            }
            if (code == PICTURE && sequence != null && segments.length() >= 6) {
                startPicture();
                inPicture = true;
                slices = false;
            } else if (slice && inPicture) {
                append();
                slices = true;
            } else if (code == EXTENSION && segments.length() > 4) {
                extension(inPicture && !slices);
            } else if (code == SEQUENCE) {
                startSequence();
            } else if (code == GROUP) {
                groupStarted = true;
            }
        }
        endedByStream = true;
        return slices;
    }

    private void startSequence() throws ClipException {
        sequence = MpegSequence.parse(segments.data(), segments.start(), segments.end());
        sequenceHeader = Arrays.copyOfRange(segments.data(), segments.start(), segments.end());
        sequenceStarted = true;
    }

    private void startPicture() throws ClipException {
        length = 0;
        segmentCount = 0;
        byte[] data = segments.data();
        int start = segments.start();
        displayIndex = ((data[start + 4] & 0xff) << 2) | ((data[start + 5] & 0xc0) >> 6);
        codingType = (data[start + 5] & 0x38) >> 3;
        codedAsFields = false;
        concealmentVectors = false;
        append();
    }

    private void extension(boolean ofPicture) throws ClipException {
        byte[] data = segments.data();
        int start = segments.start();
        int kind = (data[start + 4] & 0xf0) >> 4;
        MpegSequence current = sequence;
        if (kind == SEQUENCE_EXTENSION && sequenceStarted && current != null && !ofPicture) {
            sequence = current.withExtension(data, start, segments.end());
        } else if (ofPicture && kind == CODING_EXTENSION && segments.length() >= 9) {
            codedAsFields = (data[start + 6] & 3) != 3 || (data[start + 7] & 0x40) == 0;
            concealmentVectors = (data[start + 7] & 0x20) != 0;
            append();
        } else if (ofPicture && kind == QUANT_MATRIX_EXTENSION) {
            append();
        }
    }

    private void append() throws ClipException {
        int more = segments.length();
        if (more > maxPictureBytes - length) {
            throw new ClipException("a coded picture is longer than " + maxPictureBytes
                    + " bytes; the clip is damaged, or the limit is too low");
        }
        if (length + more > picture.length) {
            picture = Arrays.copyOf(picture, Math.max(length + more, 2 * picture.length));
        }
        System.arraycopy(segments.data(), segments.start(), picture, length, more);
        if (segmentCount == starts.length) {
            starts = Arrays.copyOf(starts, 2 * segmentCount);
        }
        starts[segmentCount++] = length;
        length += more;
    }

    /** The last sequence header met; null before the first. */
    @Nullable
    MpegSequence sequence() {
        return sequence;
    }

    /** Whether a sequence header stood before this picture. */
    boolean sequenceStarted() {
        return sequenceStarted;
    }

    /** The sequence header's bytes, start code included. */
    byte[] sequenceHeader() {
        return sequenceHeader;
    }

    /** The picture's bytes, valid until {@link #next}: its header, extensions and slices, each with its start code. */
    byte[] data() {
        return picture;
    }

    /** Headers, extensions and slices of the picture. */
    int segments() {
        return segmentCount;
    }

    /** Where a segment begins, or for their number, where the last one ends. */
    int segmentStart(int segment) {
        return segment == segmentCount ? length : starts[segment];
    }

    /** 1 for I, 2 for P, 3 for B; others are no picture this project decodes. */
    int codingType() {
        return codingType;
    }

    /** The picture's place in its group in the order shown, modulo 1024. */
    int displayIndex() {
        return displayIndex;
    }

    /** Whether a new group of pictures starts with this one, whose places are counted from 0. */
    boolean groupStarted() {
        return groupStarted;
    }

    /** Whether the picture is one field, or its macroblocks may be predicted or transformed by fields. */
    boolean codedAsFields() {
        return codedAsFields;
    }

    /** Whether intra macroblocks carry motion vectors. */
    boolean concealmentVectors() {
        return concealmentVectors;
    }

    /** Whether the stream ended with this picture, without another start code: it may be cut short. */
    boolean endedByStream() {
        return endedByStream;
    }
}
