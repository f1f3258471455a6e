package ttrnn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/**
 * NumPy's npy files: reads versions 1.0 to 3.0, writes 1.0; row-major arrays of bytes, 32-bit integers and floats. Every
 * error is an {@link IOException} of one line that names the file.
 */
public final class Npy {
    private static final int CHUNK = 1 << 18;

    private Npy() {}

    /** Type and shape of the array in {@code file}; its size on disk is checked too. */
    public static NpyHeader readHeader(Path file) throws IOException {
        return read(file, (channel, header) -> header);
    }

    /** An array of any shape of unsigned bytes, row-major. */
    public static byte[] readBytes(Path file) throws IOException {
        return read(file, (channel, header) -> {
            byte[] data = new byte[elements(header, NpyType.UINT8)];
            FileBytes.read(channel, header.dataOffset(), data, 0, data.length);
            return data;
        });
    }

    /** An array of any shape of 32-bit integers, row-major. */
    public static int[] readInts(Path file) throws IOException {
        return read(file, (channel, header) -> {
            int[] data = new int[elements(header, NpyType.INT32)];
            chunks(
                    channel,
                    header,
                    data.length,
                    (chunk, at, n) -> chunk.asIntBuffer().get(data, at, n));
            return data;
        });
    }

    /** An array of 32-bit floats. */
    public static Tensor readFloats(Path file) throws IOException {
        return read(file, (channel, header) -> {
            float[] data = new float[elements(header, NpyType.FLOAT32)];
            chunks(
                    channel,
                    header,
                    data.length,
                    (chunk, at, n) -> chunk.asFloatBuffer().get(data, at, n));
            return Tensor.of(data, new Shape(header.dimensions()));
        });
    }

    /** Writes unsigned bytes, row-major, whose number is the product of {@code dimensions}. */
    public static void writeBytes(Path file, byte[] data, int... dimensions) throws IOException {
        if (new Shape(dimensions).size() != data.length) {
            throw new IllegalArgumentException(
                    "npy: shape " + Arrays.toString(dimensions) + " does not fit " + data.length + " bytes");
        }
        write(file, NpyHeader.encode(NpyType.UINT8, dimensions), data);
    }

    /** Writes a tensor as 32-bit floats. */
    public static void writeFloats(Path file, Tensor tensor) throws IOException {
        ByteBuffer data =
                ByteBuffer.allocate(Math.multiplyExact(4, tensor.size())).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(tensor.data());
        write(file, NpyHeader.encode(NpyType.FLOAT32, tensor.shape().dimensions()), data.array());
    }

    private static void write(Path file, byte[] header, byte[] data) throws IOException {
        try (AtomicFile out = AtomicFile.create(file)) {
            out.write(0, header, 0, header.length);
            out.write(header.length, data, 0, data.length);
            out.commit();
        }
    }

    private static int elements(NpyHeader header, NpyType wanted) throws IOException {
        if (header.type() != wanted) {
            throw new IOException("npy: element type " + wanted.description() + " was expected, the file has "
                    + header.type().description());
        }
        if (header.size() > Integer.MAX_VALUE - 8) {
            throw new IOException("npy: " + header.size() + " elements are too many for one array");
        }
        long bytes = header.size() * wanted.bytes();
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new IOException("npy: its array needs " + bytes + " bytes of heap, this Java may take " + most
                    + "; give more with java -Xmx");
        }
        return (int) header.size();
    }

    private static void chunks(FileChannel channel, NpyHeader header, int elements, Chunk target) throws IOException {
        byte[] bytes = new byte[4 * Math.min(CHUNK, elements)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < elements; at += CHUNK) {
            int n = Math.min(CHUNK, elements - at);
            FileBytes.read(channel, header.dataOffset() + 4L * at, bytes, 0, 4 * n);
            target.take(buffer, at, n);
        }
    }

    private static <T> T read(Path file, Reader<T> reader) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return reader.read(channel, NpyHeader.read(channel));
        } catch (java.nio.file.NoSuchFileException e) {
            throw new IOException("npy: no such file: " + file, e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private interface Reader<T> {
        T read(FileChannel channel, NpyHeader header) throws IOException;
    }

    private interface Chunk {
        void take(ByteBuffer chunk, int at, int n);
    }
}
