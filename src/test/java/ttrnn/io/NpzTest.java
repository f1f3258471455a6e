package ttrnn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.tensor.Tensor;

class NpzTest {
    @TempDir
    Path folder;

    /** A zip of one entry. */
    static byte[] zip(boolean packed, String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(name);
            entry.setMethod(packed ? ZipEntry.DEFLATED : ZipEntry.STORED);
            entry.setSize(content.length);
            CRC32 crc = new CRC32();
            crc.update(content);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(content);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    /** An npy file of zeros. */
    static byte[] array(String type, String shape, int bytes) {
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer file = ByteBuffer.allocate(10 + text.length() + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        file.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
        return file.array();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("weights.npz"), content);
    }

    private void refused(byte[] content, String message) throws IOException {
        Path file = file(content);
        assertThatIOException()
                .isThrownBy(() -> Npz.read(file))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith(file + ": npz: ")
                        .contains(message)
                        .doesNotContain("\n"));
    }

    @Test
    void whatWasWrittenIsReadAndTheSameArraysGiveTheSameBytes() throws IOException {
        Map<String, Tensor> arrays =
                Map.of("rnn.core.0", Tensor.of(new float[] {1, -2, 3.5f, 0}, 1, 4), "b", Tensor.of(new float[0], 0));
        Path file = folder.resolve("weights.npz");
        Npz.write(file, arrays);
        byte[] first = Files.readAllBytes(file);
        Map<String, Tensor> read = Npz.read(file);
        assertThat(read.keySet()).containsExactly("b", "rnn.core.0");
        assertThat(read.get("rnn.core.0").data()).containsExactly(1, -2, 3.5f, 0);
        assertThat(read.get("rnn.core.0").shape().dimensions()).containsExactly(1, 4);
        Npz.write(file, arrays);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }

    @Test
    void packedArraysOfDoublesAreRead() throws IOException {
        byte[] array = array("<f8", "(2, 5000)", 80_000);
        ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).putDouble(array.length - 8, 0.1);
        Tensor read = Npz.read(file(zip(true, "arr_0.npy", array))).get("arr_0");
        assertThat(read.shape().dimensions()).containsExactly(2, 5000);
        assertThat(read.data()[9999]).isEqualTo(0.1f);
    }

    @Test
    void hostileArchivesAreRefusedInOneLine() throws IOException {
        refused(new byte[0], "zip file is empty");
        refused(new byte[] {'P', 'K', 3, 4}, "zip");
        refused(zip(true, "../evil.sh", new byte[3]), "the entry \"../evil.sh\" is no array");
        refused(zip(true, "a.npy", new byte[3]), "\"a.npy\": npy: 3 bytes are too few for a header");
        refused(zip(true, "a.npy", array("|O", "(1,)", 8)), "arrays of Python objects are refused");
        refused(zip(true, "a.npy", array("<i4", "(1,)", 4)), "an array of floats was expected, this one is <i4");
        refused(zip(true, "a.npy", array("<f4", "(1000000000,)", 4)), "needs 4000000000 bytes of data");
        byte[] cut = zip(false, "a.npy", array("<f4", "(100,)", 400));
        refused(Arrays.copyOf(cut, cut.length / 2), "zip");
    }

    @Test
    void anEntryThatClaimsMoreThanPackingCanGiveIsRefusedBeforeItIsUnpacked() throws IOException {
        byte[] bomb = zip(true, "a.npy", array("<f4", "(100,)", 400));
        // The size in the central directory, 24 bytes into it.
        int directory = ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN).getInt(bomb.length - 6);
        ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, 1 << 30);
        refused(bomb, "the entry \"a.npy\" claims 1073741824 bytes, of ");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> Npz.read(folder.resolve("none.npz")))
                .withMessageContaining("none.npz");
    }
}
