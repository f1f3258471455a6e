package ttrnn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.tensor.Tensor;

class NpyTest {
    @TempDir
    Path folder;

    @Test
    void floatsComeBackBitByBit() throws IOException {
        float[] values = {1, -0f, Float.NaN, Float.MIN_VALUE, Float.POSITIVE_INFINITY, 0.1f};
        Path file = folder.resolve("a.npy");
        Npy.writeFloats(file, Tensor.of(values, 2, 3));
        Tensor read = Npy.readFloats(file);
        assertThat(read.shape().dimensions()).containsExactly(2, 3);
        for (int i = 0; i < values.length; i++) {
            assertThat(Float.floatToRawIntBits(read.data()[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
        }
    }

    @Test
    void arraysLongerThanAChunkComeBack() throws IOException {
        float[] values = new float[(1 << 18) + 17];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 0.25f;
        }
        Path file = folder.resolve("long.npy");
        Npy.writeFloats(file, Tensor.of(values, values.length));
        assertThat(Npy.readFloats(file).data()).isEqualTo(values);
    }

    @Test
    void bytesOfAnyShapeComeBack() throws IOException {
        Path file = folder.resolve("a.npy");
        for (int[] shape : new int[][] {{}, {0}, {1}, {5}, {2, 3}, {2, 0, 3}, {1, 2, 3, 4}}) {
            int size = 1;
            for (int d : shape) {
                size *= d;
            }
            byte[] data = new byte[size];
            java.util.Arrays.fill(data, (byte) 200);
            Npy.writeBytes(file, data, shape);
            assertThat(Npy.readBytes(file)).isEqualTo(data);
            assertThat(Npy.readHeader(file).dimensions()).isEqualTo(shape);
        }
    }

    @Test
    void theHeaderIsTheOneThatNumpyWrites() throws IOException {
        Path file = folder.resolve("a.npy");
        Npy.writeBytes(file, new byte[24], 2, 3, 4);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(128 + 24);
        assertThat(bytes[6]).isEqualTo((byte) 1);
        assertThat(bytes[8]).isEqualTo((byte) 118);
        assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3, 4), } ")
                .endsWith(" \n");
        Npy.writeBytes(file, new byte[2], 2);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("'shape': (2,), }");
    }

    @Test
    void versionsTwoAndThreeAreRead() throws IOException {
        for (int version = 1; version <= 3; version++) {
            Path file = file(version, "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }", 8);
            assertThat(Npy.readInts(file)).containsExactly(0, 0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "{'descr': '<f4', 'fortran_order': True, 'shape': (2,), } # array is in Fortran order",
                "{'descr': '|O', 'fortran_order': False, 'shape': (2,), } # Python objects are refused",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), } # element type <f4 was expected, the file has <f8",
                "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), } # element type '>f4' is not read here",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), } # structured arrays",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), } # needs 12 bytes of data, the file has 8",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } # needs 4 bytes of data, the file has 8",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), } # larger than",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), } # longer than 2^31 - 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), } # not a tuple of whole numbers",
                "{'descr': '<f4', 'fortran_order': False, 'shape': 2, } # '(' was expected",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), } # neither True nor False",
                "{'descr': '<f4', 'shape': (2,), } # lacks",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), } # stands twice",
                "{'descr': '<f4', 'other': '<f4'} # the key 'other' is unknown",
                "{'descr': '<f4 # does not end",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } + 1 # something follows",
                "exit() # '{' was expected",
            })
    void aHeaderThatLiesIsRefusedInOneLine(String header, String message) throws IOException {
        Path file = file(1, header.strip(), 8);
        assertThatIOException()
                .isThrownBy(() -> Npy.readFloats(file))
                .withMessageContaining(message)
                .withMessageStartingWith(file + ": npy: ")
                .withMessageNotContaining("\n");
    }

    @Test
    void aFileThatIsNoArrayIsRefused() throws IOException {
        Path file = folder.resolve("a.npy");
        Files.write(file, new byte[0]);
        assertThatIOException().isThrownBy(() -> Npy.readHeader(file)).withMessageContaining("0 bytes are too few");
        Files.writeString(file, "just some text");
        assertThatIOException().isThrownBy(() -> Npy.readHeader(file)).withMessageContaining("this is no npy file");
        byte[] header = NpyHeader.encode(NpyType.UINT8, 1);
        header[6] = 4;
        Files.write(file, header);
        assertThatIOException().isThrownBy(() -> Npy.readHeader(file)).withMessageContaining("version 4.0 is unknown");
        header[6] = 2;
        header[11] = 127;
        Files.write(file, header);
        assertThatIOException().isThrownBy(() -> Npy.readHeader(file)).withMessageContaining("the file has 128 in all");
        assertThatIOException()
                .isThrownBy(() -> Npy.readHeader(folder.resolve("none.npy")))
                .withMessageContaining("no such file");
    }

    @Test
    void anotherElementTypeIsNotTakenForTheWantedOne() throws IOException {
        Path file = folder.resolve("a.npy");
        Npy.writeBytes(file, new byte[4], 4);
        assertThatIOException()
                .isThrownBy(() -> Npy.readFloats(file))
                .withMessageContaining("element type <f4 was expected, the file has |u1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Npy.writeBytes(file, new byte[4], 5))
                .withMessage("npy: shape [5] does not fit 4 bytes");
    }

    @Test
    void everyCutOfAFileIsRefused() throws IOException {
        Path file = folder.resolve("a.npy");
        Npy.writeBytes(file, new byte[6], 2, 3);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatIOException().as("cut to " + length).isThrownBy(() -> Npy.readBytes(file));
        }
    }

    private Path file(int version, String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        int start = version == 1 ? 10 : 12;
        byte[] bytes = new byte[start + text.length + dataBytes];
        System.arraycopy(NpyHeader.encode(NpyType.UINT8, 1), 0, bytes, 0, 6);
        bytes[6] = (byte) version;
        bytes[8] = (byte) text.length;
        bytes[9] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, bytes, start, text.length);
        return Files.write(folder.resolve("made.npy"), bytes);
    }
}
