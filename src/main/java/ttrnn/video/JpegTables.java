package ttrnn.video;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Rewrites the header of a JPEG for JCodec, which dequantises luma with table 0 and chroma with table 1 whatever the frame
 * header says: FFmpeg and many cameras write table 0 alone, for all. The tables meant are put, under those numbers,
 * before the scan.
 */
final class JpegTables {
    private static final int QUANTISER = 0xdb;
    private static final int SCAN = 0xda;
    private static final int TABLE = 64;
    private static final int SEGMENT = 5 + TABLE;

    private byte[] rewritten = {};
    private final byte[][] tables = new byte[4][TABLE];
    private int scan;

    /** Finds tables and scan; false if the header is not as a baseline JPEG's must be. */
    private boolean read(byte[] data, int length) {
        int at = 2;
        while (at + 4 <= length && (data[at] & 0xff) == 0xff) {
            int marker = data[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            if (marker == SCAN) {
                scan = at;
                // Three components; luma with Huffman tables 0, chroma with 1.
                return at + 11 <= length && data[at + 6] == 0 && data[at + 8] == 0x11 && data[at + 10] == 0x11;
            }
            int end = at + 2 + (((data[at + 2] & 0xff) << 8) | (data[at + 3] & 0xff));
            if (marker == QUANTISER) {
                for (int table = at + 4; table + 1 + TABLE <= Math.min(end, length); table += 1 + TABLE) {
                    // Tables of 16 bits have a number from 16 on, and are not baseline.
                    if ((data[table] & 0xff) >= tables.length) {
                        return false;
                    }
                    System.arraycopy(data, table + 1, tables[data[table]], 0, TABLE);
                }
            }
            at = end;
        }
        return false;
    }

    /**
     * The JPEG in the first {@code length} bytes of {@code data} with its tables where JCodec looks for them.
     *
     * @param frameHeader where the height stands in it
     * @return empty if the JPEG is damaged, or uses its tables in a way that JCodec cannot follow
     */
    ByteBuffer rewrite(byte[] data, int length, int frameHeader) {
        int chroma = data[frameHeader + 10] & 0xff;
        int luma = data[frameHeader + 7] & 0xff;
        if (!read(data, length) || luma > 3 || chroma > 3 || data[frameHeader + 13] != chroma) {
            return ByteBuffer.allocate(0);
        }
        int total = length + 2 * SEGMENT;
        if (rewritten.length < total) {
            rewritten = Arrays.copyOf(rewritten, 2 * total);
        }
        System.arraycopy(data, 0, rewritten, 0, scan);
        segment(scan, 0, tables[luma]);
        segment(scan + SEGMENT, 1, tables[chroma]);
        System.arraycopy(data, scan, rewritten, scan + 2 * SEGMENT, length - scan);
        return ByteBuffer.wrap(rewritten, 0, total).slice();
    }

    private void segment(int at, int number, byte[] table) {
        rewritten[at] = (byte) 0xff;
        rewritten[at + 1] = (byte) QUANTISER;
        rewritten[at + 2] = 0;
        rewritten[at + 3] = (byte) (SEGMENT - 2);
        rewritten[at + 4] = (byte) number;
        System.arraycopy(table, 0, rewritten, at + 5, TABLE);
    }
}
