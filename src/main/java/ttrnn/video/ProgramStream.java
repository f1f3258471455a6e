package ttrnn.video;

import java.io.IOException;

/**
 * The first video stream of an MPEG program stream: ISO 11172-1 (MPEG-1) and ISO 13818-1 (MPEG-2), packet by packet.
 * Audio, padding and private packets are passed over unread; bytes that are no packet are searched for the next one.
 */
final class ProgramStream implements ElementaryStream {
    private static final int PACK = 0xba;
    private static final int FIRST_WITH_LENGTH = 0xbb;
    private static final int FIRST_VIDEO = 0xe0;
    private static final int LAST_VIDEO = 0xef;
    private static final int MAX_STUFFING = 16;

    private final ClipInput in;
    private int videoId = -1;
    private int payloadLeft;
    private boolean truncated;

    ProgramStream(ClipInput in) {
        this.in = in;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (payloadLeft == 0) {
            if (!nextVideoPacket()) {
                return -1;
            }
        }
        int count = in.read(target, offset, Math.min(length, payloadLeft));
        if (count < 0) {
            truncated = true;
            payloadLeft = 0;
            return -1;
        }
        payloadLeft -= count;
        return count;
    }

    @Override
    public boolean truncated() {
        return truncated;
    }

    /** Stands at the payload of the next video packet afterwards; false at the end of the file. */
    private boolean nextVideoPacket() throws IOException {
        for (int id = nextStartCode(); id >= 0; id = nextStartCode()) {
            if (id == PACK) {
                skipPackHeader();
            } else if (id >= FIRST_WITH_LENGTH) {
                int length = readShort();
                if (id >= FIRST_VIDEO && id <= LAST_VIDEO && (videoId < 0 || id == videoId)) {
                    videoId = id;
                    payloadLeft = Math.max(0, length - skipPacketHeader());
                    return true;
                }
                truncated |= !in.skip(length);
            }
        }
        return false;
    }

    /** The byte after the next 00 00 01, or -1 at the end. */
    private int nextStartCode() throws IOException {
        int zeros = 0;
        boolean clean = true;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == 0) {
                zeros++;
            } else if (b == 1 && zeros >= 2) {
                return readByte();
            } else {
                zeros = 0;
                clean = false;
            }
        }
        // Zeros may pad the end of a file; one or two of them after packets are the start of a code that is cut.
        truncated |= clean && zeros > 0 && zeros < 3;
        return -1;
    }

    private void skipPackHeader() throws IOException {
        int first = readByte();
        if ((first & 0xc0) == 0x40) {
            skip(8);
            skip(readByte() & 7);
        } else if ((first & 0xf0) == 0x20) {
            skip(7);
        }
    }

    /** Reads the header of a video packet up to its payload; the number of bytes it took. */
    private int skipPacketHeader() throws IOException {
        int taken = 1;
        int b = readByte();
        if ((b & 0xc0) == 0x80) {
            readByte();
            int headerLength = Math.max(0, readByte());
            skip(headerLength);
            return 3 + headerLength;
        }
        while (b == 0xff && taken <= MAX_STUFFING) {
            b = readByte();
            taken++;
        }
        if ((b & 0xc0) == 0x40) {
            readByte();
            b = readByte();
            taken += 2;
        }
        int timestampBytes = (b & 0xf0) == 0x20 ? 4 : (b & 0xf0) == 0x30 ? 9 : 0;
        skip(timestampBytes);
        return taken + timestampBytes;
    }

    private int readShort() throws IOException {
        int high = readByte();
        int low = readByte();
        return high < 0 || low < 0 ? 0 : (high << 8) | low;
    }

    private int readByte() throws IOException {
        int b = in.read();
        truncated |= b < 0;
        return b;
    }

    private void skip(int count) throws IOException {
        truncated |= !in.skip(count);
    }
}
