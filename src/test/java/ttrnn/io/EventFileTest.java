package ttrnn.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads event files back by a parser of its own that knows the framing and the wire types, not our writer. */
public class EventFileTest {
    @TempDir
    Path folder;

    /** The records of a file, their checksums verified; each as field number to values (Long, Double, Float or byte[]). */
    public static List<Map<Integer, Object>> read(Path file) throws Exception {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Map<Integer, Object>> events = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] head = new byte[8];
            in.get(head);
            assertThat(unmasked(in.getInt())).isEqualTo(crc(head));
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong()];
            in.get(data);
            assertThat(unmasked(in.getInt())).isEqualTo(crc(data));
            events.add(message(data));
        }
        return events;
    }

    private static int unmasked(int masked) {
        return Integer.rotateLeft(masked - 0xa282ead8, 15);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        return (int) crc.getValue();
    }

    /** The fields of a protobuf message; none comes twice in ours. */
    public static Map<Integer, Object> message(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Object> fields = new LinkedHashMap<>();
        while (in.hasRemaining()) {
            long key = varint(in);
            Object value = switch ((int) (key & 7)) {
                case 0 -> varint(in);
                case 1 -> in.getDouble();
                case 2 -> {
                    byte[] content = new byte[(int) varint(in)];
                    in.get(content);
                    yield content;
                }
                case 5 -> in.getFloat();
                default -> throw new AssertionError("wire type " + (key & 7));
            };
            assertThat(fields.put((int) (key >> 3), value)).isNull();
        }
        return fields;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Test
    void numbersAreReadBackWithTheirTagsAndSteps() throws Exception {
        Path file = folder.resolve("events");
        try (EventFile events = new EventFile(file, 1234.5)) {
            events.scalar("train/loss", 3, 1235.25, 0.75);
            events.scalar("größe", 5_000_000_000L, 2, -1e-3);
        }
        List<Map<Integer, Object>> read = read(file);
        assertThat(read).hasSize(3);
        assertThat(read.get(0).get(1)).isEqualTo(1234.5);
        assertThat(new String((byte[]) read.get(0).get(3), StandardCharsets.UTF_8))
                .isEqualTo("brain.Event:2");
        assertThat(read.get(1).get(1)).isEqualTo(1235.25);
        assertThat(read.get(1).get(2)).isEqualTo(3L);
        assertThat(tag(read.get(1))).isEqualTo("train/loss");
        assertThat(value(read.get(1))).isEqualTo(0.75f);
        assertThat(read.get(2).get(2)).isEqualTo(5_000_000_000L);
        assertThat(tag(read.get(2))).isEqualTo("größe");
    }

    /** The checksum of RFC 3720's test vector, masked by hand: 32 bytes of zeros give 0x8a9136aa. */
    @Test
    void theChecksumIsCastagnolis() {
        assertThat(crc(new byte[32])).isEqualTo(0x8a9136aa);
    }

    public static String tag(Map<Integer, Object> event) {
        return new String((byte[]) content(event).get(1), StandardCharsets.UTF_8);
    }

    public static float value(Map<Integer, Object> event) {
        return (Float) content(event).get(2);
    }

    private static Map<Integer, Object> content(Map<Integer, Object> event) {
        return message((byte[]) message((byte[]) event.get(5)).get(1));
    }
}
