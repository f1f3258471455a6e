package ttrnn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.tensor.Tensor;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void tensorsAndMetadataComeBack() throws IOException {
        Path file = folder.resolve("model.safetensors");
        float[] large = new float[(1 << 18) + 3];
        for (int i = 0; i < large.length; i++) {
            large[i] = i * 0.5f;
        }
        float[] odd = {Float.NaN, -0f, Float.intBitsToFloat(0x7FC01234)};
        Map<String, Tensor> tensors = Map.of(
                "b", Tensor.of(large, large.length),
                "a", Tensor.of(odd, 3, 1),
                "empty", Tensor.zeros(0, 4),
                "scalar", Tensor.scalar(3));
        Safetensors.write(file, tensors, Map.of("format", "ttrnn", "config", "{\"a\": \"é\\n\"}"));
        SafetensorsFile read = Safetensors.read(file);
        assertThat(read.metadata()).isEqualTo(Map.of("format", "ttrnn", "config", "{\"a\": \"é\\n\"}"));
        assertThat(read.tensors().keySet()).containsExactly("a", "b", "empty", "scalar");
        assertThat(read.tensors().get("b").data()).isEqualTo(large);
        assertThat(read.tensors().get("a").shape().dimensions()).containsExactly(3, 1);
        for (int i = 0; i < odd.length; i++) {
            assertThat(Float.floatToRawIntBits(read.tensors().get("a").data()[i]))
                    .isEqualTo(Float.floatToRawIntBits(odd[i]));
        }
        assertThat(read.tensors().get("empty").shape().dimensions()).containsExactly(0, 4);
        assertThat(read.tensors().get("scalar").item()).isEqualTo(3);
    }

    @Test
    void theFileIsAFunctionOfTheContentAlone() throws IOException {
        Map<String, Tensor> one = new LinkedHashMap<>();
        one.put("x", Tensor.scalar(1));
        one.put("a", Tensor.scalar(2));
        Map<String, Tensor> two = new LinkedHashMap<>();
        two.put("a", Tensor.scalar(2));
        two.put("x", Tensor.scalar(1));
        Safetensors.write(folder.resolve("1"), one, Map.of("k", "v", "j", "w"));
        Safetensors.write(folder.resolve("2"), two, Map.of("j", "w", "k", "v"));
        byte[] bytes = Files.readAllBytes(folder.resolve("1"));
        assertThat(Files.readAllBytes(folder.resolve("2"))).isEqualTo(bytes);
        String header = "{\"__metadata__\":{\"j\":\"w\",\"k\":\"v\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
                + "\"x\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[4,8]}}";
        assertThat(bytes.length % 8).isZero();
        assertThat(new String(bytes, 8, bytes[0] & 0xFF, StandardCharsets.UTF_8).stripTrailing())
                .isEqualTo(header);
    }

    @Test
    void writingLeavesNoTemporaryAndReplacesWhatWasThere() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, Map.of("a", Tensor.scalar(1)), Map.of());
        Safetensors.write(file, Map.of("a", Tensor.scalar(2)), Map.of());
        assertThat(Safetensors.read(file).tensors().get("a").item()).isEqualTo(2);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Safetensors.write(file, Map.of("__metadata__", Tensor.scalar(1)), Map.of()))
                .withMessage("safetensors: a tensor cannot be named __metadata__");
    }

    @Test
    void malformedFilesAreRefusedWithWhatIsWrong() throws IOException {
        Map<String, String> corpus = new LinkedHashMap<>();
        corpus.put(tensor("F32", "[2]", "[0,8]") + "|4", "the tensors need 8 bytes of data, the file has 4");
        corpus.put(tensor("F32", "[2]", "[0,8]") + "|12", "the tensors need 8 bytes of data, the file has 12");
        corpus.put(tensor("F32", "[2]", "[4,12]") + "|12", "begins at byte 4 of the data, leaving a hole at byte 0");
        corpus.put(tensor("F32", "[3]", "[0,8]") + "|8", "shape [3] needs 12 bytes, data_offsets [0, 8] hold 8");
        corpus.put(tensor("F32", "[2]", "[8,0]") + "|8", "data_offsets [8, 0] are not a begin and an end");
        corpus.put(tensor("F32", "[2]", "[0]") + "|8", "data_offsets [0] are not a begin and an end");
        corpus.put(tensor("F16", "[4]", "[0,8]") + "|8", "tensor \"a\": type F16 is not read here: save it as F32");
        corpus.put(tensor("Q4", "[4]", "[0,8]") + "|8", "type \"Q4\" is unknown");
        corpus.put(tensor("F32", "[-2]", "[0,8]") + "|8", "\"shape\" must be a list of whole numbers from 0 on");
        corpus.put(tensor("F32", "[2.0]", "[0,8]") + "|8", "\"shape\" must be a list of whole numbers from 0 on");
        corpus.put(tensor("F32", "[4294967296,4294967296]", "[0,8]") + "|8", "more elements than an array can hold");
        corpus.put(tensor("F32", "[65536,65536,0]", "[0,0]") + "|0", "more elements than an array can hold");
        corpus.put(
                tensor("F32", "[99999999999999999999]", "[0,8]") + "|8", "\"shape\" must be a list of whole numbers");
        corpus.put(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}|8", "it has the fields [dtype, shape], not dtype, shape,");
        corpus.put("{\"a\":3}|0", "the field \"a\" must be an object, got 3");
        corpus.put("{\"__metadata__\":{\"k\":1}}|0", "the field \"k\" must be a string, got 1");
        corpus.put("{\"__metadata__\":null}|0", "the field \"__metadata__\" must be an object, got null");
        corpus.put("{\"a\":{},\"a\":{}}|0", "json: Duplicate field 'a'");
        corpus.put("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}|0", "nesting depth");
        corpus.put("{} {}|0", "json: Trailing token");
        corpus.put("{\"a\"|0", "json: Unexpected end-of-input");
        corpus.put("[]|0", "the header does not start with {");
        corpus.put(" {}|0", "the header does not start with {");
        corpus.put("{\"\u00FF\":1}|latin", "the header is not UTF-8");
        corpus.put(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}|12",
                "tensor \"b\" begins at byte 4 of the data, overlapping the one before at byte 8");
        for (Map.Entry<String, String> entry : corpus.entrySet()) {
            int bar = entry.getKey().lastIndexOf('|');
            String data = entry.getKey().substring(bar + 1);
            byte[] header = entry.getKey()
                    .substring(0, bar)
                    .getBytes(data.equals("latin") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
            Path file = made(header.length, header, data.equals("latin") ? 0 : Integer.parseInt(data));
            assertThatIOException()
                    .as(entry.getKey())
                    .isThrownBy(() -> Safetensors.read(file))
                    .withMessageContaining(entry.getValue())
                    .withMessageStartingWith(file + ": ")
                    .withMessageNotContaining("\n");
        }
    }

    @Test
    void aLengthThatLiesIsRefusedBeforeAnythingIsAllocated() throws IOException {
        byte[] header = "{}".getBytes(StandardCharsets.UTF_8);
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 3, 1L << 40}) {
            Path file = made(length, header, 0);
            assertThatIOException()
                    .isThrownBy(() -> Safetensors.read(file))
                    .withMessageContaining(
                            "the header claims " + Long.toUnsignedString(length) + " bytes, the file has 10 in all");
        }
        Path empty = made(0, new byte[0], 0);
        assertThatIOException()
                .isThrownBy(() -> Safetensors.read(empty))
                .withMessageContaining("does not start with {");
        Files.write(empty, new byte[7]);
        assertThatIOException().isThrownBy(() -> Safetensors.read(empty)).withMessageContaining("7 bytes are too few");
        assertThatIOException()
                .isThrownBy(() -> Safetensors.read(folder.resolve("none")))
                .withMessageContaining("no such file");
    }

    @Test
    void everyCutOfAFileIsRefused() throws IOException {
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(file, Map.of("a", Tensor.of(new float[] {1, 2, 3}, 3)), Map.of("k", "v"));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatIOException().as("cut to " + length).isThrownBy(() -> Safetensors.read(file));
        }
    }

    private static String tensor(String type, String shape, String offsets) {
        return "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
    }

    private Path made(long length, byte[] header, int dataBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(header);
        return Files.write(folder.resolve("made.safetensors"), bytes.array());
    }
}
