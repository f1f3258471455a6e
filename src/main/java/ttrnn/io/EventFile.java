package ttrnn.io;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Writes numbers for TensorBoard: a file of TFRecords, each an Event in protobuf's wire format.
 *
 * <p>A record is its length (8 bytes, little-endian), the masked CRC-32C of these 8 bytes, the bytes, and their masked
 * CRC-32C; masked is rotated right by 15 and added to 0xa282ead8. An Event has the fields 1 wall_time (double), 2 step (varint),
 * 3 file_version (string) and 5 summary; a Summary has values in field 1, each with 1 tag (string) and 2 simple_value
 * (float). After TensorFlow's record_writer.h, event.proto and summary.proto.
 */
public final class EventFile implements Closeable {
    private static final int MASK = 0xa282ead8;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final OutputStream out;

    /** Begins a file. */
    public EventFile(Path file, double seconds) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file));
        ByteArrayOutputStream event = event(seconds);
        field(event, 3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        record(event.toByteArray());
        out.flush();
    }

    /**
     * Adds a number.
     *
     * @param tag name of its curve, such as {@code train/loss}
     * @param step where it stands on the curve
     * @param seconds since 1970
     */
    public void scalar(String tag, long step, double seconds, double value) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        field(content, 1, tag.getBytes(StandardCharsets.UTF_8));
        key(content, 2, FIXED32);
        content.writeBytes(little(4).putFloat((float) value).array());
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        field(summary, 1, content.toByteArray());
        ByteArrayOutputStream event = event(seconds);
        key(event, 2, VARINT);
        varint(event, step);
        field(event, 5, summary.toByteArray());
        record(event.toByteArray());
    }

    /** Lets readers have what was added. */
    public void flush() throws IOException {
        out.flush();
    }

    private static ByteArrayOutputStream event(double seconds) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        key(event, 1, FIXED64);
        event.writeBytes(little(8).putDouble(seconds).array());
        return event;
    }

    private void record(byte[] data) throws IOException {
        byte[] length = little(8).putLong(data.length).array();
        out.write(length);
        out.write(little(4).putInt(maskedCrc(length)).array());
        out.write(data);
        out.write(little(4).putInt(maskedCrc(data)).array());
    }

    private static int maskedCrc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void field(ByteArrayOutputStream target, int number, byte[] bytes) {
        key(target, number, BYTES);
        varint(target, bytes.length);
        target.writeBytes(bytes);
    }

    private static void key(ByteArrayOutputStream target, int number, int type) {
        varint(target, (long) number << 3 | type);
    }

    private static void varint(ByteArrayOutputStream target, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            target.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        target.write((int) rest);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
