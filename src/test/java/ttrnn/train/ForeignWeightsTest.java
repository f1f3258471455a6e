package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ttrnn.io.Json;
import ttrnn.io.Npy;
import ttrnn.io.Npz;
import ttrnn.nn.Classifier;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Tensor;
import ttrnn.train.ForeignWeights.Source;

/** Against the answers of src/test/reference/foreign_weights.py. */
class ForeignWeightsTest {
    private static Path file(String name) throws Exception {
        return Path.of(Objects.requireNonNull(ForeignWeightsTest.class.getResource("/fixtures/foreign/" + name))
                .toURI());
    }

    private static TrainConfig config(String more) throws Exception {
        return TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,3,3],\"outputModes\":[2,2,2],\"ranks\":[2,3]," + more + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "keras-gru       | KERAS   | `\"model\":\"gru\"`",
                "keras-gru-after | KERAS   | `\"model\":\"gru\",\"gateActivation\":\"sigmoid\"`",
                "keras-lstm      | KERAS   | `\"model\":\"lstm\"`",
                "keras-rnn       | KERAS   | `\"model\":\"rnn\"`",
                "keras-tt-gru    | KERAS   | `\"model\":\"tt-gru\"`",
                "keras-tt-lstm   | KERAS   | `\"model\":\"tt-lstm\"`",
                "pytorch-gru     | PYTORCH | `\"model\":\"gru\"`",
                "pytorch-lstm    | PYTORCH | `\"model\":\"lstm\"`",
                "pytorch-rnn     | PYTORCH | `\"model\":\"rnn\"`",
                "pytorch-gru-two-layers-both-directions | PYTORCH |"
                        + " `\"model\":\"gru\",\"layers\":2,\"bidirectional\":true`",
            })
    void importedModelsAnswerAsTheirOwnProgramsDo(String name, Source source, String more) throws Exception {
        Map<String, Tensor> arrays = Npz.read(file(name + ".npz"));
        TrainConfig config = ForeignWeights.config(source, config(more), arrays);
        Classifier model = Models.of(config, ForeignWeights.map(source, config, arrays));
        byte[] frames = Npy.readBytes(file("frames.npy"));
        FrameSequence clip = FrameSequence.of(frames, 7, 36);
        float[] expected = Npz.read(file("expected.npz")).get(name).data();
        float[] answer = Evaluation.probabilities(model, List.of(clip), config.inputScale())
                .get(0);
        for (int j = 0; j < expected.length; j++) {
            assertThat(answer[j]).as("class %d", j).isCloseTo(expected[j], within(1e-5f));
        }
    }

    @Test
    void whatDoesNotFitIsNamed() throws Exception {
        Map<String, Tensor> lstm = Npz.read(file("pytorch-lstm.npz"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignWeights.map(Source.PYTORCH, config("\"model\":\"gru\""), lstm))
                .withMessage("import: rnn.weight_ih_l0 must be [24, 36] for a gru 36 -> 8, the file has [32, 36]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignWeights.map(Source.PYTORCH, config("\"model\":\"tt-lstm\""), lstm))
                .withMessageContaining("PyTorch has no tensor-train layers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignWeights.map(Source.KERAS, config("\"model\":\"lstm\""), lstm))
                .withMessageContaining("has 5 arrays, arr_0 … arr_4, the file has [")
                .withMessageContaining("numpy.savez(file, *model.get_weights())");
        Map<String, Tensor> more = new HashMap<>(lstm);
        more.put("embedding.weight", Tensor.zeros(3, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignWeights.map(Source.PYTORCH, config("\"model\":\"lstm\""), more))
                .withMessageContaining("one linear layer was expected, there are [head.bias, ");
        more.clear();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignWeights.map(Source.PYTORCH, config("\"model\":\"lstm\""), more))
                .withMessageContaining("one array whose name ends with weight_ih_l0 is needed, there are 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignWeights.map(Source.KERAS, config("\"model\":\"tt-mlp\""), lstm))
                .withMessageContaining("has no recurrent layer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignWeights.map(
                        Source.KERAS,
                        config("\"model\":\"tt-gru\",\"gateTrains\":\"separate\""),
                        Npz.read(file("keras-tt-gru.npz"))))
                .withMessageContaining("one train for all gates");
    }
}
