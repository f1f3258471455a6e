package ttrnn.video;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Set;

/**
 * The first video track of a Matroska or WebM file. Elements are walked flat: those that hold others are entered, all
 * others passed over, so that unknown lengths (live recordings) and a missing index do no harm.
 */
final class MatroskaReader {
    private static final int SEGMENT = 0x18538067;
    private static final int INFO = 0x1549a966;
    private static final int TIMESTAMP_SCALE = 0x2ad7b1;
    private static final int TRACKS = 0x1654ae6b;
    private static final int TRACK = 0xae;
    private static final int TRACK_NUMBER = 0xd7;
    private static final int TRACK_TYPE = 0x83;
    private static final int CODEC = 0x86;
    private static final int CODEC_PRIVATE = 0x63a2;
    private static final int DEFAULT_DURATION = 0x23e383;
    private static final int ENCODINGS = 0x6d80;
    private static final int VIDEO = 0xe0;
    private static final int PROJECTION = 0x7670;
    private static final int POSE_ROLL = 0x7675;
    private static final int CLUSTER = 0x1f43b675;
    private static final int TIMESTAMP = 0xe7;
    private static final int GROUP = 0xa0;
    private static final int BLOCK = 0xa1;
    private static final int SIMPLE_BLOCK = 0xa3;
    private static final int VIDEO_TYPE = 1;
    private static final int LACING = 6;
    private static final int MAX_PRIVATE = 1 << 16;
    private static final int WINDOWS_HEADER = 40;
    private static final long BILLION = 1_000_000_000L;

    private static final Set<Integer> HOLDERS = Set.of(SEGMENT, INFO, TRACKS, TRACK, VIDEO, PROJECTION, CLUSTER, GROUP);

    /** Where the elements end that hold the one being read, the innermost on top. */
    private final Deque<Long> parents = new ArrayDeque<>();

    private final ClipInput in;
    private final String container;
    private final ConversionHint hint;
    private final VideoTrack.Pictures pictures;
    private long scale = 1_000_000;
    private long clusterTime;
    private boolean truncated;
    /** The track being described, and the first video track once its description is complete. */
    private Track current = new Track();

    private Track video = new Track();

    private static final class Track {
        private long number = -1;
        private long type;
        private String codec = "";
        private byte[] configuration = {};
        private long duration;
        private double roll;
        private boolean encoded;
    }

    private MatroskaReader(ClipInput in, String container, DecodeLimits limits, ConversionHint hint) {
        this.in = in;
        this.container = container;
        this.hint = hint;
        this.pictures = new VideoTrack.Pictures(limits);
    }

    /** Finds the pictures of the track; their bytes are not read. */
    static VideoTrack read(ClipInput in, String container, DecodeLimits limits, ConversionHint hint)
            throws IOException {
        return new MatroskaReader(in, container, limits, hint).read();
    }

    private VideoTrack read() throws IOException {
        while (in.position() < in.size()) {
            long id = number(true);
            long size = number(false);
            truncated |= size >= 0 && !withinParents((int) id, in.position() + size);
            if (id < 0 || (!element((int) id, size) && (size < 0 || !in.skip(size)))) {
                truncated = true;
                break;
            }
        }
        takeTrack();
        if (video.number < 0) {
            throw new ClipException("the clip holds no video track");
        }
        if (video.codec.equals("V_MS/VFW/FOURCC") && video.configuration.length >= WINDOWS_HEADER) {
            // As in AVI: a code, and the decoder's configuration, if any, behind the header.
            video.codec = new String(video.configuration, 16, 4, StandardCharsets.ISO_8859_1);
            video.configuration = Arrays.copyOfRange(video.configuration, WINDOWS_HEADER, video.configuration.length);
        }
        String what = container + " with " + UnsupportedCodec.ofCode(video.codec) + " video";
        if (video.encoded) {
            throw new ClipException(what + " that is compressed again is not supported; " + hint.convert());
        }
        if (video.roll != 0) {
            throw new ClipException(what + " that is to be turned is not supported; " + hint.convert());
        }
        double rate = video.duration <= 0 ? 0 : rate(video.duration);
        return new VideoTrack(
                video.codec,
                video.configuration,
                rate,
                (double) BILLION / scale,
                0,
                pictures,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                truncated);
    }

