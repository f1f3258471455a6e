package ttrnn.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to hurt, each with the words that refuse it. Sparse ones claim terabytes and take no room on the disk. */
class AttackCorpusTest {
    /** Beyond what was in the file, for reading what is to be refused. */
    private static final long MOST_BYTES = 32 << 20;

    private static final double MOST_SECONDS = 5;

    @TempDir
    Path folder;

    private interface Reader {
        void read(Path file) throws IOException;
    }

    /**
     * A file.
     *
     * @param start its first bytes
     * @param length in all; the rest is zero
     * @param words of the message
     */
    private record Attack(Reader reader, byte[] start, long length, String words) {}

    private final List<Attack> attacks = new ArrayList<>();

    private void safetensors(String header, long data, String words) {
        safetensors(header.getBytes(StandardCharsets.UTF_8), data, words);
    }

    private void safetensors(byte[] header, long data, String words) {
        claimed(header.length, header, data, words);
    }

    private void claimed(long length, byte[] header, long data, String words) {
        byte[] start = ByteBuffer.allocate(8 + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put(header)
                .array();
        attacks.add(new Attack(Safetensors::read, start, start.length + data, words));
    }

    /** A tensor "a" of four floats with something else in its place. */
    private void tensor(String info, String words) {
        safetensors("{\"a\":" + info + "}", 16, words);
    }

    private void npy(String header, long data, String words) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        npy(new byte[] {1, 0, (byte) text.length, (byte) (text.length >> 8)}, text, data, words);
    }

    private void npy(byte[] version, byte[] text, long data, String words) {
        byte[] start = ByteBuffer.allocate(6 + version.length + text.length)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'})
                .put(version)
                .put(text)
                .array();
        attacks.add(new Attack(Npy::readFloats, start, start.length + data, words));
    }

    private void npz(byte[] content, String words) {
        attacks.add(new Attack(Npz::read, content, content.length, words));
    }

    private static byte[] repeated(String text, int times) {
        return text.repeat(times).getBytes(StandardCharsets.UTF_8);
    }

