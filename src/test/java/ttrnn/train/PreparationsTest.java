package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ttrnn.autograd.Losses;
import ttrnn.autograd.Reductions;
import ttrnn.autograd.Shaping;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.dataset.OnBadClip;
import ttrnn.dataset.PrepareSettings;
import ttrnn.io.Json;
import ttrnn.kernel.Parallel;
import ttrnn.nn.Classifier;
import ttrnn.nn.FrameRows;
import ttrnn.nn.InputPreparation;
import ttrnn.tensor.FrameSequence;
import ttrnn.tensor.Rng;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Tensor;

class PreparationsTest {
    private static final int WIDTH = 8;
    private static final int HEIGHT = 6;
    private static final int SIZE = 144;

    @TempDir
    Path folder;

    private static List<Example> examples() {
        Rng rng = new Rng(5);
        List<Example> examples = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            byte[] frames = new byte[(2 + n) * SIZE];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = (byte) rng.nextInt(100 + i % 3 * 50);
            }
            examples.add(new Example("clip-" + n, FrameSequence.of(frames, 2 + n, SIZE), n % 2));
        }
        return examples;
    }

    private static List<FrameSequence> clips() {
        return examples().stream().map(Example::frames).toList();
    }

    private static TrainConfig config(String more) throws Exception {
        return TrainConfig.defaults()
                .with(Json.parse("{\"inputModes\":[4,6,6],\"outputModes\":[2,2,2],\"ranks\":[2]" + more + "}"));
    }

    private static Classifier learn(TrainConfig config) {
        return Preparations.learn(config, WIDTH, HEIGHT, examples(), Models.create(config, 2));
    }

    @Test
    void meanAndDeviationAreThoseOfAllFrames() {
        double[] sums = new double[SIZE];
        double squares = 0;
        int frames = 0;
        for (FrameSequence clip : clips()) {
            byte[] bytes = new byte[clip.length() * SIZE];
            clip.read(0, clip.length(), bytes, 0);
            for (int i = 0; i < bytes.length; i++) {
                sums[i % SIZE] += bytes[i] & 255;
            }
            frames += clip.length();
        }
        for (FrameSequence clip : clips()) {
            byte[] bytes = new byte[clip.length() * SIZE];
            clip.read(0, clip.length(), bytes, 0);
            for (int i = 0; i < bytes.length; i++) {
                double from = (bytes[i] & 255) - sums[i % SIZE] / frames;
                squares += from * from;
            }
        }
        InputStatistics found = InputStatistics.of(clips(), false, 1, WIDTH);
        for (int j = 0; j < SIZE; j++) {
            assertThat(found.mean()[j]).isCloseTo(sums[j] / frames, within(1e-9));
        }
        assertThat(found.deviation()).isCloseTo(Math.sqrt(squares / frames / SIZE), within(1e-9));
        InputStatistics mirrored = InputStatistics.of(clips(), true, 1, WIDTH);
        for (int c = 0; c < 3; c++) {
            assertThat(mirrored.mean()[c]).isEqualTo(mirrored.mean()[3 * (WIDTH - 1) + c]);
            assertThat(mirrored.mean()[c])
                    .isCloseTo((found.mean()[c] + found.mean()[3 * (WIDTH - 1) + c]) / 2, within(1e-9));
        }
    }

    @Test
    void threadsDoNotChangeWhatIsLearnt() {
        int before = Parallel.threads();
        try {
            Parallel.setThreads(1);
            InputStatistics one = InputStatistics.of(clips(), true, 1, WIDTH);
            Parallel.setThreads(3);
            InputStatistics three = InputStatistics.of(clips(), true, 1, WIDTH);
            assertThat(three.mean()).containsExactly(one.mean());
            assertThat(three.deviation()).isEqualTo(one.deviation());
        } finally {
            Parallel.setThreads(before);
        }
    }

    @Test
    void patchesStandOneAfterTheOther() {
        float[] raster = new float[SIZE];
        for (int j = 0; j < SIZE; j++) {
            raster[j] = j;
        }
        float[] ordered = new float[SIZE];
        new InputPreparation(WIDTH, HEIGHT, 2, 1, 1, null, null).order(raster, ordered, 0);
        int to = 0;
        for (int top = 0; top < HEIGHT; top += 2) {
            for (int left = 0; left < WIDTH; left += 2) {
                for (int y = top; y < top + 2; y++) {
                    for (int x = left; x < left + 2; x++) {
                        for (int c = 0; c < 3; c++) {
                            assertThat(ordered[to++]).isEqualTo(3 * (y * WIDTH + x) + c);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aMirroredClipHasTheSameAnswer() throws Exception {
        Classifier model = learn(config(",\"mirror\":true,\"flip\":true,\"patch\":2,\"normalize\":\"standard\""));
        for (FrameSequence clip : clips()) {
            FrameSequence mirrored = MappedFrames.mirrored(clip, WIDTH, HEIGHT);
            float[] here =
                    Evaluation.probabilities(model, List.of(clip), 1.0 / 64).get(0);
            float[] there =
                    Evaluation.probabilities(model, List.of(mirrored), 1.0 / 64).get(0);
            assertThat(there).containsExactly(here, within(1e-5f));
            assertThat(here[0] + here[1]).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void aStandardisedInputHasDeviationOneAndMeanZeroAtEachPlace() throws Exception {
        Classifier plain = Models.create(config(""), 2);
        Classifier mean = learn(config(",\"normalize\":\"mean\""));
        byte[] average = new byte[SIZE];
        Tensor learnt = mean.constants().get("input.mean");
        for (int j = 0; j < SIZE; j++) {
            average[j] = (byte) Math.round(learnt.data()[j]);
            learnt.data()[j] = average[j] & 255;
        }
        // A frame that is the mean is for the model what a frame of 128 is without it.
        byte[] grey = new byte[SIZE];
        java.util.Arrays.fill(grey, (byte) 128);
        Classifier rounded =
                Preparations.of(config(",\"normalize\":\"mean\""), WIDTH, HEIGHT, Map.of("input.mean", learnt), plain);
        assertThat(Evaluation.probabilities(rounded, List.of(FrameSequence.of(average, 1, SIZE)), 1.0 / 64)
                        .get(0))
                .containsExactly(Evaluation.probabilities(plain, List.of(FrameSequence.of(grey, 1, SIZE)), 1.0 / 64)
                        .get(0));
        assertThat(mean.constants()).containsOnlyKeys("input.mean");
    }

    @Test
    void whatWasLearntIsInTheModelFileAndComesBack() throws Exception {
        TrainConfig config = config(",\"patch\":2,\"normalize\":\"standard\",\"mirror\":true");
        Classifier model = learn(config);
        PrepareSettings frames = new PrepareSettings(WIDTH, HEIGHT, 1, 0, 0, OnBadClip.SKIP);
        Path path = folder.resolve("model.safetensors");
        new ModelFile(config, List.of("a", "b"), frames, model).write(path);
        ModelFile read = ModelFile.read(path);
        assertThat(read.model().constants().keySet()).containsExactly("input.deviation", "input.mean");
        for (FrameSequence clip : clips()) {
            assertThat(Evaluation.probabilities(read.model(), List.of(clip), config.inputScale())
                            .get(0))
                    .containsExactly(Evaluation.probabilities(model, List.of(clip), config.inputScale())
                            .get(0));
        }
    }

    @Test
    void givenStepsAreJudgedAsFramesAreAndHaveAGradient() throws Exception {
        TrainConfig config = config(",\"patch\":2,\"normalize\":\"standard\"");
        Classifier model = learn(config);
        FrameSequence clip = clips().get(1);
        float[] x = new float[clip.length() * SIZE];
        new FrameRows(List.of(clip), (float) config.inputScale()).load(0, clip.length(), x);
        Tape tape = Tape.recording();
        Variable input = tape.leaf(Tensor.of(x, clip.length(), SIZE));
        RowSplits splits = RowSplits.ofLengths(clip.length());
        Variable first = Shaping.slice(model.scores(input, splits), 1, 0, 1);
        float[] p = Losses.softmaxRows(
                model.scores(Tape.withoutGradients(), new FrameRows(List.of(clip), (float) config.inputScale()), null)
                        .data(),
                1,
                2);
        float[] given = Losses.softmaxRows(
                model.scores(Tape.withoutGradients().constant(input.value()), splits)
                        .data(),
                1,
                2);
        assertThat(given).containsExactly(p, within(1e-6f));

        float[] slope = tape.backward(Reductions.sum(first)).of(input).data();
        double expected = 0;
        float[] there = x.clone();
        float[] here = x.clone();
        Rng rng = new Rng(9);
        for (int i = 0; i < x.length; i++) {
            double direction = rng.nextGaussian();
            expected += slope[i] * direction;
            there[i] += (float) (0.01 * direction);
            here[i] -= (float) (0.01 * direction);
        }
        Tape plain = Tape.withoutGradients();
        double up = model.scores(plain.constant(Tensor.of(there, clip.length(), SIZE)), splits)
                .data()[0];
        double down = model.scores(plain.constant(Tensor.of(here, clip.length(), SIZE)), splits)
                .data()[0];
        assertThat((up - down) / 0.02).isCloseTo(expected, within(0.02 * Math.abs(expected) + 1e-3));
    }

    @Test
    void whatDoesNotFitIsTold() throws Exception {
        TrainConfig config = config(",\"normalize\":\"mean\"");
        Classifier plain = Models.create(config, 2);
        assertThatThrownBy(() -> Preparations.of(config, WIDTH, HEIGHT, Map.of(), plain))
                .hasMessage(
                        "model: with normalize mean it has the tensors [input.mean] of its frames, this one has []");
        assertThatThrownBy(() -> Preparations.of(config, WIDTH, HEIGHT, Map.of("input.mean", Tensor.zeros(3)), plain))
                .hasMessage("model: input.mean must have 144 values, one for each of a frame, got [3]");
        TrainConfig standard = config(",\"normalize\":\"standard\"");
        assertThatThrownBy(() -> Preparations.of(
                        standard,
                        WIDTH,
                        HEIGHT,
                        Map.of("input.mean", Tensor.zeros(SIZE), "input.deviation", Tensor.zeros(1)),
                        plain))
                .hasMessage("model: input.deviation must be one number above 0");
        assertThatThrownBy(() -> learn(config(",\"patch\":4")))
                .hasMessage("patch: frames of 8x6 cannot be cut into patches of 4x4; choose a divisor of both, or 0");
    }
}
