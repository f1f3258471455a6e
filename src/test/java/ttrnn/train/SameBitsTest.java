package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.dataset.OnBadClip;
import ttrnn.dataset.PrepareSettings;
import ttrnn.io.Json;
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
