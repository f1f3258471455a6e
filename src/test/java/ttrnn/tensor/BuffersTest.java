package ttrnn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuffersTest {
    private final Buffers buffers = new Buffers();

    @Test
    void whatIsGivenBackIsTakenAgain() {
        float[] array = buffers.take(7);
        byte[] bytes = buffers.takeBytes(7);
        assertThat(array).hasSize(7);
        assertThat(buffers.take(7)).isNotSameAs(array);
        buffers.give(array);
        buffers.give(bytes);
        assertThat(buffers.take(8)).hasSize(8);
        assertThat(buffers.take(7)).isSameAs(array);
        assertThat(buffers.takeBytes(7)).isSameAs(bytes);
    }

    @Test
    void whatIsLentIsFreeAgainAfterTheReset() {
        float[] array = buffers.untilReset(3);
        assertThat(buffers.untilReset(3)).isNotSameAs(array);
        buffers.reset();
        float[] first = buffers.untilReset(3);
        float[] second = buffers.untilReset(3);
        assertThat(first == array || second == array).isTrue();
        assertThat(first).isNotSameAs(second);
    }

    @Test
    void whatNobodyTakesBetweenTwoResetsIsDropped() {
        float[] array = buffers.untilReset(3);
        buffers.reset();
        buffers.reset();
        assertThat(buffers.take(3)).isSameAs(array);
        buffers.give(array);
        buffers.reset();
        buffers.reset();
        buffers.reset();
        assertThat(buffers.take(3)).isNotSameAs(array);
    }
}
