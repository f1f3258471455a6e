package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import ttrnn.dataset.OnBadClip;
import ttrnn.dataset.PrepareSettings;
import ttrnn.io.Json;
import ttrnn.io.Safetensors;
import ttrnn.io.SafetensorsFile;
import ttrnn.nn.Parameter;
import ttrnn.tensor.Tensor;

class ModelFileTest {
    private static final PrepareSettings FRAMES = new PrepareSettings(8, 6, 1, 0, 0, OnBadClip.SKIP);

    @TempDir
    Path folder;

    private Path good;
    private SafetensorsFile content;

    private static TrainConfig config() throws IOException {
        return TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,6,6],\"outputModes\":[2,2,2],\"ranks\":[2],\"layers\":2}"));
    }

    @BeforeEach
    void writeAGoodOne() throws IOException {
        good = folder.resolve("good.safetensors");
        new ModelFile(config(), List.of("a", "b"), FRAMES, Models.create(config(), 2)).write(good);
        content = Safetensors.read(good);
    }

    @ParameterizedTest
    @EnumSource(ModelType.class)
    void aModelComesBackWithAllItsWeights(ModelType type) throws IOException {
        TrainConfig config = config().with(Settings.MODEL, type).with(Settings.LAYERS, 1);
        ModelFile file = new ModelFile(config, List.of("a", "ß"), FRAMES, Models.create(config, 2));
        Path path = folder.resolve("model.safetensors");
        file.write(path);
        ModelFile read = ModelFile.read(folder);
        assertThat(read.config()).isEqualTo(config);
        assertThat(read.classes()).containsExactly("a", "ß");
        assertThat(read.preprocessing()).isEqualTo(FRAMES);
        List<Parameter> expected = file.model().parameters();
        assertThat(read.model().parameters()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(read.model().parameters().get(i).name())
                    .isEqualTo(expected.get(i).name());
            assertThat(read.model().parameters().get(i).value().data())
                    .containsExactly(expected.get(i).value().data());
        }
        byte[] bytes = Files.readAllBytes(path);
        read.write(path);
        assertThat(Files.readAllBytes(path)).isEqualTo(bytes);
    }

    /** Each setting of the configuration in the metadata, replaced by what an attacker may like. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layers|2000000000",
                "frames|2000000000",
                "layers|3",
                "layers|1",
                "layers|-1",
                "layers|\"2\"",
                "inputModes|[1073741824,2,2]",
                "inputModes|[2147483647,2147483647,2147483647]",
                "inputModes|[144]",
                "inputModes|[]",
                "inputModes|[4,6,7]",
                "inputModes|[[4],6,6]",
                "outputModes|[16384,1,1]",
                "outputModes|[65536,65536,65536]",
                "outputModes|[2,2,0]",
                "ranks|[2147483647]",
                "ranks|[1000000,1000000]",
                "ranks|[0]",
                "ranks|[2,2,2,2]",
                "model|\"tt-lstm\"",
                "model|\"gru\"",
                "model|\"../../etc/passwd\"",
                "model|null",
                "batchSize|1e99",
                "learningRate|1e999",
                "bidirectional|true",
                "gateTrains|\"separate\"",
                "seed|99999999999999999999",
                "unknown|1"
            })
    void aHostileConfigurationIsRefusedInOneLine(String setting, String value) throws IOException {
        Map<String, String> metadata = new TreeMap<>(content.metadata());
        String config = String.valueOf(metadata.get("config"));
        String changed = config.replaceAll("\"" + setting + "\":(\\[[^]]*\\]|[^,}]*)", "\"" + setting + "\":" + value);
        metadata.put(
                "config",
                changed.equals(config) ? config.replaceFirst("\\{", "{\"" + setting + "\":" + value + ",") : changed);
        refuse(content.tensors(), metadata);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format|2",
                "format|\"1\"",
                "format|",
                "config|[]",
                "config|{",
                "classes|[\"a\"]",
                "classes|[\"a\",\"b\",\"c\"]",
                "classes|[1,2]",
                "classes|\"ab\"",
                "classes|[]},{",
                "preprocessing|{}",
                "preprocessing|{\"width\":100000,\"height\":100000,\"every\":1,\"framesPerSecond\":0,\"maxFrames\":0}",
                "preprocessing|{\"width\":6,\"height\":6,\"every\":1,\"framesPerSecond\":0,\"maxFrames\":0}"
            })
    void hostileMetadataAreRefusedInOneLine(String name, String value) throws IOException {
        Map<String, String> metadata = new TreeMap<>(content.metadata());
        metadata.put(name, value == null ? "" : value);
        refuse(content.tensors(), metadata);
    }

    @Test
    void weightsThatAreMissingTooManyOrOfAnotherShapeAreRefused() throws IOException {
        for (String name : content.tensors().keySet()) {
            Map<String, Tensor> fewer = new TreeMap<>(content.tensors());
            fewer.remove(name);
            refuse(fewer, content.metadata());
            Map<String, Tensor> other = new TreeMap<>(content.tensors());
            other.put(name, Tensor.zeros(3, 5));
            refuse(other, content.metadata());
        }
        Map<String, Tensor> more = new TreeMap<>(content.tensors());
        more.put("rnn.0.core.9", Tensor.zeros(1));
        refuse(more, content.metadata());
    }

    private void refuse(Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        Path bad = folder.resolve("bad.safetensors");
        Safetensors.write(bad, tensors, metadata);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThatIOException()
                        .isThrownBy(() -> ModelFile.read(bad))
                        .withMessageStartingWith(bad + ": ")
                        .withMessageNotContaining("\n")
                        .withMessageNotContaining("null pointer"));
    }
}
