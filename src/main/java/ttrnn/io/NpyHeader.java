package ttrnn.io;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stands before the numbers of an npy file.
 *
 * @param type element type
 * @param dimensions sizes of the axes, row-major, slowest first
 * @param dataOffset bytes from the start of the file to the first element
 */
public record NpyHeader(NpyType type, int[] dimensions, int dataOffset) {
    /** A header of ours is padded to this size, as numpy does for arrays of a few axes. */
    static final int SIZE = 128;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_AXES = 32;

    public NpyHeader {
        dimensions = dimensions.clone();
    }

    @Override
    public int[] dimensions() {
        return dimensions.clone();
    }

    /** Number of elements; checked to fit when the header was read. */
    public long size() {
        long size = 1;
        for (int d : dimensions) {
            size *= d;
        }
        return size;
    }

    /** Where the bytes of an array come from: a file, or an entry of an archive. */
    interface Source {
        void read(long position, byte[] target, int count) throws IOException;
    }

    /**
     * Reads and checks the header; the data that follows must have just the size that the header says.
     *
     * @throws IOException with one line that says what is wrong with the file
     */
    public static NpyHeader read(FileChannel channel) throws IOException {
        return read((position, target, count) -> FileBytes.read(channel, position, target, 0, count), channel.size());
    }

    /** The same of any {@code fileSize} bytes. */
    static NpyHeader read(Source source, long fileSize) throws IOException {
        byte[] start = new byte[12];
        if (fileSize < 10) {
            throw new IOException("npy: " + fileSize + " bytes are too few for a header");
        }
        source.read(0, start, (int) Math.min(fileSize, start.length));
        if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("npy: does not start with \\x93NUMPY, so this is no npy file");
        }
        int major = start[6];
        int minor = start[7];
        if (major < 1 || major > 3 || minor != 0) {
            throw new IOException("npy: version " + (major & 0xFF) + "." + (minor & 0xFF) + " is unknown");
        }
        int textStart = major == 1 ? 10 : 12;
        long length = (start[8] & 0xFF) | (start[9] & 0xFF) << 8;
        if (major > 1) {
            length |= (start[10] & 0xFFL) << 16 | (start[11] & 0xFFL) << 24;
        }
        if (length > fileSize - textStart) {
            throw new EOFException("npy: the header claims " + length + " bytes, the file has " + fileSize + " in all");
        }
        if (length > 1 << 16) {
            throw new IOException("npy: a header of " + length + " bytes is longer than any of an array read here");
        }
        byte[] text = new byte[(int) length];
        source.read(textStart, text, text.length);
        NpyHeader header = NpyHeaderText.parse(
                new String(text, major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1),
                textStart + text.length);
        header.check(fileSize);
        return header;
    }

    private void check(long fileSize) throws IOException {
        if (dimensions.length > MAX_AXES) {
            throw new IOException("npy: " + dimensions.length + " axes are more than " + MAX_AXES);
        }
        long bytes = type.bytes();
        boolean empty = false;
        for (int d : dimensions) {
            empty |= d == 0;
        }
        for (int d : dimensions) {
            if (!empty && bytes > Long.MAX_VALUE / d) {
                throw new IOException("npy: shape " + Arrays.toString(dimensions) + " is larger than any file");
            }
            bytes *= d;
        }
        long there = fileSize - dataOffset;
        if (there != (empty ? 0 : bytes)) {
            throw new IOException("npy: shape " + Arrays.toString(dimensions) + " of " + type.description() + " needs "
                    + bytes + " bytes of data, the file has " + there);
        }
    }

    /** The header in npy 1.0, {@value #SIZE} bytes. */
    static byte[] encode(NpyType type, int... dimensions) {
        StringBuilder shape = new StringBuilder();
        for (int d : dimensions) {
            shape.append(d).append(", ");
        }
        // As numpy writes it: (), (3,), (3, 4).
        String inner = shape.isEmpty() ? "" : shape.substring(0, shape.length() - (dimensions.length == 1 ? 1 : 2));
        String text = "{'descr': '" + type.description() + "', 'fortran_order': False, 'shape': (" + inner + "), }";
        int length = SIZE - 10;
        if (text.length() >= length) {
            throw new IllegalArgumentException("npy: shape " + Arrays.toString(dimensions) + " has too many axes");
        }
        byte[] header = new byte[SIZE];
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[6] = 1;
        header[8] = (byte) length;
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, 10, ascii.length);
        Arrays.fill(header, 10 + ascii.length, SIZE - 1, (byte) ' ');
        header[SIZE - 1] = '\n';
        return header;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NpyHeader that
                && type == that.type
                && dataOffset == that.dataOffset
                && Arrays.equals(dimensions, that.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions) + 31 * type.hashCode();
    }

    /** For example {@code |u1[151, 120, 160, 3]}. */
    @Override
    public String toString() {
        return type.description() + Arrays.toString(dimensions);
    }
}
