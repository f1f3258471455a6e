package ttrnn.video;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The first MPEG-1 or MPEG-2 video stream of an MPEG transport stream (ISO 13818-1), packet by packet: 188 bytes, with
 * four before them (Blu-ray, camcorders) or sixteen after. The program tables are followed; other streams, null packets
 * and adaptation fields are passed over. Lost packets are noticed by their counters.
 */
final class TransportStream implements ElementaryStream {
    private static final int SYNC = 0x47;
    private static final int PACKET = 188;
    private static final int NO_ID = -1;
    private static final int MPEG1 = 1;
    private static final int MPEG2 = 2;
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

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
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
            inPacket = packet[payload] == 0 && packet[payload + 1] == 0 && packet[payload + 2] == 1;
            next = Math.min(packetEnd, payload + 9 + (packet[Math.min(payload + 8, packetEnd - 1)] & 0xff));
        }
        if (!inPacket) {
            next = end;
        }
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
            int type = packet[entry] & 0xff;
            if (type == MPEG1 || type == MPEG2) {
                videoId = number13(entry + 1);
            } else if (refused == null) {
                refused = codec(type);
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
            case 0x1b -> "H.264";
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
