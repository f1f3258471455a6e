package ttrnn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import ttrnn.tensor.FrameSequence;

class FrameRowsTest {
    /** Frames of 2 bytes, counted up from {@code from}. */
    private static FrameSequence clip(int length, int from) {
        byte[] data = new byte[2 * length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (from + i);
        }
        return FrameSequence.of(data, length, 2);
    }

    @Test
    void rowsAreTheFramesOfTheirClipsAroundTheMiddle() {
        FrameRows rows = new FrameRows(List.of(clip(2, 0), clip(0, 0), clip(3, 252 - 5)), 0.5f);
        assertThat(rows.columns()).isEqualTo(2);
        assertThat(rows.splits().count()).isEqualTo(3);
        assertThat(rows.splits().rows()).isEqualTo(5);
        float[] target = {9, 9, 9, 9, 9, 9};
        rows.load(0, 1, target);
        assertThat(target).containsExactly(-64, -63.5f, 9, 9, 9, 9);
        rows.load(1, 1, target);
        assertThat(target).startsWith(-63, -62.5f);
        rows.load(2, 3, target);
        assertThat(target).containsExactly(59.5f, 60, 60.5f, 61, 61.5f, 62);
        rows.load(3, 2, target);
        assertThat(target).startsWith(60.5f, 61, 61.5f, 62);
    }

    @Test
    void clipsOfNoBatchAreNamed() {
        assertThatThrownBy(() -> new FrameRows(List.of(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frames: a batch needs at least one clip");
        assertThatThrownBy(() -> new FrameRows(List.of(clip(1, 0), FrameSequence.of(new byte[3], 1, 3)), 1))
                .hasMessage("frames: clips of one batch have frames of 2 and 3 bytes");
    }
}
