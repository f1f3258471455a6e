package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ttrnn.autograd.Tape;
import ttrnn.autograd.Variable;
import ttrnn.tensor.RowSource;
import ttrnn.tensor.RowSplits;
import ttrnn.tensor.Shape;
import ttrnn.tensor.Tensor;

class SampledFramesTest {
    /** Row r is [10 r, 10 r + 1], of sequences of 6, 0, 1 and 3 rows. */
    private static RowSource rows() {
        RowSplits splits = RowSplits.ofLengths(6, 0, 1, 3);
        float[] data = new float[2 * splits.rows()];
        for (int i = 0; i < data.length; i++) {
            data[i] = i / 2 * 10 + i % 2;
        }
        return RowSource.of(Tensor.of(data, splits.rows(), 2), splits);
    }

    private static float[] load(SampledFrames frames, int first, int count) {
        float[] target = new float[count * frames.columns()];
        // What was there before is overwritten.
        Arrays.fill(target, Float.NaN);
        frames.load(first, count, target);
        return target;
    }

    @Test
    void theMiddlesOfEqualPartsStandOneAfterTheOther() {
        SampledFrames frames = new SampledFrames(rows(), 3, SampledFrames.Pooling.CONCATENATE);
        assertThat(frames.columns()).isEqualTo(6);
        assertThat(frames.splits().count()).isEqualTo(4);
        assertThat(frames.splits().rows()).isEqualTo(4);
        assertThat(load(frames, 0, 1)).containsExactly(10, 11, 30, 31, 50, 51);
        assertThat(load(frames, 1, 3))
                .containsExactly(0, 0, 0, 0, 0, 0, 60, 61, 60, 61, 60, 61, 70, 71, 80, 81, 90, 91);
    }

    @Test
    void orTheirMeanDoes() {
        SampledFrames frames = new SampledFrames(rows(), 2, SampledFrames.Pooling.AVERAGE);
        assertThat(frames.columns()).isEqualTo(2);
        // Rows 1 and 4 of the first sequence, 0 and 2 of the last.
        assertThat(load(frames, 0, 4)).containsExactly(25, 26, 0, 0, 60, 61, 80, 81);
        assertThat(load(frames, 3, 1)).containsExactly(80, 81);
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatExistAreSampledAsLoadedOnesAre(SampledFrames.Pooling pooling) {
        RowSource rows = rows();
        float[] data = new float[20];
        rows.load(0, 10, data);
        for (int count = 1; count <= 4; count++) {
            Variable x = Tape.withoutGradients().leaf(Tensor.of(data, 10, 2));
            Variable sampled = SampledFrames.of(x, rows.splits(), count, pooling);
            SampledFrames loaded = new SampledFrames(rows, count, pooling);
            assertThat(sampled.shape()).isEqualTo(Shape.of(4, loaded.columns()));
            assertThat(sampled.data()).containsExactly(load(loaded, 0, 4));
        }
    }

    @Test
    void atLeastOneFrameIsTaken() {
        assertThatThrownBy(() -> new SampledFrames(rows(), 0, SampledFrames.Pooling.AVERAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sampled frames: at least one frame must be taken, got 0");
        assertThat(SampledFrames.Pooling.AVERAGE).hasToString("average");
    }
}
