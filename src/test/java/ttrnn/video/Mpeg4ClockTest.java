package ttrnn.video;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Mpeg4ClockTest {
    @Test
    void aPictureBetweenTwoReferencesHasAShareOfTheirDistance() {
        Mpeg4Clock clock = new Mpeg4Clock();
        clock.reference(0, 0, 25);
        clock.reference(0, 3, 25);

        assertThat(clock.referenceDistance()).isEqualTo(3);
        assertThat(clock.between(0, 1, 25)).isEqualTo(1);
        assertThat(clock.between(0, 2, 25)).isEqualTo(2);
        assertThat(clock.gapBeforeReference()).isEqualTo(1);
    }

    @Test
    void secondsCountFromTheReferenceBefore() {
        Mpeg4Clock clock = new Mpeg4Clock();
        clock.reference(0, 23, 25);
        clock.reference(1, 2, 25);

        assertThat(clock.gapBeforeReference()).isEqualTo(4);
        assertThat(clock.between(0, 24, 25)).isEqualTo(1);
        assertThat(clock.between(1, 1, 25)).isEqualTo(3);
        assertThat(clock.referenceDistance()).isEqualTo(4);
    }
}
