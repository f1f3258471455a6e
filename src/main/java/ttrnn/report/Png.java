package ttrnn.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pictures as PNG, 8 bits a channel, RGB, without filters or interlacing (RFC 2083, written by hand to do without AWT). */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BITS = 8;
    private static final int RGB = 2;

    private Png() {}

    /** The file of a picture whose bytes [height, width, 3] are given. */
    static byte[] of(int width, int height, byte[] rgb) {
        int row = 3 * width;
        byte[] lines = new byte[height * (row + 1)];
        for (int y = 0; y < height; y++) {
            System.arraycopy(rgb, y * row, lines, y * (row + 1) + 1, row); // each line begins with filter 0, none
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        byte[] header = new byte[13];
        putInt(header, 0, width);
        putInt(header, 4, height);
        header[8] = BITS;
        header[9] = RGB;
        chunk(file, "IHDR", header);
        chunk(file, "IDAT", deflated(lines));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    /** The same as an address that can stand in a page. */
    static String dataUri(int width, int height, byte[] rgb) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(of(width, height, rgb));
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] typed = new byte[4 + data.length];
        System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, typed, 0, 4);
        System.arraycopy(data, 0, typed, 4, data.length);
        CRC32 crc = new CRC32();
        crc.update(typed);
        byte[] number = new byte[4];
        putInt(number, 0, data.length);
        file.writeBytes(number);
        file.writeBytes(typed);
        putInt(number, 0, (int) crc.getValue());
        file.writeBytes(number);
    }

    private static void putInt(byte[] target, int at, int value) {
        for (int i = 0; i < 4; i++) {
            target[at + i] = (byte) (value >>> (24 - 8 * i));
        }
    }
}
