package ttrnn.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/**
 * NumPy's npz archives: a zip file with an npy file for each array, which is named like it. Reads arrays of floats of 32 or
 * 64 bits, packed or not, and makes 32 bits of them; writes 32 bits, not packed, the same bytes for the same arrays. Every
 * error is an {@link IOException} of one line that names the file.
 */
public final class Npz {
    /** No packing makes a thousandth of anything, so an entry that says it does lies about its size. */
    private static final long BEST_RATIO = 1032;

    private static final int MOST_ARRAYS = 10_000;
    private static final String SUFFIX = ".npy";
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Npz() {}

    /** All arrays by name, without {@code .npy}. */
    public static Map<String, Tensor> read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_ARRAYS) {
                throw new IOException("npz: " + zip.size() + " entries are more than " + MOST_ARRAYS);
            }
            Map<String, Tensor> arrays = new TreeMap<>();
            long free = Runtime.getRuntime().maxMemory();
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                free -= check(entry, free);
                String name = entry.getName();
                Tensor array = array(zip, entry);
                if (arrays.put(name.substring(0, name.length() - SUFFIX.length()), array) != null) {
                    throw new IOException("npz: the array " + printable(name) + " stands twice");
                }
            }
            return arrays;
        } catch (NoSuchFileException e) {
            throw new IOException("npz: no such file: " + file, e);
        } catch (IOException e) {
            String what = String.valueOf(e.getMessage());
            throw new IOException(file + ": " + (what.startsWith("np") ? what : "npz: " + what), e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": npz: a damaged archive: " + e.getMessage(), e);
        }
    }

    /** Returns the bytes of the entry, once unpacked, if that is believable. */
    private static long check(ZipEntry entry, long free) throws IOException {
        String name = entry.getName();
        if (!name.endsWith(SUFFIX)) {
            throw new IOException("npz: the entry " + printable(name) + " is no array");
        }
        long bytes = entry.getSize();
        long packed = entry.getCompressedSize();
        if (bytes < 0 || packed < 0 || bytes > BEST_RATIO * packed + 64) {
            throw new IOException(
                    "npz: the entry " + printable(name) + " claims " + bytes + " bytes, of " + packed + " packed ones");
        }
        if (bytes > free) {
            throw new IOException("npz: the entry " + printable(name) + " needs " + bytes
                    + " bytes of heap, this Java has left " + free + "; give more with java -Xmx");
        }
        return bytes;
    }

    private static Tensor array(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            // Read from front to back, so the position asked for is where the stream stands.
            byte[] head = in.readNBytes((int) Math.min(entry.getSize(), 12));
            byte[] rest = in.readNBytes((int) Math.min(entry.getSize() - head.length, 1 << 17));
            NpyHeader header = NpyHeader.read(
                    (position, target, count) -> {
                        for (int i = 0; i < count; i++) {
                            int at = (int) position + i;
                            if (at >= head.length + rest.length) {
                                throw new IOException("npy: it ends in its header");
                            }
                            target[i] = at < head.length ? head[at] : rest[at - head.length];
                        }
                    },
                    entry.getSize());
            return floats(header, head, rest, in);
        } catch (IOException e) {
            String what = String.valueOf(e.getMessage());
            throw new IOException("npz: " + printable(entry.getName()) + ": " + what, e);
        }
    }

    private static Tensor floats(NpyHeader header, byte[] head, byte[] rest, InputStream in) throws IOException {
        boolean single = header.type() == NpyType.FLOAT32;
        if (!single && header.type() != NpyType.FLOAT64) {
            throw new IOException("npy: an array of floats was expected, this one is "
                    + header.type().description());
        }
        int element = header.type().bytes();
        if (header.size() > Integer.MAX_VALUE - 8) {
            throw new IOException("npy: " + header.size() + " elements are too many for one array");
        }
        float[] data = new float[(int) header.size()];
        byte[] buffer = new byte[1 << 16];
        ByteBuffer view = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        long position = header.dataOffset();
        for (int at = 0; at < data.length; ) {
            int n = Math.min(buffer.length / element, data.length - at);
            fill(buffer, n * element, position, head, rest, in);
            for (int i = 0; i < n; i++) {
                data[at + i] = single ? view.getFloat(4 * i) : (float) view.getDouble(8 * i);
            }
            position += (long) n * element;
            at += n;
        }
        return Tensor.of(data, new Shape(header.dimensions()));
    }

    /** Takes bytes from what was read already, then from the stream. */
    private static void fill(byte[] buffer, int count, long position, byte[] head, byte[] rest, InputStream in)
            throws IOException {
        int done = 0;
        while (done < count && position + done < head.length + rest.length) {
            int at = (int) position + done;
            buffer[done++] = at < head.length ? head[at] : rest[at - head.length];
        }
        if (in.readNBytes(buffer, done, count - done) < count - done) {
            throw new IOException("npy: the entry ends before its array");
        }
    }

    /** Writes the file whole or not at all, over one that is there. */
    public static void write(Path file, Map<String, Tensor> arrays) throws IOException {
        try (AtomicFile out = AtomicFile.create(file)) {
            try (ZipOutputStream zip = new ZipOutputStream(stream(out))) {
                for (Map.Entry<String, Tensor> entry : new TreeMap<>(arrays).entrySet()) {
                    byte[] header = NpyHeader.encode(
                            NpyType.FLOAT32, entry.getValue().shape().dimensions());
                    byte[] data = bytes(entry.getValue());
                    CRC32 crc = new CRC32();
                    crc.update(header);
                    crc.update(data);
                    ZipEntry line = new ZipEntry(entry.getKey() + SUFFIX);
                    line.setMethod(ZipEntry.STORED);
                    line.setSize((long) header.length + data.length);
                    line.setCrc(crc.getValue());
                    line.setTimeLocal(NO_TIME);
                    zip.putNextEntry(line);
                    zip.write(header);
                    zip.write(data);
                    zip.closeEntry();
                }
            }
            out.commit();
        }
    }

    private static byte[] bytes(Tensor tensor) {
        ByteBuffer data =
                ByteBuffer.allocate(Math.multiplyExact(4, tensor.size())).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(tensor.data());
        return data.array();
    }

    private static OutputStream stream(AtomicFile out) {
        return new OutputStream() {
            private long position;

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                out.write(position, bytes, offset, count);
                position += count;
            }
        };
    }

    private static String printable(String name) {
        String head = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return "\"" + head.replaceAll("\\p{Cntrl}", "?") + "\"";
    }
}
