package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import ttrnn.io.Json;
import ttrnn.nn.Classifier;
import ttrnn.tensor.FrameSequence;

class EvaluationTest {
    private static final Evaluation THREE = new Evaluation(
            List.of(new float[] {0.9f, 0.2f, 0.5f}, new float[] {0.6f, 0.7f, 0.4f}, new float[] {0.8f, 0.1f, 0.3f}),
            List.of(List.of(0), List.of(0, 1), List.of(1)),
            true);

    @Test
    void meanAveragePrecisionIsThatOfAHandCalculation() {
        // Class 0: ranks 1 and 3 of 0.9, 0.8, 0.6: (1 + 2/3) / 2. Class 1: ranks 1 and 3: the same. Class 2 does not
        // occur.
        assertThat(THREE.meanAveragePrecision()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-12));
    }

    @Test
    void withSeveralLabelsAnyOfThemIsRightAndTheLossIsBinary() {
        assertThat(THREE.accuracy()).isEqualTo(2.0 / 3);
        double loss = -(Math.log(0.9)
                        + Math.log(0.8)
                        + Math.log(0.5)
                        + Math.log(0.6)
                        + Math.log(0.7)
                        + Math.log(0.6)
                        + Math.log(0.2)
                        + Math.log(0.1)
                        + Math.log(0.7))
                / 9;
        assertThat(THREE.loss()).isCloseTo(loss, within(1e-6));
        assertThat(THREE.labels()).containsExactly(0, 0, 1);
    }

    /** A clip of class 0 is bright, one of class 1 has bright ends; both may be. */
    @Test
    void severalLabelsAreLearnt() throws Exception {
        List<Example> examples = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            byte[] frames = new byte[3 * 12];
            boolean first = n % 3 != 1;
            boolean second = n % 3 != 0;
            for (int i = 0; i < frames.length; i++) {
                frames[i] = (byte) ((i % 12 < 6 ? first : second) ? 200 + n : 40 + n);
            }
            List<Integer> labels = first && second ? List.of(0, 1) : first ? List.of(0) : List.of(1);
            examples.add(new Example("clip-" + n, FrameSequence.of(frames, 3, 12), labels));
        }
        TrainConfig config = TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[3,4],\"outputModes\":[2,4],\"ranks\":[2],\"epochs\":30,"
                        + "\"batchSize\":4,\"learningRate\":0.02,\"labels\":\"several\",\"recurrentDropout\":0}"));
        Classifier model = Preparations.learn(config, 2, 2, examples, Models.create(config, 2));
        Augmentation none = new Augmentation(0, 0, 2, 2);
        new Trainer(config, model, examples, List.of(), none, new TrainListener() {}).run();
        Evaluation judged = Evaluation.of(model, examples, config.inputScale());
        assertThat(judged.several()).isTrue();
        assertThat(judged.meanAveragePrecision()).isGreaterThan(0.99);
        assertThat(judged.loss()).isLessThan(0.1);
        float[] both = judged.probabilities().get(2);
        assertThat(both[0]).isGreaterThan(0.8f);
        assertThat(both[1]).isGreaterThan(0.8f);
    }

    @Test
    void greyFramesAreLeftOutWhereTheAuthorsMaskThem() {
        byte[] frames = new byte[4 * 12];
        java.util.Arrays.fill(frames, (byte) 128);
        frames[5] = 1;
        frames[12 + 7] = 2;
        frames[3 * 12 + 11] = 3;
        FrameSequence clip = FrameSequence.of(frames, 4, 12);
        FrameSequence seen = new ClipView(true, ClipView.Input.FRAMES, 1, false, 2, 2).of(clip);
        assertThat(seen.length()).isEqualTo(3);
        byte[] bytes = new byte[36];
        seen.read(0, 3, bytes, 0);
        assertThat(bytes[5]).isEqualTo((byte) 1);
        assertThat(bytes[12 + 7]).isEqualTo((byte) 2);
        assertThat(bytes[24 + 11]).isEqualTo((byte) 3);
        assertThat(new ClipView(false, ClipView.Input.FRAMES, 1, false, 2, 2).of(clip))
                .isSameAs(clip);
    }
}
