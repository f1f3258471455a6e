package ttrnn.video;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The tables of one track of an MP4 file, and the list of pictures that they make together. */
final class Mp4Track {
    private static final int SAMPLE_ENTRY_BYTES = 86;
    private static final int ONE = 1 << 16;

    private @Nullable ByteBuffer durations;
    private @Nullable ByteBuffer shifts;
    private @Nullable ByteBuffer chunks;
    private @Nullable ByteBuffer sizes;
    private @Nullable ByteBuffer places;
    private boolean longPlaces;
    private String kind = "";
    private String codec = "";
    private byte[] configuration = {};
    private int entries;
    private long ticksPerSecond;
    private int clockwise;
    private int edits;
    private long editTime;
    private long editDuration;

    boolean isVideo() {
        return kind.equals("vide") && !codec.isEmpty();
    }

    String codec() {
        return codec;
    }

    /** Takes the content of one of the track's boxes. */
    void take(String box, ByteBuffer content) throws ClipException {
        switch (box) {
            case "hdlr" -> kind = kind.isEmpty() ? Mp4Reader.code(content, 8) : kind;
            case "tkhd" -> clockwise = turn(content, content.get(0) == 1 ? 52 : 40);
            case "mdhd" -> ticksPerSecond = content.getInt(content.get(0) == 1 ? 20 : 12) & 0xffffffffL;
            case "elst" -> edits(content);
            case "stsd" -> describe(content);
            case "stts" -> durations = content;
            case "ctts" -> shifts = content;
            case "stsc" -> chunks = content;
            case "stsz" -> sizes = content;
            default -> {
                places = content;
                longPlaces = box.equals("co64");
            }
        }
    }

    /** The first four numbers of the matrix must be a quarter turn's; -1 for others. */
    private static int turn(ByteBuffer content, int at) {
        int a = content.getInt(at);
        int b = content.getInt(at + 4);
        int c = content.getInt(at + 12);
        int d = content.getInt(at + 16);
        if (a == ONE && b == 0 && c == 0 && d == ONE) {
            return 0;
        }
        if (a == 0 && b == ONE && c == -ONE && d == 0) {
            return 90;
        }
        if (a == -ONE && b == 0 && c == 0 && d == -ONE) {
            return 180;
        }
        return a == 0 && b == -ONE && c == ONE && d == 0 ? 270 : -1;
    }

    /** Empty edits, which delay the start, have the time -1. */
    private void edits(ByteBuffer content) {
        boolean wide = content.get(0) == 1;
        int count = content.getInt(4);
        content.position(8);
        for (int i = 0; i < count && i < 1000; i++) {
            long duration = wide ? content.getLong() : content.getInt() & 0xffffffffL;
            long time = wide ? content.getLong() : content.getInt();
            content.getInt();
            if (time >= 0) {
                edits++;
                editTime = time;
                editDuration = duration;
            }
        }
    }

    private void describe(ByteBuffer content) {
        entries = content.getInt(4);
        codec = Mp4Reader.code(content, 12);
        int end = 8 + Math.max(0, content.getInt(8));
        int at = 8 + SAMPLE_ENTRY_BYTES;
        while (at + 8 <= end && at + 8 <= content.limit()) {
            int length = content.getInt(at);
            if (length >= 8 && at + length <= content.limit()) {
                configure(Mp4Reader.code(content, at + 4), content.slice(at + 8, length - 8));
            }
            if (length < 8) {
                return;
            }
            at += length;
        }
    }

    private void configure(String box, ByteBuffer content) {
        if (box.equals("avcC")) {
            configuration = new byte[content.remaining()];
            content.get(configuration);
        } else if (box.equals("esds")) {
            skip(content, 4);
            describeStream(content);
        }
    }

    /** Descriptors within one another (ISO 14496-1, 7.2.6): of a stream, its decoder, and what the decoder is to know. */
    private void describeStream(ByteBuffer content) {
        while (content.remaining() > 2) {
            int kind = content.get();
            int length = 0;
            int part;
            do {
                part = content.get();
                length = length << 7 | (part & 127);
            } while (part < 0);
            if (kind == 3) {
                skip(content, 3);
            } else if (kind == 4) {
                int stream = content.get() & 0xff;
                // Under the same code, MP4 holds MPEG-1, MPEG-2 and JPEG too.
                codec = stream == 0x20 ? codec : codec + "-" + Integer.toHexString(stream);
                skip(content, 12);
            } else if (kind == 5) {
                configuration = new byte[Math.max(0, Math.min(length, content.remaining()))];
                content.get(configuration);
                return;
            } else {
                return;
            }
        }
    }

