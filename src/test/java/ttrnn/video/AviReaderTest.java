package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AviReaderTest {
    @TempDir
    private Path directory;

    @Test
    void findsTheVideoAmongSoundRecordsAndPaddingWithoutAnIndex() throws IOException {
        byte[] movie = list(
                "movi",
                chunk("00wb", 1, 2, 3),
                chunk("01dc", 10, 11, 12),
                chunk("01dc"),
                list("rec ", chunk("00wb", 4), chunk("01db", 13)),
                chunk("JUNK", 0, 0, 0, 0),
                chunk("01dc", 14, 15));
        byte[] more = riff("AVIX", list("movi", chunk("01dc", 16)));

        AviReader reader = open(join(riff("AVI ", headers(), list("INFO", chunk("ISFT", 1)), movie), more));

        assertThat(reader.codec()).isEqualTo("XVID");
        assertThat(reader.framesPerSecond()).isEqualTo(12.5);
        assertThat(chunks(reader)).containsExactly("[10, 11, 12]", "[13]", "[14, 15]", "[16]");
        assertThat(reader.truncated()).isFalse();
    }

    @Test
    void aChunkThatIsCutIsNotGivenOut() throws IOException {
        byte[] whole = riff("AVI ", headers(), list("movi", chunk("01dc", 1, 2), chunk("01dc", 3, 4, 5, 6)));

        AviReader reader = open(Arrays.copyOf(whole, whole.length - 1));

        assertThat(chunks(reader)).containsExactly("[1, 2]");
        assertThat(reader.truncated()).isTrue();
    }

    @Test
    void aFileWithoutVideoIsNamedAsSuch() {
        assertThatThrownBy(() -> open(riff("AVI ", list("hdrl"), list("movi"))))
                .isInstanceOf(ClipException.class)
                .hasMessage("the clip holds no video stream");
        assertThatThrownBy(() -> open(Arrays.copyOf(riff("AVI ", headers()), 40)))
                .isInstanceOf(ClipException.class)
                .hasMessage("the clip ends before its first frame; it is cut short, copy it again");
    }

    @Test
    void aChunkLargerThanTheLimitIsAnError() throws IOException {
        AviReader reader = open(riff("AVI ", headers(), list("movi", chunk("01dc", new int[101]))));

        assertThatThrownBy(reader::next)
                .isInstanceOf(ClipException.class)
                .hasMessage("a coded picture of 101 bytes, more than 100; the clip is damaged,"
                        + " or the limit is too low");
    }

    private static List<String> chunks(AviReader reader) throws IOException {
        List<String> chunks = new ArrayList<>();
        while (reader.next()) {
            chunks.add(Arrays.toString(Arrays.copyOf(reader.data(), reader.length())));
        }
        return chunks;
    }

    private AviReader open(byte[] bytes) throws IOException {
        ClipInput in = ClipInput.open(Files.write(directory.resolve("clip.avi"), bytes));
        return new AviReader(in, 100);
    }

    /** Stream 0 is sound, stream 1 video at 25 frames in 2 seconds. */
    private static byte[] headers() {
        byte[] video = new byte[56];
        ByteBuffer fields = ByteBuffer.wrap(video).order(ByteOrder.LITTLE_ENDIAN);
        fields.put("vidsxvid".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(20, 2)
                .putInt(24, 25);
        byte[] format = new byte[40];
        ByteBuffer.wrap(format, 16, 4).put("XVID".getBytes(StandardCharsets.ISO_8859_1));
        byte[] sound = new byte[56];
        ByteBuffer.wrap(sound).put("auds".getBytes(StandardCharsets.ISO_8859_1));
        return list(
                "hdrl",
                bytes("avih", new byte[56]),
                list("strl", bytes("strh", sound), bytes("strf", new byte[19])),
                list("strl", bytes("strh", video), bytes("strf", format)));
    }

    private static byte[] riff(String kind, byte[]... members) {
        return bytes("RIFF", join(kind.getBytes(StandardCharsets.ISO_8859_1), join(members)));
    }

    private static byte[] list(String kind, byte[]... members) {
        return bytes("LIST", join(kind.getBytes(StandardCharsets.ISO_8859_1), join(members)));
    }

    private static byte[] chunk(String name, int... values) {
        byte[] data = new byte[values.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) values[i];
        }
        return bytes(name, data);
    }

    private static byte[] bytes(String name, byte[] data) {
        byte[] padded = Arrays.copyOf(data, data.length + (data.length & 1));
        ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        header.put(name.getBytes(StandardCharsets.ISO_8859_1)).putInt(data.length);
        return join(header.array(), padded);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
