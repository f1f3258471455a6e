package ttrnn.video;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The first MPEG-1, MPEG-2 or H.264 video stream of an MPEG transport stream (ISO 13818-1), packet by packet: 188 bytes, with
 * four before them (Blu-ray, camcorders) or sixteen after. The program tables are followed; other streams, null packets
 * and adaptation fields are passed over. Lost packets are noticed by their counters.
 */
final class TransportStream implements ElementaryStream {
    private static final int SYNC = 0x47;
    private static final int PACKET = 188;
    private static final int NO_ID = -1;
    private static final int UNKNOWN = -1;
    private static final int MPEG1 = 1;
    private static final int MPEG2 = 2;
    private static final int H264 = 0x1b;
    /** The program map comes at least ten times a second. */
    private static final long SEARCHED_BYTES = 1 << 23;

    private final ClipInput in;
    private final ConversionHint hint;
    private final int packetBytes;
    private final byte[] packet = new byte[204];
    private int mapId = NO_ID;
    private int videoId = NO_ID;
    private int next;
    private int end;
    private int counter = NO_ID;
    private boolean inPacket;
    private boolean truncated;
    private int type;
    private boolean begins;
    private int expected = UNKNOWN;
    private int delivered;
    private long time = -1;

    TransportStream(ClipInput in, ConversionHint hint) throws IOException {
        this.in = in;
        this.hint = hint;
        byte[] head = new byte[ClipContainer.PROBE_BYTES];
        int length = in.readFully(head, 0, head.length);
        packetBytes = packetBytes(head, length);
        in.seek(0);
    }

    /** Distance of the packets that {@code head} starts with; 0 if it starts with none. */
    static int packetBytes(byte[] head, int length) {
        for (int bytes : new int[] {PACKET, 192, 204}) {
            int at = bytes == 192 ? 4 : 0;
            if (at + 2 * bytes < length
                    && head[at] == SYNC
                    && head[at + bytes] == SYNC
                    && head[at + 2 * bytes] == SYNC) {
                return bytes;
            }
        }
        return 0;
    }

    /** Whether the video is H.264; reads on until the program tables say so. */
    boolean isH264() throws IOException {
        boolean more = true;
        while (videoId == NO_ID && more) {
            more = nextPacket();
        }
        return type == H264;
    }

    /** Whether a picture's packet begins with the bytes that were read last. */
    boolean beginsPicture() {
        return begins;
    }

    /** When the picture that begins is shown, in 90,000ths of a second; -1 if that is not said. */
    long time() {
        return time;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        begins = false;
        while (next == end) {
            if (!nextPacket()) {
                return -1;
            }
        }
        int count = Math.min(length, end - next);
        System.arraycopy(packet, next, target, offset, count);
        next += count;
        return count;
    }

    @Override
    public boolean truncated() {
        return truncated;
    }

    /** Reads a packet; its payload, if it is the video's, stands from {@link #next} to {@link #end} afterwards. */
    private boolean nextPacket() throws IOException {
        int read = in.readFully(packet, 0, packetBytes);
        if (read < packetBytes) {
            truncated |= read > 0;
            endPacket();
            return false;
        }
        int at = packetBytes == 192 ? 4 : 0;
        if (packet[at] != SYNC) {
            truncated = true;
            resynchronise(at);
            return true;
        }
        boolean starts = (packet[at + 1] & 0x40) != 0;
        int id = ((packet[at + 1] & 0x1f) << 8) | (packet[at + 2] & 0xff);
        int control = (packet[at + 3] >> 4) & 3;
        int payload = at + 4 + ((control & 2) != 0 ? 1 + (packet[at + 4] & 0xff) : 0);
        int packetEnd = at + PACKET;
        if ((control & 1) == 0 || payload >= packetEnd) {
            return true;
        }
        if (videoId == NO_ID) {
            if (in.position() > SEARCHED_BYTES) {
                throw new ClipException("MPEG-TS without a video stream in its program tables; " + hint.convert());
            }
            table(id, starts, payload, packetEnd);
        } else if (id == videoId) {
            video(starts, payload, packetEnd, packet[at + 3] & 15);
        }
        return true;
    }

