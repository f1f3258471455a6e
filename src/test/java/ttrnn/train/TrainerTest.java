package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import ttrnn.io.Json;
import ttrnn.nn.Classifier;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;

class TrainerTest {
    private static final Augmentation NONE = new Augmentation(0, 0, 2, 2);

    private static TrainConfig config(String more) throws Exception {
        return TrainConfig.defaults()
                .with(Json.parse(
                        "{\"inputModes\":[3,4],\"outputModes\":[2,4],\"ranks\":[2],\"epochs\":8,\"batchSize\":3}"))
                .with(Json.parse(more));
    }

    /** Bright and dark clips of three frames. */
    private static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            byte[] frames = new byte[36];
            Arrays.fill(frames, (byte) (n % 2 == 0 ? 200 + n : 40 + n));
            examples.add(new Example("clip-" + n, FrameSequence.of(frames, 3, 12), n % 2));
        }
        return examples;
    }

    @Test
    void withoutValidationTheLastWeightsCount() throws Exception {
        TrainConfig config = config("{\"learningRate\":0.02}");
        Classifier model = Models.create(config, 2);
        Trainer.Result result = new Trainer(config, model, examples(), List.of(), NONE, new TrainListener() {}).run();
        assertThat(result.bestEpoch()).isEqualTo(8);
        assertThat(result.epochs()).hasSize(8);
        assertThat(Evaluation.of(model, examples(), config.inputScale()).accuracy())
                .isEqualTo(1);
    }

    @Test
    void theWeightsOfTheBestValidationAreRestored() throws Exception {
        TrainConfig config = config("{\"learningRate\":0.05}");
        Classifier model = Models.create(config, 2);
        List<Example> validation = examples().subList(0, 3);
        Trainer.Result result = new Trainer(config, model, examples(), validation, NONE, new TrainListener() {}).run();
        Evaluation judged = Evaluation.of(model, validation, config.inputScale());
        EpochMetrics best = result.epochs().get(result.bestEpoch() - 1);
        assertThat(best.validationLoss()).isEqualTo(judged.loss());
        assertThat(result.epochs()).allSatisfy(epoch -> {
            assertThat(epoch.validationAccuracy()).isLessThanOrEqualTo(judged.accuracy());
        });
    }

    @Test
    void weightsThatAreNoNumbersStopTheTraining() throws Exception {
        TrainConfig config = config("{}");
        Classifier model = Models.create(config, 2);
        model.head().weight().data()[0] = Float.NaN;
        Trainer trainer = new Trainer(config, model, examples(), List.of(), NONE, new TrainListener() {});
        assertThatThrownBy(trainer::run)
                .isInstanceOf(TrainException.class)
                .hasMessageStartingWith("training: the loss is no longer finite in epoch 1, step 1;");
    }

    @Test
    void aShiftGoesAroundTheEdgesAndACropShortens() {
        byte[] frames = {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4};
        FrameSequence clip = FrameSequence.of(frames, 1, 12);
        for (long seed = 0; seed < 20; seed++) {
            byte[] seen = new byte[12];
            new Augmentation(1, 0, 2, 2).apply(clip, new Rng(seed)).read(0, 1, seen, 0);
            assertThat(seen).containsExactlyInAnyOrder(frames);
        }
        FrameSequence longer = FrameSequence.of(new byte[120], 10, 12);
        for (long seed = 0; seed < 20; seed++) {
            int length =
                    new Augmentation(0, 0.5, 2, 2).apply(longer, new Rng(seed)).length();
            assertThat(length).isBetween(6, 10);
        }
    }
}
