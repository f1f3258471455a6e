package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import ttrnn.dataset.OnBadClip;
import ttrnn.dataset.PrepareSettings;
import ttrnn.io.Json;
import ttrnn.io.Safetensors;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
import ttrnn.nn.Classifier;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;
import ttrnn.tensor.Tensor;

/**
 * A training ends with the same bits of every weight on every JVM: this test runs with vectors of full width, of 128 bits
 * and without the Vector API, with one thread and more, and always expects one hash for each model.
 */
@Tag("kernels")
class SameBitsTest {
    private static final int THREADS = Parallel.threads();
    private static final Map<ModelType, String> EXPECTED = Map.of(
            ModelType.TT_GRU, "9073d575ec02fbbf",
            ModelType.TT_LSTM, "d6feccdb22b8bc22",
            ModelType.TT_RNN, "eb3d5cc3e940db5c",
            ModelType.GRU, "f8f69964fef1e6bd",
            ModelType.LSTM, "18b724b7de2b1495",
            ModelType.RNN, "3f25a7c0914907e1",
            ModelType.TT_MLP, "cc6d1fbc95f53641");
    private static final String EXPECTED_OF_MANY_OPTIONS = "9111acd472db3ae9";

    private static final String EXPECTED_OF_KERNELS =
            "6099d97e2bac97afd5155fcc922d61e87c482d17c40f6e8d227db57b13dbd745";

    @TempDir
    Path folder;

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(THREADS);
    }

    static List<Arguments> modelsAndThreads() {
        List<Arguments> all = new ArrayList<>();
        for (ModelType model : ModelType.values()) {
            for (int threads = 1; threads <= 3; threads++) {
                all.add(Arguments.of(model, threads));
            }
        }
        return all;
    }

    /** The weights of a model file, which are all of it that is a number; its text is a function of the configuration. */
    @ParameterizedTest
    @MethodSource("modelsAndThreads")
    void aTrainingEndsWithTheSameWeights(ModelType model, int threads) throws Exception {
        Parallel.setThreads(threads);
        Path file = folder.resolve("weights.safetensors");
        Map<String, Tensor> weights = new TreeMap<>();
        trained(config().with(Settings.MODEL, model))
                .parameters()
                .forEach(parameter -> weights.put(parameter.name(), parameter.value()));
        Safetensors.write(file, weights, Map.of());
        assertThat(hash(file)).as("%s", model).isEqualTo(EXPECTED.get(model));
    }

    @Test
    void aTrainingOfEveryOptionEndsWithTheSameWeights() throws Exception {
        TrainConfig config = config().with(Settings.MODEL, ModelType.TT_LSTM)
                .with(Settings.LAYERS, 2)
                .with(Settings.BIDIRECTIONAL, true)
                .with(Settings.GATE_TRAINS, "separate")
                .with(Settings.DROPOUT, 0.2);
        Path file = folder.resolve("weights.safetensors");
        Map<String, Tensor> weights = new TreeMap<>();
        trained(config).parameters().forEach(parameter -> weights.put(parameter.name(), parameter.value()));
        Safetensors.write(file, weights, Map.of());
        assertThat(hash(file)).isEqualTo(EXPECTED_OF_MANY_OPTIONS);
    }

    @Test
    void twoTrainingsGiveTheSameModelFile() throws Exception {
        List<String> hashes = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            Parallel.setThreads(threads);
            Path file = folder.resolve("model.safetensors");
            PrepareSettings preparation = new PrepareSettings(8, 6, 1, 0, 0, OnBadClip.SKIP);
            new ModelFile(config(), List.of("a", "b", "c"), preparation, trained(config())).write(file);
            hashes.add(hash(file));
        }
        assertThat(hashes.get(1)).isEqualTo(hashes.get(0));
    }

    private static TrainConfig config() throws IOException {
        return TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,6,6],\"outputModes\":[2,4,4],\"ranks\":[3],\"epochs\":2,"
                        + "\"batchSize\":4,\"gateActivation\":\"sigmoid\",\"shift\":0.3,\"crop\":0.2}"));
    }

    private static Classifier trained(TrainConfig config) {
        Classifier model = Models.create(config, 3);
        List<Example> examples = examples(144);
        new Trainer(
                        config,
                        model,
                        examples.subList(0, 9),
                        examples.subList(9, 12),
                        new Augmentation(0.3, 0.2, 8, 6),
                        new TrainListener() {})
                .run();
        return model;
    }

    private static String hash(Path file) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(hash, 0, 8);
    }

    /** The kernels that no training of a TT-GRU calls, beside those that it does. */
    @Test
    void everyKernelGivesTheSameBits() throws Exception {
        FloatKernels kernels = Kernels.get();
        int n = 150;
        Rng rng = new Rng(5);
        float[] x = new float[n];
        float[] w = new float[n];
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) (4 * rng.nextGaussian());
            w[i] = (float) rng.nextGaussian();
            bytes[i] = (byte) rng.nextInt(256);
        }
        List<float[]> results = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            results.add(new float[n]);
        }
        kernels.exp(n, x, 0, results.get(0), 0);
        kernels.sigmoid(n, x, 0, results.get(1), 0);
        kernels.hardSigmoid(n, x, 0, results.get(2), 0);
        kernels.tanh(n, x, 0, results.get(3), 0);
        kernels.bytesToFloats(n, bytes, 0, 128, 0.3f, results.get(4), 0);
        kernels.add(n, x, 0, results.get(5), 0);
        kernels.addScaled(n, 0.7f, x, 0, w, 0);
        results.get(6)[0] = kernels.sum(n, x, 0);
        results.get(6)[1] = kernels.dot(n, x, 0, w, 0);
        kernels.gemm(7, 19, 5, x, 0, 5, 1, w, 0, 19, results.get(7), 0, 19, false);
        kernels.adam(n, x, 0.01f, 0.9f, 0.999f, 1e-8f, results.get(8), results.get(9), w);
        System.arraycopy(w, 0, results.get(10), 0, n);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (float[] result : results) {
            for (float value : result) {
                digest.update(ByteBuffer.allocate(4)
                        .putInt(Float.floatToIntBits(value))
                        .array());
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(EXPECTED_OF_KERNELS);
    }

    /** Clips of 5 to 16 frames of noise, whose brightness tells the class. */
    private static List<Example> examples(int frameSize) {
        List<Example> examples = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            Rng rng = new Rng(n);
            byte[] frames = new byte[(5 + n) * frameSize];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = (byte) (60 * (n % 3) + rng.nextInt(100));
            }
            examples.add(new Example("clip-" + n, FrameSequence.of(frames, 5 + n, frameSize), n % 3));
        }
        return examples;
    }
}