    private void video(boolean starts, int payload, int packetEnd, int count) {
        if (counter != NO_ID && count == counter) {
            return; // sent twice
        }
        truncated |= counter != NO_ID && count != ((counter + 1) & 15);
        counter = count;
        next = payload;
        end = packetEnd;
        if (starts) {
            endPacket();
            inPacket = packet[payload] == 0 && packet[payload + 1] == 0 && packet[payload + 2] == 1;
            next = Math.min(packetEnd, payload + 9 + (packet[Math.min(payload + 8, packetEnd - 1)] & 0xff));
            begins = true;
            int length = (packet[payload + 4] & 0xff) << 8 | (packet[payload + 5] & 0xff);
            expected = inPacket && length > 0 ? Math.max(0, length - (next - payload - 6)) : UNKNOWN;
            boolean timed = inPacket && next >= payload + 14 && (packet[payload + 7] & 0x80) != 0;
            time = timed ? time(payload + 9) : -1;
        }
        if (!inPacket) {
            next = end;
        }
        delivered += end - next;
    }

    /** A packet of the layer above says how long it is, or nothing, as most of video do. */
    private void endPacket() {
        truncated |= expected != UNKNOWN && delivered != expected;
        expected = UNKNOWN;
        delivered = 0;
    }

    /** 33 bits in five bytes, with markers between. */
    private long time(int at) {
        long high = (packet[at] >> 1) & 7;
        int middle = ((packet[at + 1] & 0xff) << 7) | ((packet[at + 2] & 0xff) >> 1);
        int low = ((packet[at + 3] & 0xff) << 7) | ((packet[at + 4] & 0xff) >> 1);
        return (high << 30) | ((long) middle << 15) | low;
    }

    private void table(int id, boolean starts, int payload, int packetEnd) throws ClipException {
        if (!starts) {
            return;
        }
        int at = payload + 1 + (packet[payload] & 0xff);
        if (at + 12 > packetEnd) {
            return;
        }
        int kind = packet[at] & 0xff;
        int tableEnd = Math.min(packetEnd, at + 3 + number12(at + 1) - 4);
        if (id == 0 && kind == 0) {
            for (int entry = at + 8; entry + 4 <= tableEnd && mapId == NO_ID; entry += 4) {
                // Program 0 is the network's.
                mapId = packet[entry] == 0 && packet[entry + 1] == 0 ? NO_ID : number13(entry + 2);
            }
        } else if (id == mapId && kind == 2) {
            map(at + 12 + number12(at + 10), tableEnd);
        }
    }

    private void map(int from, int tableEnd) throws ClipException {
        String refused = null;
        int entry = from;
        while (entry + 5 <= tableEnd && videoId == NO_ID) {
            int kind = packet[entry] & 0xff;
            if (kind == MPEG1 || kind == MPEG2 || kind == H264) {
                videoId = number13(entry + 1);
                type = kind;
            } else if (refused == null) {
                refused = codec(kind);
            }
            entry += 5 + number12(entry + 3);
        }
        if (videoId == NO_ID && refused != null) {
            throw new ClipException("MPEG-TS with " + refused + " video is not supported; " + hint.convert());
        }
    }

    private static @Nullable String codec(int type) {
        return switch (type) {
            case 0x10 -> "MPEG-4 part 2";
            case 0x24 -> "HEVC";
            case 0x42 -> "AVS";
            case 0xd1 -> "Dirac";
            case 0xea -> "VC-1";
            default -> null;
        };
    }

    private int number12(int at) {
        return ((packet[at] & 0x0f) << 8) | (packet[at + 1] & 0xff);
    }

    private int number13(int at) {
        return ((packet[at] & 0x1f) << 8) | (packet[at + 1] & 0xff);
    }

    /** Continues at the next byte that may begin a packet. */
    private void resynchronise(int at) throws IOException {
        long start = in.position() - packetBytes;
        for (int i = at + 1; i < packetBytes; i++) {
            if (packet[i] == SYNC) {
                in.seek(start + i - at);
                return;
            }
        }
    }
}