    /** Nanoseconds are rounded: 33366667 is meant to be 30000/1001. */
    private static double rate(long nanoseconds) {
        double rate = (double) BILLION / nanoseconds;
        double film = Math.rint(rate * 1.001) / 1.001;
        double whole = Math.rint(rate);
        if (Math.abs(BILLION / whole - nanoseconds) <= 1) {
            return whole;
        }
        return Math.abs(BILLION / film - nanoseconds) <= 1 ? film : rate;
    }

    /** Handles an element; false if it is to be passed over. */
    private boolean element(int id, long size) throws IOException {
        switch (id) {
            case SEGMENT, INFO, TRACKS, VIDEO, PROJECTION, GROUP -> {}
            case CLUSTER -> takeTrack();
            case TRACK -> takeTrack();
            case TIMESTAMP_SCALE -> scale = Math.max(1, unsigned(size));
            case TRACK_NUMBER -> current.number = unsigned(size);
            case TRACK_TYPE -> current.type = unsigned(size);
            case DEFAULT_DURATION -> current.duration = unsigned(size);
            case CODEC -> current.codec = new String(bytes(size), StandardCharsets.ISO_8859_1);
            case CODEC_PRIVATE -> current.configuration = bytes(size);
            case ENCODINGS -> {
                current.encoded = true;
                return false;
            }
            case POSE_ROLL -> {
                long bits = unsigned(size);
                current.roll = size == 4 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
            }
            case TIMESTAMP -> clusterTime = unsigned(size);
            case BLOCK, SIMPLE_BLOCK -> block(size);
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether an element ends before those that hold it; if it holds others itself, it counts for those that follow. Where a
     * length is unknown, elements of the same kind follow one another, and nothing is said about those within.
     */
    private boolean withinParents(int id, long end) {
        while (!parents.isEmpty() && parents.peek() <= in.position()) {
            parents.pop();
        }
        boolean within = parents.isEmpty() || end <= parents.peek();
        if (HOLDERS.contains(id)) {
            parents.push(end);
        }
        return within;
    }

    private void takeTrack() {
        if (video.number < 0 && current.number >= 0 && current.type == VIDEO_TYPE) {
            video = current;
        }
        current = new Track();
    }

    private void block(long size) throws IOException {
        long end = in.position() + Math.max(0, size);
        long track = number(false);
        int high = in.read();
        int low = in.read();
        int flags = in.read();
        if (flags < 0) {
            return;
        }
        if (track == video.number) {
            if ((flags & LACING) != 0) {
                throw new ClipException(container + " with laced video is not supported; " + hint.convert());
            }
            pictures.add(in.position(), end - in.position(), clusterTime + (short) ((high << 8) | low));
        }
        in.seek(Math.min(end, in.size()));
    }

    /** A number of one to eight bytes, its length in the leading zeros; -1 for the end or, as a size, for unknown. */
    private long number(boolean keepMarker) throws IOException {
        int first = in.read();
        if (first <= 0) {
            return -1;
        }
        int length = Integer.numberOfLeadingZeros(first) - 23;
        long value = keepMarker ? first : first & (0xff >> length);
        boolean allOnes = value == (0xff >> length);
        for (int i = 1; i < length; i++) {
            int b = in.read();
            if (b < 0) {
                return -1;
            }
            allOnes &= b == 0xff;
            value = (value << 8) | b;
        }
        return allOnes && !keepMarker ? -1 : value;
    }

    private long unsigned(long size) throws IOException {
        if (size < 0 || size > 8) {
            throw new ClipException("its headers hold a number of " + size + " bytes; the clip is damaged");
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = (value << 8) | Math.max(0, in.read());
        }
        return value;
    }

    private byte[] bytes(long size) throws IOException {
        if (size < 0 || size > MAX_PRIVATE) {
            throw new ClipException("its headers hold " + size + " bytes for a codec; the clip is damaged");
        }
        byte[] bytes = new byte[(int) size];
        in.readFully(bytes, 0, bytes.length);
        return bytes;
    }
}
