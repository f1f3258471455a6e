package ttrnn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import ttrnn.tensor.Shape;

/**
 * The header of a safetensors file, checked: its length against the file before anything is allocated, no key twice, each
 * tensor's bytes as its shape says, and all of them side by side up to the end of the file.
 *
 * @param entries the tensors in the order of their bytes
 * @param metadata free strings
 * @param dataOffset bytes from the start of the file to the first tensor
 */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata, long dataOffset) {
    static final String METADATA = "__metadata__";

    private static final int MAX_LENGTH = 16_000_000;
    private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");
    private static final Set<String> OTHER_TYPES = Set.of(
            "F16", "BF16", "F64", "F8_E4M3", "F8_E5M2", "I8", "U8", "I16", "U16", "I32", "U32", "I64", "U64", "BOOL");

    /**
     * One tensor.
     *
     * @param begin first byte, counted from the end of the header
     * @param end the byte after the last one
     */
    record Entry(String name, Shape shape, long begin, long end) {}

    static SafetensorsHeader read(FileChannel channel) throws IOException {
        long fileSize = channel.size();
        if (fileSize < 8) {
            throw bad(fileSize + " bytes are too few for a header");
        }
        byte[] eight = new byte[8];
        FileBytes.read(channel, 0, eight, 0, 8);
        long length = ByteBuffer.wrap(eight).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > fileSize - 8) {
            throw bad("the header claims " + Long.toUnsignedString(length) + " bytes, the file has " + fileSize
                    + " in all");
        }
        if (length > MAX_LENGTH) {
            throw bad("a header of " + length + " bytes is longer than " + MAX_LENGTH);
        }
        byte[] bytes = new byte[(int) length];
        FileBytes.read(channel, 8, bytes, 0, bytes.length);
        if (bytes.length == 0 || bytes[0] != '{') {
            throw bad("the header does not start with {");
        }
        JsonObject json = Json.parse(utf8(bytes));
        List<Entry> entries = new ArrayList<>();
        for (String name : json.names()) {
            if (!name.equals(METADATA)) {
                entries.add(entry(name, json));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::begin)
                .thenComparingLong(Entry::end)
                .thenComparing(Entry::name));
        checkOffsets(entries, fileSize - 8 - length);
        return new SafetensorsHeader(entries, metadata(json), 8 + length);
    }

    private static String utf8(byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("safetensors: the header is not UTF-8", e);
        }
    }

    private static Entry entry(String name, JsonObject json) throws IOException {
        String who = "tensor " + printable(name);
        try {
            JsonObject info = json.object(name);
            if (!info.names().equals(FIELDS)) {
                throw new IOException("it has the fields " + info.names() + ", not dtype, shape, data_offsets");
            }
            checkType(info.string("dtype"));
            long[] dimensions = info.sizes("shape");
            long[] offsets = info.sizes("data_offsets");
            long bytes = bytes(dimensions);
            if (offsets.length != 2 || offsets[0] > offsets[1]) {
                throw new IOException("data_offsets " + Arrays.toString(offsets) + " are not a begin and an end");
            }
            if (offsets[1] - offsets[0] != bytes) {
                throw new IOException("shape " + Arrays.toString(dimensions) + " needs " + bytes
                        + " bytes, data_offsets " + Arrays.toString(offsets) + " hold " + (offsets[1] - offsets[0]));
            }
            int[] sizes = Arrays.stream(dimensions).mapToInt(Math::toIntExact).toArray();
            return new Entry(name, new Shape(sizes), offsets[0], offsets[1]);
        } catch (IOException e) {
            throw new IOException("safetensors: " + who + ": " + e.getMessage(), e);
        }
    }

    /** A name in a message of one line. */
    private static String printable(String name) {
        String head = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return "\"" + head.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?") + "\"";
    }

    private static void checkType(String type) throws IOException {
        if (type.equals("F32")) {
            return;
        }
        if (OTHER_TYPES.contains(type)) {
            throw new IOException("type " + type + " is not read here: save it as F32");
        }
        throw new IOException("type \"" + type + "\" is unknown");
    }

    private static long bytes(long[] dimensions) throws IOException {
        long size = 1;
        for (long d : dimensions) {
            size = d != 0 && size > Integer.MAX_VALUE / d ? Long.MAX_VALUE : size * d;
            if (size == Long.MAX_VALUE || d > Integer.MAX_VALUE) {
                throw new IOException(
                        "shape " + Arrays.toString(dimensions) + " has more elements than an array can hold");
            }
        }
        return 4 * size;
    }

    private static void checkOffsets(List<Entry> entries, long dataSize) throws IOException {
        long at = 0;
        for (Entry entry : entries) {
            if (entry.begin() != at) {
                throw bad("tensor " + printable(entry.name()) + " begins at byte " + entry.begin() + " of the data, "
                        + (entry.begin() > at ? "leaving a hole" : "overlapping the one before") + " at byte " + at);
            }
            at = entry.end();
        }
        if (at != dataSize) {
            throw bad("the tensors need " + at + " bytes of data, the file has " + dataSize);
        }
    }

    private static Map<String, String> metadata(JsonObject json) throws IOException {
        Map<String, String> metadata = new TreeMap<>();
        if (json.names().contains(METADATA)) {
            JsonObject strings = json.object(METADATA);
            for (String name : strings.names()) {
                metadata.put(name, strings.string(name));
            }
        }
        return metadata;
    }

    private static IOException bad(String what) {
        return new IOException("safetensors: " + what);
    }
}
