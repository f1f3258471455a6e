package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.dataset.OnBadClip;
import ttrnn.dataset.PrepareSettings;
import ttrnn.io.Json;
import ttrnn.kernel.FloatKernels;
import ttrnn.kernel.Kernels;
import ttrnn.kernel.Parallel;
import ttrnn.nn.SequenceClassifier;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;

/**
 * A training ends with the same bits of the whole model file on every JVM: this test runs with vectors of full width, of
 * 128 bits and without the Vector API, and always expects one hash.
 */
@Tag("kernels")
class SameBitsTest {
    private static final int THREADS = Parallel.threads();
    private static final String EXPECTED = "19e5bd21d2720b044108b6325b05f031aa85fb98051ea43391eee3a6b6f79025";

    private static final String EXPECTED_OF_KERNELS =
            "6099d97e2bac97afd5155fcc922d61e87c482d17c40f6e8d227db57b13dbd745";

    @TempDir
    Path folder;

    @AfterEach
    void restoreThreads() {
        Parallel.setThreads(THREADS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aTrainingEndsWithTheSameModelFile(int threads) throws Exception {
        Parallel.setThreads(threads);
        TrainConfig config = TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,6,6],\"outputModes\":[2,4,4],\"ranks\":[3],\"epochs\":2,"
                        + "\"batchSize\":4,\"gateActivation\":\"sigmoid\",\"shift\":0.3,\"crop\":0.2}"));
        SequenceClassifier model = Models.create(config, 3);
        List<Example> examples = examples(144);
        new Trainer(
                        config,
                        model,
                        examples.subList(0, 9),
                        examples.subList(9, 12),
                        new Augmentation(config.shift(), config.crop(), 8, 6),
                        new TrainListener() {})
                .run();
        Path file = folder.resolve("model.safetensors");
        new ModelFile(config, List.of("a", "b", "c"), new PrepareSettings(8, 6, 1, 0, 0, OnBadClip.SKIP), model)
                .write(file);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        assertThat(HexFormat.of().formatHex(hash)).isEqualTo(EXPECTED);
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
