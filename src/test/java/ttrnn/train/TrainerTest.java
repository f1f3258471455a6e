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
    void aNonFiniteGradientIsNamed() throws Exception {
        TrainConfig config = config("{\"clipNorm\":0}");
        Classifier model = Models.create(config, 2);
        // The loss does not see it, but the square of the head's weights, whose gradient it is, does.
        TrainConfig large = config.with(Settings.L2, 900.0);
        model.head().weight().data()[0] = 3e38f;
        assertThatThrownBy(() -> new Trainer(large, model, examples(), List.of(), NONE, new TrainListener() {}).run())
                .isInstanceOf(TrainException.class)
                .hasMessageStartingWith("training: the ")
                .hasMessageContaining("no longer finite in epoch 1, step 1; lower the learning rate");
    }

    @Test
    void stepsThatAreNotFiniteCanBeLeftOutAndHalveTheRate() throws Exception {
        List<String> messages = new ArrayList<>();
        TrainListener listener = new TrainListener() {
            @Override
            public void message(String line) {
                messages.add(line);
            }
        };
        for (NonFinite policy : List.of(NonFinite.SKIP, NonFinite.HALVE_RATE)) {
            messages.clear();
            TrainConfig config = config("{\"epochs\":2}").with(Settings.ON_NON_FINITE, policy);
            Classifier model = Models.create(config, 2);
            Poison poison = new Poison(model);
            Trainer.Result result = new Trainer(config, model, poison.examples(), List.of(), NONE, listener).run();
            assertThat(messages).hasSize(1);
            assertThat(messages.get(0))
                    .startsWith("the loss is not finite in epoch 1, step ")
                    .endsWith(
                            policy == NonFinite.SKIP
                                    ? ": the step is left out"
                                    : ": the step is left out, the learning rate is now 0.5 of what it was");
            assertThat(result.epochs().get(1).learningRate()).isGreaterThan(0);
            assertThat(NonFinite.of(model.parameters())).isNull();
        }
    }

    @Test
    void anEpochWithoutAFiniteStepEndsTheTraining() throws Exception {
        TrainConfig config = config("{}").with(Settings.ON_NON_FINITE, NonFinite.SKIP);
        Classifier model = Models.create(config, 2);
        model.head().weight().data()[0] = Float.NaN;
        assertThatThrownBy(() -> new Trainer(config, model, examples(), List.of(), NONE, new TrainListener() {}).run())
                .hasMessage("training: no step of epoch 1 had a finite loss and gradient; lower the learning rate");
    }

    @Test
    void withPatienceATrainingEndsEarly() throws Exception {
        TrainConfig config = config("{\"epochs\":200,\"learningRate\":0.05,\"patience\":3}");
        Classifier model = Models.create(config, 2);
        // Labels that cannot be learnt: validation does not go on getting better.
        List<Example> validation = new ArrayList<>();
        for (Example example : examples()) {
            validation.add(new Example(example.id(), example.frames(), 1 - example.label()));
        }
        Trainer.Result result = new Trainer(config, model, examples(), validation, NONE, new TrainListener() {}).run();
        assertThat(result.complete()).isTrue();
        assertThat(result.epochs()).hasSizeLessThan(200).hasSize(result.bestEpoch() + 3);
    }

    @Test
    void patienceNeedsValidation() throws Exception {
        TrainConfig config = config("{\"patience\":3}");
        Classifier model = Models.create(config, 2);
        assertThatThrownBy(() -> new Trainer(config, model, examples(), List.of(), NONE, new TrainListener() {}))
                .hasMessageStartingWith("patience: there are no validation clips to be patient about");
    }

    @Test
    void inTheMiddleOfAStepTheStateBeforeItCanBeSaved() throws Exception {
        TrainConfig config = config("{\"epochs\":2,\"batchSize\":8}");
        Classifier model = Models.create(config, 2);
        List<Checkpoint> saved = new ArrayList<>();
        List<Example> slow = new ArrayList<>();
        Trainer[] trainer = new Trainer[1];
        Thread[] other = new Thread[1];
        for (Example example : examples()) {
            FrameSequence frames = new FrameSequence() {
                @Override
                public int length() {
                    return example.frames().length();
                }

                @Override
                public int frameSize() {
                    return example.frames().frameSize();
                }

                @Override
                public void read(int first, int count, byte[] target, int offset) {
                    synchronized (saved) {
                        if (other[0] == null) { // from a thread of its own, while this one is in the first step
                            other[0] = new Thread(() -> trainer[0].stopInMidStep(() -> {}));
                            other[0].start();
                            join(other[0]);
                        }
                    }
                    example.frames().read(first, count, target, offset);
                }
            };
            slow.add(new Example(example.id(), frames, example.label()));
        }
        float[] before = model.head().weight().data().clone();
        trainer[0] = new Trainer(config, model, slow, List.of(), NONE, new TrainListener() {}, (occasion, state) -> {
            if (occasion == Keeper.Occasion.STOP) {
                Checkpoint checkpoint = state.get();
                assertThat(checkpoint.weights().get("head.weight").data()).containsExactly(before);
                saved.add(checkpoint);
            }
        });
        trainer[0].run();
        assertThat(saved).hasSize(1);
        assertThat(saved.get(0).steps()).isZero();
        assertThat(model.head().weight().data()).isNotEqualTo(before);
        boolean[] ended = new boolean[1];
        trainer[0].stopInMidStep(() -> ended[0] = true);
        assertThat(ended[0]).as("while the trained model is judged").isTrue();
        assertThat(saved).as("over").hasSize(1);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes a weight of the head no number for the length of one forward pass. */
    private record Poison(Classifier model) {
        List<Example> examples() {
            List<Example> examples = new ArrayList<>(TrainerTest.examples());
            Example first = examples.get(0);
            float[] head = model.head().weight().data();
            float good = head[0];
            int[] reads = {0};
            FrameSequence frames = new FrameSequence() {
                @Override
                public int length() {
                    return first.frames().length();
                }

                @Override
                public int frameSize() {
                    return first.frames().frameSize();
                }

                @Override
                public void read(int from, int count, byte[] target, int offset) {
                    first.frames().read(from, count, target, offset);
                    head[0] = reads[0]++ == 0 ? Float.NaN : good; // good again when the gradient reads
                }
            };
            examples.set(0, new Example(first.id(), frames, first.label()));
            return examples;
        }
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
