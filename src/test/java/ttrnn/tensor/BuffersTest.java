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

    @Test
    void largeArraysGiveWayToThoseOfAnotherSize() {
        float[] large = buffers.untilReset(100_000);
        float[] larger = buffers.untilReset(200_000);
        float[] small = buffers.untilReset(10);
        buffers.reset();
        buffers.take(150_000); // instead of the larger one
        assertThat(buffers.take(200_000)).isNotSameAs(larger);
        assertThat(buffers.take(100_000)).as("gave way to the second").isNotSameAs(large);
        assertThat(buffers.take(10)).isSameAs(small);
    }

    @Test
    void arraysOfSizesThatComeAgainStay() {
        float[] large = buffers.untilReset(100_000);
        float[] larger = buffers.untilReset(200_000);
        for (int step = 0; step < 3; step++) {
            buffers.reset();
            assertThat(buffers.untilReset(100_000)).isSameAs(large);
            assertThat(buffers.untilReset(200_000)).isSameAs(larger);
        }
    }
}
