package ttrnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FrameSequenceTest {
    private final byte[] bytes = {1, 2, 3, 4, 5, 6, 7};

    @Test
    void framesAreReadFromTheSharedArray() {
        FrameSequence frames = FrameSequence.of(bytes, 3, 2);
        assertThat(frames.length()).isEqualTo(3);
        assertThat(frames.frameSize()).isEqualTo(2);
        byte[] target = new byte[6];
        frames.read(1, 2, target, 1);
        assertThat(target).containsExactly(0, 3, 4, 5, 6, 0);
        bytes[2] = 9;
        frames.read(1, 1, target, 0);
        assertThat(target).containsExactly(9, 4, 4, 5, 6, 0);
    }

    @Test
    void thereMayBeNoFrame() {
        FrameSequence frames = FrameSequence.of(new byte[0], 0, 12);
        assertThat(frames.length()).isZero();
        frames.read(0, 0, new byte[0], 0);
    }

    @Test
    void tooFewBytesAreAnErrorThatCountsThem() {
        assertThatThrownBy(() -> FrameSequence.of(bytes, 4, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frames: 4 frames of 2 bytes need 8 bytes, got 7");
        assertThatThrownBy(() -> FrameSequence.of(bytes, 1 << 16, 1 << 16))
                .hasMessage("frames: 65536 frames of 65536 bytes need 4294967296 bytes, got 7");
    }

    @Test
    void framesOutsideOfTheSequenceAreAnError() {
        // The array is longer than the sequence.
        FrameSequence frames = FrameSequence.of(bytes, 2, 2);
        assertThatThrownBy(() -> frames.read(1, 2, new byte[4], 0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("frames: frames 1 … 2 are not among the 2");
        assertThatThrownBy(() -> frames.read(-1, 1, new byte[4], 0))
                .hasMessage("frames: frames -1 … -1 are not among the 2");
    }
}
