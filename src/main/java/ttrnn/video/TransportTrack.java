package ttrnn.video;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The H.264 pictures of a transport stream as a track. A transport stream cuts pictures into packets and marks units by
 * start codes; here each picture is written in one piece, its units behind their lengths, into a temporary file that has
 * no name any more, or where that cannot be, goes when it is closed. A packet of the stream above those of 188 bytes holds one picture and its time.
 */
final class TransportTrack {
    private static final int TICKS_PER_SECOND = 90_000;
    private static final long TIME_WRAPS = 1L << 33;
    private static final int SLICE = 1;
    private static final int KEY_SLICE = 5;
    private static final int SEQUENCE = 7;
    private static final int PARAMETERS = 8;
    /** Kinds of units between these two say nothing about the picture: a mark between pictures, ends, filling. */
    private static final int DELIMITER = 9;

    private static final int FILLER = 12;

    private final TransportStream stream;
    private final DecodeLimits limits;
    private final ConversionHint hint;
    private final VideoTrack.Pictures pictures;
    private final byte[] read = new byte[204];
    private byte[] picture = new byte[1 << 15];
    private int length;
    private byte[] sequence = {};
    private byte[] parameters = {};
    private int begun;
    private long written;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;

    private TransportTrack(TransportStream stream, DecodeLimits limits, ConversionHint hint) {
        this.stream = stream;
        this.hint = hint;
        this.limits = limits;
        this.pictures = new VideoTrack.Pictures(limits);
    }

    /** A track, and the file its pictures lie in. */
    record Opened(ClipInput in, VideoTrack track) {}

    /** Collects the pictures of {@code stream}, whose video is H.264. */
    static Opened open(TransportStream stream, DecodeLimits limits, ConversionHint hint) throws IOException {
        FileChannel file = FileChannel.open(
                Files.createTempFile("ttrnn-", ".h264"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        boolean opened = false;
        try {
            TransportTrack track = new TransportTrack(stream, limits, hint);
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
            track.collect(out);
            out.flush();
            Opened result = new Opened(ClipInput.of(file), track.describe());
            opened = true;
            return result;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private void collect(OutputStream out) throws IOException {
        long time = -1;
        for (int count = stream.read(read, 0, read.length); count >= 0; count = stream.read(read, 0, read.length)) {
            if (stream.beginsPicture()) {
                finish(time, out);
                time = unwrapped(stream.time());
            }
            if (count > limits.maxPictureBytes() - length) {
                throw new ClipException("a coded picture is longer than " + limits.maxPictureBytes()
                        + " bytes; the clip is damaged, or the limit is too low");
            }
            if (length + count > picture.length) {
                picture = Arrays.copyOf(picture, 2 * (length + count));
            }
            System.arraycopy(read, 0, picture, length, count);
            length += count;
        }
        finish(time, out);
    }

    /** Times have 33 bits, and begin anew after a day. */
    private long unwrapped(long time) {
        return time >= 0 && latest - time > TIME_WRAPS / 2 ? time + TIME_WRAPS : time;
    }

    /** Writes the picture that is complete; what has no time is the rest of one that began before the file did. */
    private void finish(long time, OutputStream out) throws IOException {
        if (time >= 0 && length > 0) {
            long place = written;
            begun = 0;
            for (int start = startCode(0); start < length; ) {
                int end = startCode(start + 3);
                unit(start + 3, end, out);
                start = end;
            }
            if (written > place) {
                pictures.add(place, written - place, time);
                earliest = Math.min(earliest, time);
                latest = Math.max(latest, time);
            }
        }
        length = 0;
    }

    /** Where the next start code is, or the end. */
    private int startCode(int from) {
        for (int i = from; i + 3 <= length; i++) {
            if (picture[i] == 0 && picture[i + 1] == 0 && picture[i + 2] == 1) {
                return i;
            }
        }
        return length;
    }

    private void unit(int from, int to, OutputStream out) throws IOException {
        int end = to;
        while (end > from && picture[end - 1] == 0) {
            end--;
        }
        int kind = end > from ? picture[from] & 31 : FILLER;
        if (kind == SEQUENCE && sequence.length == 0) {
            sequence = Arrays.copyOfRange(picture, from, end);
        } else if (kind == PARAMETERS && parameters.length == 0) {
            parameters = Arrays.copyOfRange(picture, from, end);
        }
        if (kind >= DELIMITER && kind <= FILLER) {
            return;
        }
        // A slice begins with the number of its first macroblock; 0 is a single bit.
        boolean begins = (kind == SLICE || kind == KEY_SLICE) && end > from + 1 && picture[from + 1] < 0;
        if (begins && ++begun > 1) {
            throw new ClipException(
                    "MPEG-TS with H.264 video of several pictures in a packet is not supported; " + hint.convert());
        }
        out.write(ByteBuffer.allocate(4).putInt(end - from).array());
        out.write(picture, from, end - from);
        written += 4 + end - from;
    }

    private VideoTrack describe() throws ClipException {
        if (sequence.length < 4 || parameters.length == 0) {
            throw new ClipException(
                    stream.truncated()
                            ? "the clip ends before its first frame; it is cut short, copy it again"
                            : "the clip holds no H.264 parameters; it is damaged, copy it again");
        }
        ByteBuffer configuration = ByteBuffer.allocate(11 + sequence.length + parameters.length);
        configuration.put((byte) 1).put(sequence, 1, 3).put((byte) 0xff);
        configuration.put((byte) 0xe1).putShort((short) sequence.length).put(sequence);
        configuration.put((byte) 1).putShort((short) parameters.length).put(parameters);
        int count = pictures.count();
        double rate = latest > earliest ? (double) TICKS_PER_SECOND * (count - 1) / (latest - earliest) : 0;
        return new VideoTrack(
                "h264",
                configuration.array(),
                rate,
                TICKS_PER_SECOND,
                0,
                pictures,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                stream.truncated());
    }
}