    private static void skip(ByteBuffer content, int count) {
        if (content.remaining() < count) {
            throw new BufferUnderflowException();
        }
        content.position(content.position() + count);
    }

    /** Makes the list of pictures. */
    VideoTrack build(
            long movieTicksPerSecond, String container, DecodeLimits limits, ConversionHint hint, boolean truncated)
            throws ClipException {
        String what = container + " with " + UnsupportedCodec.ofCode(codec) + " video";
        if (clockwise < 0) {
            throw new ClipException(
                    what + " that is mirrored or turned by less than a quarter is not supported; " + hint.convert());
        }
        if (edits > 1 || entries > 1) {
            throw new ClipException(what + " of several parts is not supported; " + hint.convert());
        }
        ByteBuffer timing = durations;
        ByteBuffer grouping = chunks;
        ByteBuffer sizing = sizes;
        ByteBuffer placing = places;
        if (timing == null || grouping == null || sizing == null || placing == null || ticksPerSecond == 0) {
            throw new ClipException("its index lacks a table; the clip is damaged, copy it again");
        }
        VideoTrack.Pictures pictures = new VideoTrack.Pictures(limits);
        list(pictures, new Runs(timing, 0), new Runs(shifts, 0), grouping, sizing, placing);
        long to = edits == 0 || editDuration == 0 || movieTicksPerSecond == 0
                ? Long.MAX_VALUE
                : editTime + Math.round((double) editDuration * ticksPerSecond / movieTicksPerSecond);
        return new VideoTrack(
                codec,
                configuration,
                rate(timing),
                ticksPerSecond,
                clockwise,
                pictures,
                edits == 0 ? Long.MIN_VALUE : editTime,
                to,
                truncated);
    }

    private void list(
            VideoTrack.Pictures pictures,
            Runs timing,
            Runs shifting,
            ByteBuffer grouping,
            ByteBuffer sizing,
            ByteBuffer placing)
            throws ClipException {
        int same = sizing.getInt(4);
        int count = sizing.getInt(8);
        int chunkCount = placing.getInt(4);
        int groups = grouping.getInt(4);
        int group = 0;
        int picture = 0;
        long time = 0;
        for (int chunk = 1; chunk <= chunkCount && picture < count; chunk++) {
            while (group + 1 < groups && chunk >= grouping.getInt(8 + 12 * (group + 1))) {
                group++;
            }
            int inChunk = grouping.getInt(12 + 12 * group);
            int at = 8 + (chunk - 1) * (longPlaces ? 8 : 4);
            long place = longPlaces ? placing.getLong(at) : placing.getInt(at) & 0xffffffffL;
            for (int i = 0; i < inChunk && picture < count; i++, picture++) {
                long size = same != 0 ? same & 0xffffffffL : sizing.getInt(12 + 4 * picture) & 0xffffffffL;
                // Shifts of version 0 are written as signed numbers too.
                pictures.add(place, size, time + shifting.next());
                place += size;
                time += timing.next() & 0xffffffffL;
            }
        }
    }

    /** The mean rate; it is the nominal one if all pictures last equally long. */
    private double rate(ByteBuffer timing) {
        long pictures = 0;
        long ticks = 0;
        int runs = timing.getInt(4);
        for (int i = 0; i < runs && 16 + 8 * i <= timing.limit(); i++) {
            long count = timing.getInt(8 + 8 * i) & 0xffffffffL;
            // The last picture's length is often made up by the writer.
            boolean last = i == runs - 1 && runs > 1 && count == 1;
            pictures += last ? 0 : count;
            ticks += last ? 0 : count * (timing.getInt(12 + 8 * i) & 0xffffffffL);
        }
        return ticks <= 0 ? 0 : (double) ticksPerSecond * pictures / ticks;
    }

    /** Values that are written with how often they are repeated; {@code otherwise} where there are no more. */
    private static final class Runs {
        private final @Nullable ByteBuffer content;
        private final int otherwise;
        private final int runs;
        private int run = -1;
        private long left;

        Runs(@Nullable ByteBuffer content, int otherwise) {
            this.content = content;
            this.otherwise = otherwise;
            this.runs = content == null ? 0 : content.getInt(4);
        }

        int next() {
            while (left == 0 && run + 1 < runs) {
                run++;
                left = number(8 + 8 * run) & 0xffffffffL;
            }
            if (left == 0) {
                return otherwise;
            }
            left--;
            return number(12 + 8 * run);
        }

        private int number(int at) {
            ByteBuffer table = content;
            if (table == null || at + 4 > table.limit()) {
                throw new BufferUnderflowException();
            }
            return table.getInt(at);
        }
    }
}
