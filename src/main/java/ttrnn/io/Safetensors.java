package ttrnn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

/**
 * Safetensors files of 32-bit floats: eight bytes of length, a JSON header, then the tensors' bytes without holes. What
 * is written is a function of the content alone: tensors and metadata in the order of their names, the header padded
 * with spaces to a multiple of eight. Reading trusts nothing: see {@link SafetensorsHeader}.
 */
public final class Safetensors {
    private static final int CHUNK = 1 << 18;

    private Safetensors() {}

    /**
     * Reads all tensors.
     *
     * @throws IOException with one line that names the file and what is wrong with it
     */
    public static SafetensorsFile read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            SafetensorsHeader header = SafetensorsHeader.read(channel);
            checkHeap(channel.size() - header.dataOffset());
            Map<String, Tensor> tensors = new TreeMap<>();
            for (SafetensorsHeader.Entry entry : header.entries()) {
                tensors.put(entry.name(), readTensor(channel, header.dataOffset() + entry.begin(), entry.shape()));
            }
            return new SafetensorsFile(tensors, header.metadata());
        } catch (NoSuchFileException e) {
            throw new IOException("safetensors: no such file: " + file, e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** A sparse file of any size costs its maker nothing. */
    private static void checkHeap(long bytes) throws IOException {
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new IOException("safetensors: its tensors need " + bytes + " bytes of heap, this Java may take "
                    + most + "; give more with java -Xmx");
        }
    }

    /** Writes the file whole or not at all, over one that is there. */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        Map<String, Tensor> sorted = new TreeMap<>(tensors);
        byte[] header = header(sorted, new TreeMap<>(metadata));
        ByteBuffer length =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, header.length);
        try (AtomicFile out = AtomicFile.create(file)) {
            out.write(0, length.array(), 0, 8);
            out.write(8, header, 0, header.length);
            long position = 8L + header.length;
            for (Tensor tensor : sorted.values()) {
                position = writeTensor(out, position, tensor);
            }
            out.commit();
        }
    }

    private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(SafetensorsHeader.METADATA, metadata);
        }
        long begin = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            if (entry.getKey().equals(SafetensorsHeader.METADATA)) {
                throw new IllegalArgumentException("safetensors: a tensor cannot be named " + entry.getKey());
            }
            Map<String, Object> info = new LinkedHashMap<>();
            long end = begin + 4L * entry.getValue().size();
            info.put("dtype", "F32");
            info.put("shape", entry.getValue().shape().dimensions());
            info.put("data_offsets", List.of(begin, end));
            header.put(entry.getKey(), info);
            begin = end;
        }
        String text = Json.line(header);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return (text + " ".repeat(-bytes & 7)).getBytes(StandardCharsets.UTF_8);
    }

    private static Tensor readTensor(FileChannel channel, long position, Shape shape) throws IOException {
        float[] data = new float[shape.size()];
        byte[] bytes = new byte[4 * Math.min(CHUNK, data.length)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < data.length; at += CHUNK) {
            int n = Math.min(CHUNK, data.length - at);
            FileBytes.read(channel, position + 4L * at, bytes, 0, 4 * n);
            buffer.asFloatBuffer().get(data, at, n);
        }
        return Tensor.of(data, shape);
    }

    private static long writeTensor(AtomicFile out, long position, Tensor tensor) throws IOException {
        float[] data = tensor.data();
        byte[] bytes = new byte[4 * Math.min(CHUNK, data.length)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < data.length; at += CHUNK) {
            int n = Math.min(CHUNK, data.length - at);
            buffer.asFloatBuffer().put(data, at, n);
            out.write(position + 4L * at, bytes, 0, 4 * n);
        }
        return position + 4L * data.length;
    }
}
