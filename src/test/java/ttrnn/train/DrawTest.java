package ttrnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.FrameSequence;

class DrawTest {
    private static final Augmentation MOVING = new Augmentation(0.5, 0.4, 4, 3);

    private static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            byte[] frames = new byte[36 * 9];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = (byte) (i * 31 + n);
            }
            examples.add(new Example("clip-" + n, FrameSequence.of(frames, 9, 36), 0));
        }
        return examples;
    }

    private static Draw draw(int batchSize) {
        return new Draw(config(batchSize), MOVING);
    }

    private static List<List<Example>> batches(int batchSize, int epoch) {
        return Draw.batches(config(batchSize), examples(), epoch);
    }

    private static TrainConfig config(int batchSize) {
        return TrainConfig.defaults().with(Settings.BATCH_SIZE, batchSize).with(Settings.SEED, 5L);
    }

    private static List<byte[]> seen(Draw draw, int epoch, List<Example> batch) {
        List<byte[]> all = new ArrayList<>();
        for (FrameSequence frames : draw.frames(epoch, batch)) {
            byte[] bytes = new byte[frames.length() * frames.frameSize()];
            frames.read(0, frames.length(), bytes, 0);
            all.add(bytes);
        }
        return all;
    }

    @Test
    void anEpochHasEachClipOnceInAnOrderOfItsOwn() {
        List<Example> first = batches(3, 1).stream().flatMap(List::stream).toList();
        List<Example> second = batches(3, 2).stream().flatMap(List::stream).toList();
        assertThat(first).extracting(Example::id).doesNotHaveDuplicates().hasSize(7);
        assertThat(second)
                .extracting(Example::id)
                .isNotEqualTo(first.stream().map(Example::id).toList());
        assertThat(batches(2, 1).stream().flatMap(List::stream).map(Example::id))
                .containsExactlyElementsOf(first.stream().map(Example::id).toList());
    }

    @Test
    void whatHappensToAClipDoesNotDependOnItsBatchOrOnWhatCameBefore() {
        Draw draw = draw(3);
        List<Example> all = examples();
        List<byte[]> together = seen(draw, 4, all);
        float[] masks = draw.masks(4, all).draw("rnn", 16, 0.5f);
        seen(draw, 1, all);
        for (int i = all.size() - 1; i >= 0; i--) {
            float[] mask = draw(2).masks(4, List.of(all.get(i))).draw("rnn", 16, 0.5f);
            assertThat(mask).containsExactly(Arrays.copyOfRange(masks, 16 * i, 16 * i + 16));
            assertThat(seen(draw(2), 4, List.of(all.get(i))).get(0)).isEqualTo(together.get(i));
        }
        assertThat(seen(draw, 5, all).get(0)).isNotEqualTo(together.get(0));
    }
}
