package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ttrnn.io.Json;
import ttrnn.nn.Classifier;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;

/** Clips of which only a known part carries the class: that part must be what the explanation shows. */
class ExplanationTest {
    private static final int WIDTH = 12;
    private static final int HEIGHT = 8;
    private static final int LENGTH = 10;
    private static final int FRAME = WIDTH * HEIGHT * 3;
    /** Where the class shows itself. */
    private static final int LEFT = 7;

    private static final int TOP = 2;
    private static final int SIDE = 4;
    private static final int FIRST = 4;
    private static final int LAST = 6;

    /** Noise everywhere, and in a square stripes that lie or stand; {@code timed}: in a few frames only. */
    private static Example example(int n, boolean timed) {
        Rng rng = new Rng(7).split("clip " + n);
        int label = n % 2;
        byte[] bytes = new byte[LENGTH * FRAME];
        for (int t = 0; t < LENGTH; t++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    boolean shown = (!timed || (t >= FIRST && t <= LAST)) && inSquare(x, y);
                    int stripe = shown ? ((label == 0 ? x : y) % 2 == 0 ? 60 : -60) : 0;
                    for (int c = 0; c < 3; c++) {
                        bytes[t * FRAME + 3 * (y * WIDTH + x) + c] = (byte) (128 + stripe + rng.nextInt(41) - 20);
                    }
                }
            }
        }
        return new Example("clip " + n, FrameSequence.of(bytes, LENGTH, FRAME), label);
    }

    private static boolean inSquare(int x, int y) {
        return x >= LEFT && x < LEFT + SIDE && y >= TOP && y < TOP + SIDE;
    }

    private static TrainConfig config(String model) throws Exception {
        return TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,8,9],\"outputModes\":[2,2,2],\"ranks\":[4],\"epochs\":12,"
                        + "\"batchSize\":8,\"learningRate\":0.01,\"recurrentDropout\":0,\"model\":\"" + model + "\"}"));
    }

    private static Classifier train(TrainConfig config, boolean timed) {
        List<Example> examples = new ArrayList<>();
        for (int n = 0; n < 160; n++) {
            examples.add(example(n, timed));
        }
        Classifier model = Models.create(config, 2);
        new Trainer(config, model, examples, List.of(), new Augmentation(0, 0, WIDTH, HEIGHT), new TrainListener() {})
                .run();
        return model;
    }

    private static List<Example> unseen(boolean timed) {
        List<Example> unseen = new ArrayList<>();
        for (int n = 1000; n < 1012; n++) {
            unseen.add(example(n, timed));
        }
        return unseen;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tt-gru", "tt-lstm", "gru", "tt-mlp"})
    void theRegionThatCarriesTheClassHasFourFifthsOfTheRelevance(String type) throws Exception {
        TrainConfig config = config(type);
        Classifier model = train(config, false);
        assertThat(Evaluation.of(model, unseen(false), config.inputScale()).accuracy())
                .isEqualTo(1);
        double in = 0;
        double all = 0;
        for (Example example : unseen(false)) {
            Explanation explanation = Explanation.of(model, example.frames(), config.inputScale(), Explanation.POINTS);
            assertThat(explanation.label()).isEqualTo(example.label());
            float[] pixels = explanation.pixels();
            for (int i = 0; i < pixels.length; i++) {
                all += Math.abs(pixels[i]);
                in += inSquare(i % WIDTH, i / WIDTH) ? Math.abs(pixels[i]) : 0;
            }
        }
        assertThat(in / all).isGreaterThanOrEqualTo(0.8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tt-gru", "tt-lstm", "gru"})
    void theTimeThatCarriesTheClassHasFourFifthsOfTheRelevance(String type) throws Exception {
        TrainConfig config = config(type);
        Classifier model = train(config, true);
        assertThat(Evaluation.of(model, unseen(true), config.inputScale()).accuracy())
                .isEqualTo(1);
        double in = 0;
        double all = 0;
        for (Example example : unseen(true)) {
            double[] frames = Explanation.of(model, example.frames(), config.inputScale(), Explanation.POINTS)
                    .frames();
            for (int t = 0; t < LENGTH; t++) {
                all += Math.abs(frames[t]);
                in += t >= FIRST && t <= LAST ? Math.abs(frames[t]) : 0;
            }
        }
        assertThat(in / all).isGreaterThanOrEqualTo(0.8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tt-gru", "tt-lstm", "tt-rnn", "gru", "tt-mlp"})
    void relevancesAddUpToTheMarginOverAGreyClip(String type) throws Exception {
        TrainConfig config = config(type);
        Classifier model = Models.create(config, 3);
        Explanation explanation = Explanation.of(model, example(1, false).frames(), config.inputScale(), 64, 2);
        double sum = 0;
        for (float value : explanation.relevance()) {
            sum += value;
        }
        double gained = explanation.margin() - explanation.greyMargin();
        assertThat(Math.abs(gained)).isGreaterThan(1e-4);
        assertThat(sum).isEqualTo(gained, within(0.03 * Math.abs(gained)));
    }

    @Test
    void theAnswerAfterAllFramesIsTheAnswer() throws Exception {
        TrainConfig config = config("tt-gru");
        Classifier model = Models.create(config, 3);
        FrameSequence clip = example(3, false).frames();
        AnswerOverTime course = AnswerOverTime.of(model, clip, config.inputScale(), 4);
        assertThat(course.lengths()).containsExactly(2, 5, 7, 10);
        assertThat(course.probabilities().get(3))
                .isEqualTo(Evaluation.probabilities(model, List.of(clip), config.inputScale())
                        .get(0));
        assertThat(AnswerOverTime.of(model, clip, config.inputScale(), 100).lengths())
                .hasSize(LENGTH);
    }

    @Test
    void anExplanationNeedsAPoint() throws Exception {
        TrainConfig config = config("tt-gru");
        assertThatThrownBy(() -> Explanation.of(
                        Models.create(config, 2), example(3, false).frames(), config.inputScale(), 0))
                .hasMessage("explanation: at least one point is needed, got 0");
    }
}
