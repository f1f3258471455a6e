package ttrnn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.tensor.Tensor;
import ttrnn.testing.Mutator;

/**
 * Files that someone made to hurt: huge ones, and good ones with bytes changed at random. Both readers answer with what is in
 * the file or with an IOException of one line. {@code -Dttrnn.mutations=N} tries more.
 */
class HostileFilesTest {
    private static final int MUTATIONS = Integer.getInteger("ttrnn.mutations", 2000);

    @TempDir
    Path folder;

    private interface Reader {
        void read(Path file) throws IOException;
    }

    @Test
    void changedSafetensorsAreReadOrRefused() throws IOException {
        Path good = folder.resolve("good");
        Safetensors.write(
                good,
                Map.of("a", Tensor.of(new float[] {1, 2, 3}, 3), "b.c", Tensor.of(new float[6], 2, 3)),
                Map.of("format", "1", "config", "{\"x\":[1,2]}"));
        mutate(Files.readAllBytes(good), Safetensors::read, 7);
    }

    @Test
    void changedArraysAreReadOrRefused() throws IOException {
        Path good = folder.resolve("good");
        Npy.writeBytes(good, new byte[24], 2, 2, 2, 3);
        mutate(Files.readAllBytes(good), Npy::readBytes, 8);
        Npy.writeFloats(good, Tensor.of(new float[6], 2, 3));
        mutate(Files.readAllBytes(good), Npy::readFloats, 9);
    }

    private void mutate(byte[] good, Reader reader, long seed) throws IOException {
        Path file = folder.resolve("mutant");
        Mutator mutator = new Mutator(List.of(good), seed);
        int refused = 0;
        for (int n = 0; n < MUTATIONS; n++) {
            byte[] mutant = mutator.mutant(n);
            Files.write(file, mutant);
            try {
                reader.read(file);
            } catch (IOException e) {
                refused++;
                assertThat(e.getMessage())
                        .as("seed %d, mutant %d", seed, n)
                        .startsWith(file + ": ")
                        .doesNotContain("\n")
                        .hasSizeLessThan(1000);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", mutant " + n + ": " + e, e);
            }
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 2);
    }

    /** Sparse: terabytes that take no room on the disk. */
    @Test
    void hugeTensorsAreRefusedBeforeTheyAreAllocated() throws IOException {
        StringBuilder header = new StringBuilder("{");
        long begin = 0;
        for (int n = 0; n < 200; n++) {
            long end = begin + (4L << 30);
            header.append(n == 0 ? "" : ",")
                    .append("\"t")
                    .append(n)
                    .append("\":{\"dtype\":\"F32\",\"shape\":[1073741824],\"data_offsets\":[")
                    .append(begin)
                    .append(",")
                    .append(end)
                    .append("]}");
            begin = end;
        }
        byte[] text = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        byte[] start = ByteBuffer.allocate(8 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
        Path file = sparse("huge.safetensors", start, begin);
        long most = Runtime.getRuntime().maxMemory();
        assertThatIOException()
                .isThrownBy(() -> Safetensors.read(file))
                .withMessage(file + ": safetensors: its tensors need " + begin + " bytes of heap, this Java may take "
                        + most + "; give more with java -Xmx");
    }

    @Test
    void aLongHeaderIsRefusedBeforeItIsAllocated() throws IOException {
        byte[] start = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(1L << 40)
                .array();
        Path file = sparse("header.safetensors", start, 1L << 40);
        assertThatIOException()
                .isThrownBy(() -> Safetensors.read(file))
                .withMessage(file + ": safetensors: a header of " + (1L << 40) + " bytes is longer than 16000000");
    }

    @Test
    void arraysOfMoreThanAnArrayCanHoldAreRefused() throws IOException {
        byte[] start = NpyHeader.encode(NpyType.UINT8, 3, 1 << 30);
        Path file = sparse("huge.npy", start, 3L << 30);
        assertThat(Npy.readHeader(file).size()).isEqualTo(3L << 30);
        assertThatIOException()
                .isThrownBy(() -> Npy.readBytes(file))
                .withMessage(file + ": npy: 3221225472 elements are too many for one array");
    }

    @Test
    void anArrayLargerThanTheHeapIsRefused() throws IOException {
        long most = Runtime.getRuntime().maxMemory();
        int elements = (int) Math.min(Integer.MAX_VALUE - 8, most / 4 + 1);
        Path file = sparse("large.npy", NpyHeader.encode(NpyType.FLOAT32, elements), 4L * elements);
        if (4L * elements > most) {
            assertThatIOException()
                    .isThrownBy(() -> Npy.readFloats(file))
                    .withMessage(file + ": npy: its array needs " + 4L * elements
                            + " bytes of heap, this Java may take " + most + "; give more with java -Xmx");
        }
    }

    private Path sparse(String name, byte[] start, long rest) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.write(start);
            made.setLength(start.length + rest);
        }
        return file;
    }
}