    private void collect() throws IOException {
        String good = "{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}";
        attacks.add(new Attack(Safetensors::read, new byte[0], 0, "0 bytes are too few"));
        attacks.add(new Attack(Safetensors::read, new byte[7], 7, "7 bytes are too few"));
        claimed(100, new byte[2], 0, "the header claims 100 bytes");
        claimed(-1, new byte[2], 0, "the header claims 18446744073709551615 bytes");
        claimed(Long.MIN_VALUE, new byte[2], 0, "the header claims 9223372036854775808 bytes");
        claimed(1L << 40, new byte[2], 1L << 40, "is longer than 16000000");
        claimed(0, new byte[0], 16, "does not start with {");
        safetensors("[]", 0, "does not start with {");
        safetensors(" {}", 0, "does not start with {");
        safetensors(new byte[] {'{', '"', (byte) 0xC0, (byte) 0x80, '"', '}'}, 0, "not UTF-8");
        safetensors(new byte[] {'{', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'}, 0, "not UTF-8");
        safetensors(repeated("{\"a\":", 100_000), 0, "depth");
        safetensors("{\"a\":" + "[".repeat(100_000), 0, "depth");
        safetensors("{\"a\":" + good + ",\"a\":" + good + "}", 16, "Duplicate");
        tensor("{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}", "Duplicate");
        safetensors("{\"__metadata__\":{\"x\":\"1\",\"x\":\"2\"}}", 0, "Duplicate");
        safetensors("{\"__metadata__\":{\"x\":1}}", 0, "must be a string");
        safetensors("{\"__metadata__\":[]}", 0, "must be an object");
        safetensors("{\"__metadata__\":{\"x\":{\"y\":\"z\"}}}", 0, "must be a string");
        safetensors("{\"a\":" + good + "} {}", 16, "railing");
        safetensors("{\"a\":" + good + "}x", 16, "json: ");
        safetensors("{\"a\":" + good + ",}", 16, "json: ");
        safetensors("{\"a\":" + good, 16, "json: ");
        safetensors("{/* */\"a\":" + good + "}", 16, "json: ");
        tensor("null", "must be an object");
        tensor("[0,16]", "must be an object");
        tensor("{}", "it has the fields []");
        tensor("{\"dtype\":\"F32\",\"shape\":[4]}", "it has the fields");
        tensor("{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16],\"x\":1}", "it has the fields");
        tensor("{\"dtype\":\"F65\",\"shape\":[4],\"data_offsets\":[0,16]}", "type \"F65\" is unknown");
        tensor("{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]}", "save it as F32");
        tensor("{\"dtype\":\"BF16\",\"shape\":[8],\"data_offsets\":[0,16]}", "save it as F32");
        tensor("{\"dtype\":32,\"shape\":[4],\"data_offsets\":[0,16]}", "must be a string");
        tensor("{\"dtype\":\"F32\",\"shape\":[5],\"data_offsets\":[0,16]}", "needs 20 bytes");
        tensor("{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,12]}", "needs 16 bytes");
        tensor("{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[16,0]}", "not a begin and an end");
        tensor("{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[-16,0]}", "from 0 on");
        tensor("{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16,32]}", "not a begin and an end");
        tensor("{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[\"0\",\"16\"]}", "from 0 on");
        tensor("{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[4,20]}", "leaving a hole");
        tensor(
                "{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[9223372036854775791,9223372036854775807]}",
                "a hole");
        tensor("{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,18446744073709551615]}", "from 0 on");
        tensor("{\"dtype\":\"F32\",\"shape\":[-4],\"data_offsets\":[0,16]}", "from 0 on");
        tensor("{\"dtype\":\"F32\",\"shape\":[4.0],\"data_offsets\":[0,16]}", "from 0 on");
        tensor("{\"dtype\":\"F32\",\"shape\":4,\"data_offsets\":[0,16]}", "must be a list");
        tensor("{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,16]}", "more elements");
        tensor("{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,16]}", "more elements");
        tensor("{\"dtype\":\"F32\",\"shape\":[2147483648,0],\"data_offsets\":[0,0]}", "more elements");
        tensor("{\"dtype\":\"F32\",\"shape\":[1e2],\"data_offsets\":[0,16]}", "from 0 on");
        tensor("{\"dtype\":\"F32\",\"shape\":[" + "9".repeat(1000) + "],\"data_offsets\":[0,16]}", "json: ");
        safetensors("{\"a\":" + good + "}", 15, "the file has 15");
        safetensors("{\"a\":" + good + "}", 17, "the file has 17");
        safetensors("{\"a\":" + good + ",\"b\":" + good + "}", 16, "overlapping");
        safetensors("{\"" + "n".repeat(1_000_000) + "\":{}}", 0, "Name length");
        safetensors("{\"a\\nb\\u2028\":{}}", 0, "tensor \"a?b?\": it has");
        huge();
        npyAttacks();
        npzAttacks();
    }

    /** More than any heap. */
    private void huge() {
        StringBuilder header = new StringBuilder("{");
        long begin = 0;
        for (int n = 0; n < 200; n++) {
            long end = begin + (4L << 30);
            header.append(n == 0 ? "" : ",").append("\"t").append(n);
            header.append("\":{\"dtype\":\"F32\",\"shape\":[1073741824],\"data_offsets\":[");
            header.append(begin).append(",").append(end).append("]}");
            begin = end;
        }
        safetensors(header + "}", begin, "bytes of heap, this Java may take");
    }

    private void npyAttacks() {
        String rest = "'fortran_order': False, 'shape': (4,), }";
        attacks.add(new Attack(Npy::readFloats, new byte[0], 0, "0 bytes are too few"));
        attacks.add(new Attack(Npy::readFloats, new byte[9], 9, "9 bytes are too few"));
        attacks.add(new Attack(Npy::readFloats, new byte[20], 20, "this is no npy file"));
        npy(new byte[] {0, 0, 0, 0}, new byte[4], 0, "version 0.0 is unknown");
        npy(new byte[] {4, 0, 0, 0}, new byte[4], 0, "version 4.0 is unknown");
        npy(new byte[] {1, 1, 0, 0}, new byte[4], 0, "version 1.1 is unknown");
        npy(new byte[] {1, 0, -1, -1}, new byte[4], 0, "the header claims 65535 bytes");
        npy(new byte[] {2, 0, -1, -1, -1, -1}, new byte[4], 0, "the header claims 4294967295 bytes");
        npy(new byte[] {2, 0, 0, 0, 0, 1}, new byte[4], 1L << 30, "longer than any of an array");
        npy("", 0, "'{' was expected");
        npy("{}", 0, "the header lacks");
        npy("{'descr': '<f4', " + rest, 15, "the file has 15");
        npy("{'descr': '<f4', " + rest, 17, "the file has 17");
        npy("{'descr': '|O', " + rest, 32, "Python objects are refused");
        npy("{'descr': 'O', " + rest, 32, "Python objects are refused");
        npy("{'descr': '|V4', " + rest, 16, "is not read here");
        npy("{'descr': '>f4', " + rest, 16, "is not read here");
        npy("{'descr': '<f4' + '', " + rest, 16, "'}' was expected");
        npy("{'descr': [('a', '<f4')], " + rest, 16, "structured arrays");
        npy("{'descr': '<f4', 'descr': '<f4', " + rest, 16, "stands twice");
        npy("{'__class__': '<f4', " + rest, 16, "the key '__class__' is unknown");
        npy("{'descr': '<f4', 'fortran_order': True, 'shape': (4,), }", 16, "Fortran order");
        npy("{'descr': '<f4', 'fortran_order': 0, 'shape': (4,), }", 16, "neither True nor False");
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-4,), }", 16, "not a tuple of whole numbers");
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4L,), }", 16, "')' was expected");
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': 4, }", 16, "'(' was expected");
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,), }", 16, "longer than 2^31 - 1");
        npy(
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }",
                16,
                "larger than any file");
        npy(
                "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "1, ".repeat(40) + "), }",
                4,
                "40 axes are more than 32");
        npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647,), }", 4L * 2147483647, "");
        npy("__import__('os').system('true')", 0, "'{' was expected");
        npy("{'descr': '<f4', " + rest + " or exit()", 16, "something follows");
        npy("{'descr': '<f4", 16, "does not end");
        npy("{'a\nb': 1}", 16, "the key 'a?b' is unknown");
    }

    private void npzAttacks() throws IOException {
        byte[] good = NpzTest.zip(false, "a.npy", NpzTest.array("<f4", "(4,)", 16));
        npz(new byte[0], "empty");
        npz(Arrays.copyOf(good, good.length - 1), "zip");
        npz(Arrays.copyOf(good, 30), "zip");
        npz(NpzTest.zip(true, "a.txt", new byte[4]), "is no array");
        npz(NpzTest.zip(true, "a.npy", new byte[0]), "too few for a header");
        npz(NpzTest.zip(true, "a.npy", NpzTest.array("|O", "(4,)", 32)), "Python objects are refused");
        npz(NpzTest.zip(true, "a.npy", NpzTest.array("|u1", "(4,)", 4)), "an array of floats was expected");
        npz(NpzTest.zip(true, "a.npy", NpzTest.array("<f4", "(4,)", 15)), "the file has 15");
        byte[] bomb = good.clone();
        int directory = ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN).getInt(bomb.length - 6);
        ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, Integer.MAX_VALUE);
        npz(bomb, "");
    }

    @Test
    void eachIsRefusedInOneLineSoonAndWithLittleHeap() throws IOException {
        collect();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long worstBytes = 0;
        double worstSeconds = 0;
        int number = 0;
        SoftAssertions answers = new SoftAssertions();
        for (Attack attack : attacks) {
            Path file = folder.resolve("attack-" + ++number);
            try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
                made.write(attack.start());
                made.setLength(attack.length());
            }
            long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            long begun = System.nanoTime();
            String message = "";
            try {
                attack.reader().read(file);
            } catch (IOException e) {
                message = String.valueOf(e.getMessage());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - bytes;
            answers.assertThat(message)
                    .as("attack %d: %s", number, attack.words())
                    .startsWith(file + ": ")
                    .contains(attack.words())
                    .doesNotContain("\n", "\u2028")
                    .hasSizeLessThan(1500);
            worstBytes = Math.max(worstBytes, bytes - attack.start().length);
            worstSeconds = Math.max(worstSeconds, seconds);
            Files.delete(file);
        }
        answers.assertAll();
        System.err.printf(
                Locale.ROOT,
                "%d attacks, %d refusals, at most %d bytes of heap beyond the file's own, at most %.3f s%n",
                attacks.size(),
                number,
                worstBytes,
                worstSeconds);
        assertThat(worstBytes).isLessThan(MOST_BYTES);
        assertThat(worstSeconds).isLessThan(MOST_SECONDS);
    }
}
